import { describe, expect, test } from 'vitest';
import type { Answer, DataSource } from '../sources/data-source.ts';
import { buildSupergraph } from '../supergraph/supergraph.ts';
import { makeFixture, type FixtureSubgraph } from '../testing/fixture.ts';
import { runOperation } from '../testing/run-operation.ts';

type Reference = Record<string, unknown>;

interface Graph {
  ask(text: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** What each subgraph was asked, in order. */
  asked: { name: string; text: string; variables: Record<string, unknown> }[];
}

/** Composes subgraphs and records what the gateway asks them. */
function graph(subgraphs: Record<string, FixtureSubgraph>): Graph {
  const fixture = makeFixture(subgraphs);
  const supergraph = buildSupergraph(fixture.supergraph);
  const asked: Graph['asked'] = [];
  const watched = (name: string, source: DataSource): DataSource => ({
    ...source,
    execute(request) {
      asked.push({ name, text: request.text, variables: structuredClone(request.variables) });
      return source.execute(request);
    },
  });
  const sources = new Map([...fixture.sources].map(([name, source]) => [name, watched(name, source)]));
  return { asked, ask: (text, variables) => runOperation(supergraph, sources, text, variables) };
}

const list = (data: Answer['data'], key: string): unknown[] => (data as Record<string, unknown[]>)[key] ?? [];

const plain = (reference: Reference): Reference => reference;

describe('entities', () => {
  const campaigns = [
    { id: '1', account: { network: 'meta', number: 7 } },
    { id: '2', account: { network: 'google', number: 8 } },
  ];
  const accounts = graph({
    campaigns: {
      typeDefs: `type Query { campaigns: [Campaign!]! one(id: ID!): Campaign nothing: Campaign matrix: [[Campaign!]]! }
        type Campaign @key(fields: "id") @key(fields: "account { network number }") { id: ID! account: Account! }
        type Account @shareable { network: String! number: Int! }`,
      resolvers: {
        Query: {
          campaigns: () => [...campaigns, campaigns[0]],
          one: (_: unknown, { id }: { id: string }) => campaigns.find((one) => one.id === id),
          nothing: () => null,
          matrix: () => [[campaigns[0], campaigns[1]], null, [campaigns[1]]],
        },
        Campaign: { __resolveReference: ({ id }: Reference) => campaigns.find((one) => one.id === id) },
      },
    },
    billing: {
      typeDefs: `type Campaign @key(fields: "account { network number }") { account: Account! invoice: String note(text: String): String }
        type Account @shareable { network: String! number: Int! }`,
      resolvers: {
        Campaign: {
          __resolveReference: plain,
          invoice: ({ account }: { account: { network: string; number: number } }) =>
            `${account.network}-${account.number}`,
          note: (_: unknown, { text }: { text: string }) => text,
        },
      },
    },
  });

  test('are found by a composite key; each is asked for once however often it stands in the answer', async () => {
    accounts.asked.length = 0;
    expect(await accounts.ask('{ campaigns { id invoice } }')).toEqual({
      data: {
        campaigns: [
          { id: '1', invoice: 'meta-7' },
          { id: '2', invoice: 'google-8' },
          { id: '1', invoice: 'meta-7' },
        ],
      },
    });
    expect(accounts.asked.map(({ name }) => name)).toEqual(['campaigns', 'billing']);
    expect(accounts.asked[1]?.variables.representations).toHaveLength(2);
  });

  test('that are null are not asked for', async () => {
    accounts.asked.length = 0;
    expect(await accounts.ask('{ nothing { invoice } one(id: "9") { invoice } }')).toEqual({
      data: { nothing: null, one: null },
    });
    expect(accounts.asked.map(({ name }) => name)).toEqual(['campaigns']);
  });

  test('are found in lists of lists', async () => {
    expect(await accounts.ask('{ matrix { invoice } }')).toEqual({
      data: { matrix: [[{ invoice: 'meta-7' }, { invoice: 'google-8' }], null, [{ invoice: 'google-8' }]] },
    });
  });

  test('keep their keys when the client gives other fields the names of keys', async () => {
    const text = '{ campaigns { account: id id: account { number: network network: number } __typename: id invoice } }';
    const { data, errors } = await accounts.ask(text.replace('__typename: id ', ''));
    expect(errors).toBeUndefined();
    expect(list(data, 'campaigns')[1]).toEqual({
      account: '2',
      id: { number: 'google', network: 8 },
      invoice: 'google-8',
    });
  });

  test('keep keys and fields apart whatever an alias is called', async () => {
    const names = ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'then'];
    const { data } = await accounts.ask(`{ one(id: "1") { ${names.map((name) => `${name}: id`).join(' ')} invoice } }`);
    const one = data?.one as Record<string, unknown>;
    for (const name of names) expect(Object.entries(one).find(([key]) => key === name)?.[1]).toBe('1');
    expect(one.invoice).toBe('meta-7');
  });

  test('take the variables that their part uses, and defaults', async () => {
    const text = 'query($a: String, $b: String = "default") { one(id: "1") { a: note(text: $a) b: note(text: $b) } }';
    expect(await accounts.ask(text, { a: 'given' })).toEqual({ data: { one: { a: 'given', b: 'default' } } });
  });

  test('leave out what is skipped, and do not ask for it', async () => {
    accounts.asked.length = 0;
    const text =
      'query($x: Boolean!) { one(id: "1") { id invoice @include(if: $x) ...F @skip(if: $x) } } fragment F on Campaign { note(text: "n") }';
    expect(await accounts.ask(text, { x: true })).toEqual({ data: { one: { id: '1', invoice: 'meta-7' } } });
    expect(await accounts.ask(text, { x: false })).toEqual({ data: { one: { id: '1', note: 'n' } } });
    const only = 'query($x: Boolean!) { one(id: "1") { id invoice @include(if: $x) } }';
    accounts.asked.length = 0;
    expect(await accounts.ask(only, { x: false })).toEqual({ data: { one: { id: '1' } } });
    expect(accounts.asked.map(({ name }) => name)).toEqual(['campaigns']);
  });

  test('answer to __typename, aliased and repeated, and introspection stands beside them', async () => {
    const text =
      '{ __typename one(id: "1") { t: __typename __typename ... on Campaign { t: __typename } } __type(name: "Account") { name } }';
    expect(await accounts.ask(text)).toEqual({
      data: { __typename: 'Query', one: { t: 'Campaign', __typename: 'Campaign' }, __type: { name: 'Account' } },
    });
  });
});

describe('required fields', () => {
  const prices = (currency: string): number => (currency === 'USD' ? 11 : 10);
  const shop = graph({
    products: {
      typeDefs: `type Query { products: [Product!]! }
        type Product @key(fields: "id") { id: ID! weight: Int price(currency: String!): Int box: Box }
        type Box { side(unit: String!): Int }`,
      resolvers: {
        Query: {
          products: () => [
            { id: 'a', weight: 2 },
            { id: 'b', weight: null },
          ],
        },
        Product: {
          __resolveReference: plain,
          price: (_: unknown, { currency }: { currency: string }) => prices(currency),
          box: () => ({}),
        },
        Box: { side: (_: unknown, { unit }: { unit: string }) => (unit === 'cm' ? 100 : 1) },
      },
    },
    shipping: {
      typeDefs: `type Product @key(fields: "id") {
          id: ID!
          weight: Int @external
          price(currency: String!): Int @external
          box: Box @external
          class: String @requires(fields: "weight")
          inDollars: String @requires(fields: "price(currency: \\"USD\\") weight")
          inEuros: String @requires(fields: "price(currency: \\"EUR\\")")
          inBoth: String @requires(fields: "box { side(unit: \\"cm\\") }")
          inMetres: String @requires(fields: "box { side(unit: \\"m\\") }")
          greet(name: String!): String
        }
        type Box @external { side(unit: String!): Int }`,
      resolvers: {
        Product: {
          __resolveReference: plain,
          class: ({ weight }: Reference) => `class ${weight}`,
          inDollars: ({ price, weight }: Reference) => `${price} ${weight}`,
          inEuros: ({ price }: Reference) => `${price}`,
          inBoth: ({ box }: { box: Reference }) => `${box.side}`,
          inMetres: ({ box }: { box: Reference }) => `${box.side}`,
          greet: (_: unknown, { name }: { name: string }) => `Hello ${name}`,
        },
      },
    },
    labels: {
      typeDefs: `type Product @key(fields: "id") { id: ID! class: String @external label: String @requires(fields: "class") }`,
      resolvers: { Product: { __resolveReference: plain, label: (it: Reference) => `label of ${it.class}` } },
    },
  });

  test('are fetched first and sent along, through several subgraphs', async () => {
    expect(await shop.ask('{ products { label } }')).toEqual({
      data: { products: [{ label: 'label of class 2' }, { label: 'label of class null' }] },
    });
  });

  test('with arguments are each sent with their own value', async () => {
    const text = '{ products { inDollars inEuros inBoth inMetres class } }';
    const { data, errors } = await shop.ask(text);
    expect(errors).toBeUndefined();
    expect(list(data, 'products')[0]).toEqual({
      inDollars: '11 2',
      inEuros: '10',
      inBoth: '100',
      inMetres: '1',
      class: 'class 2',
    });
  });

  test('with arguments do not meet what the client asks with others', async () => {
    const text = `query($n: String!) { products {
      price(currency: "EUR") dollars: price(currency: "USD") weight: price(currency: "EUR") inDollars inEuros greet(name: $n)
    } }`;
    expect(await shop.ask(text, { n: 'Ada' })).toMatchObject({
      data: {
        products: [{ price: 10, dollars: 11, weight: 10, inDollars: '11 2', inEuros: '10', greet: 'Hello Ada' }, {}],
      },
    });
  });

  test('are of no concern to clients: the fields made for planning cannot be seen or asked for', async () => {
    const { data } = await shop.ask('{ __type(name: "Product") { fields { name } } }');
    expect(JSON.stringify(data)).toContain('"inEuros"');
    expect(JSON.stringify(data)).not.toContain('__given');
  });
});

describe('abstract types', () => {
  const media = graph({
    catalog: {
      typeDefs: `type Query { all: [Media!]! mixed: [Any!]! first: Media }
        interface Media @key(fields: "id") { id: ID! title: String! }
        type Film implements Media @key(fields: "id") { id: ID! title: String! minutes: Int! }
        type Book implements Media @key(fields: "id") { id: ID! title: String! pages: Int! }
        union Any = Film | Book`,
      resolvers: {
        Query: { all: () => items, mixed: () => items, first: () => items[1] },
        Media: { __resolveReference: ({ id }: Reference) => items.find((item) => item.id === id) },
        Film: { __resolveReference: ({ id }: Reference) => items.find((item) => item.id === id) },
        Book: { __resolveReference: ({ id }: Reference) => items.find((item) => item.id === id) },
      },
    },
    scores: {
      typeDefs: `type Media @key(fields: "id") @interfaceObject { id: ID! score: Int! }
        type Query { best: Media! }`,
      resolvers: {
        Query: { best: () => ({ id: 'b' }) },
        Media: { __resolveReference: plain, score: ({ id }: { id: string }) => id.charCodeAt(0) },
      },
    },
    runs: {
      typeDefs: 'type Film @key(fields: "id") { id: ID! cinemas: [String!]! }',
      resolvers: { Film: { __resolveReference: plain, cinemas: ({ id }: Reference) => [`cinema of ${id}`] } },
    },
  });
  const items = [
    { __typename: 'Film', id: 'a', title: 'Alpha', minutes: 90 },
    { __typename: 'Book', id: 'b', title: 'Beta', pages: 300 },
  ];

  test('give each object the fields of its own type, from wherever they come', async () => {
    const text = '{ all { title ... on Film { minutes cinemas } ... on Book { pages } } }';
    expect(await media.ask(text)).toEqual({
      data: {
        all: [
          { title: 'Alpha', minutes: 90, cinemas: ['cinema of a'] },
          { title: 'Beta', pages: 300 },
        ],
      },
    });
  });

  test('may be unions', async () => {
    expect(await media.ask('{ mixed { __typename ... on Film { cinemas } ... on Media { title } } }')).toEqual({
      data: {
        mixed: [
          { __typename: 'Film', cinemas: ['cinema of a'], title: 'Alpha' },
          { __typename: 'Book', title: 'Beta' },
        ],
      },
    });
  });

  test('get fields from a subgraph that knows only the interface', async () => {
    expect(await media.ask('{ all { id score } first { score ... on Book { pages } } }')).toEqual({
      data: {
        all: [
          { id: 'a', score: 97 },
          { id: 'b', score: 98 },
        ],
        first: { score: 98, pages: 300 },
      },
    });
  });

  test('are told their type by the subgraph that knows it', async () => {
    expect(await media.ask('{ best { __typename score title } }')).toEqual({
      data: { best: { __typename: 'Book', score: 98, title: 'Beta' } },
    });
  });
});

describe('ownership', () => {
  const moved = graph({
    old: {
      typeDefs: `type Query { shared: Int @shareable item: Item }
        type Item @key(fields: "id") { id: ID! name: String! hidden: Int @inaccessible extra: Extra @shareable }
        type Extra @shareable { left: Int }
        enum State { ON OFF SECRET @inaccessible }
        extend type Item { state: State secret: State }`,
      resolvers: {
        Query: {
          shared: () => 1,
          item: () => ({ id: '1', name: 'old', extra: { left: 1 }, state: 'ON', secret: 'SECRET' }),
        },
        Item: { __resolveReference: plain },
      },
    },
    fresh: {
      typeDefs: `type Query { shared: Int @shareable }
        type Item @key(fields: "id") { id: ID! name: String! @override(from: "old") extra: Extra @shareable }
        type Extra { right: Int left: Int @shareable }`,
      resolvers: {
        Query: { shared: () => 1 },
        Item: { __resolveReference: plain, name: () => 'new', extra: () => ({ left: 1, right: 2 }) },
      },
    },
  });

  test('of a field may move to another subgraph', async () => {
    expect(await moved.ask('{ shared item { name } }')).toEqual({ data: { shared: 1, item: { name: 'new' } } });
  });

  test('of a value may be shared: its parts are put together', async () => {
    expect(await moved.ask('{ item { extra { left right } } }')).toEqual({
      data: { item: { extra: { left: 1, right: 2 } } },
    });
  });

  test('ends at what clients may not see', async () => {
    const { data, errors } = await moved.ask('{ item { state secret } }');
    expect(data).toEqual({ item: { state: 'ON', secret: null } });
    expect(errors).toMatchObject([{ path: ['item', 'secret'] }]);
    expect((await moved.ask('{ item { hidden } }')).errors).toHaveLength(1);
  });
});

describe('failures', () => {
  const calls: string[] = [];
  const shaky = graph({
    one: {
      typeDefs: `type Query { items: [Item!]! item: Item strict: Item! both: Int sure: Int! unsure: Int! }
        type Mutation { first: Int second: Int third: Int }
        type Item @key(fields: "id") { id: ID! }`,
      resolvers: {
        Query: {
          items: () => [{ id: '1' }, { id: '2' }, { id: '1' }],
          item: () => ({ id: '1' }),
          strict: () => ({ id: '2' }),
          both: () => 1,
          sure: () => 1,
          unsure: () => {
            throw new Error('unsure fails');
          },
        },
        Mutation: {
          first: () => calls.push('first'),
          third: () => calls.push('third'),
          second: () => {
            calls.push('second');
            throw new Error('second fails');
          },
        },
        Item: { __resolveReference: plain },
      },
    },
    two: {
      typeDefs: `type Mutation { other: Int }
        type Item @key(fields: "id") { id: ID! fragile: String solid: String! twice: String }`,
      resolvers: {
        Mutation: { other: () => calls.push('other') },
        Item: {
          __resolveReference: plain,
          fragile: ({ id }: Reference) => {
            if (id === '1') throw new Error('fragile fails');
            return 'whole';
          },
          solid: ({ id }: Reference) => (id === '2' ? null : 'solid'),
        },
      },
    },
  });

  test('of one entity are reported everywhere it stands, and leave the others whole', async () => {
    expect(await shaky.ask('{ items { id fragile } }')).toMatchObject({
      data: {
        items: [
          { id: '1', fragile: null },
          { id: '2', fragile: 'whole' },
          { id: '1', fragile: null },
        ],
      },
      errors: [
        { message: 'fragile fails', path: ['items', 0, 'fragile'] },
        { message: 'fragile fails', path: ['items', 2, 'fragile'] },
      ],
    });
  });

  test('of what may not be null take the nearest parent that may be, once', async () => {
    const { data, errors } = await shaky.ask('{ both item { solid } strict { solid } }');
    expect(data).toBeNull();
    expect(errors?.length).toBe(1);
    const partial = await shaky.ask('{ both item { solid } }');
    expect(partial).toEqual({ data: { both: 1, item: { solid: 'solid' } } });
  });

  test('of a mutation do not keep the next ones from running, in order, across subgraphs', async () => {
    calls.length = 0;
    const { data, errors } = await shaky.ask('mutation { first other second third }');
    expect(calls).toEqual(['first', 'other', 'second', 'third']);
    expect(data).toEqual({ first: 1, other: 2, second: null, third: 4 });
    expect(errors).toHaveLength(1);
  });

  test('of one field that take a whole answer with them are not told of the other fields', async () => {
    const { data, errors } = await shaky.ask('{ sure again: sure unsure }');
    expect(data).toBeNull();
    expect(errors).toMatchObject([{ message: 'unsure fails', path: ['unsure'] }]);
    expect(errors).toHaveLength(1);
  });

  test('are reported at the place as the client named it', async () => {
    const { errors } = await shaky.ask('{ item { id: fragile } }');
    expect(errors).toMatchObject([{ path: ['item', 'id'] }]);
  });
});

describe('keys', () => {
  test('that a subgraph cannot resolve are not used to come back to it', async () => {
    const parts = graph({
      names: {
        typeDefs:
          'type Part @key(fields: "id") @key(fields: "code { letter }", resolvable: false) { id: ID! code: Code! name: String! } type Code @shareable { letter: String! digit: String! }',
        resolvers: {
          Part: {
            __resolveReference: ({ id }: Reference) => ({ id, code: { letter: 'a', digit: '1' }, name: `part ${id}` }),
          },
        },
      },
      stock: {
        typeDefs: `type Query { part: Part }
          type Part @key(fields: "code { letter }", resolvable: false) @key(fields: "id code { digit }") @key(fields: "id", resolvable: false) {
            id: ID! code: Code! name: String! @external shelf: String! @requires(fields: "name")
          }
          type Code @shareable { letter: String! digit: String! }`,
        resolvers: {
          Query: { part: () => ({ id: '7', code: { letter: 'a', digit: '1' } }) },
          Part: {
            __resolveReference: ({ id, name, code }: Reference) => id && code && { id, name },
            shelf: ({ name }: Reference) => `shelf of ${name}`,
          },
        },
      },
    });
    expect(await parts.ask('{ part { shelf } }')).toEqual({ data: { part: { shelf: 'shelf of part 7' } } });
  });
});

describe('the same question', () => {
  test('is asked once while it is under way, and its answers are kept apart', async () => {
    const people = graph({
      games: {
        typeDefs: `type Query { home: Game away: Game }
          type Game @key(fields: "id") { id: ID! player: Player }
          type Player @key(fields: "id") { id: ID! }`,
        resolvers: {
          Query: { home: () => ({ id: 'g' }), away: () => ({ id: 'g' }) },
          Game: { __resolveReference: plain, player: () => ({ id: 'p' }) },
          Player: { __resolveReference: plain },
        },
      },
      names: {
        typeDefs:
          'type Player @key(fields: "id") { id: ID! name: String best: Trophy } type Trophy { id: ID! year: Int }',
        resolvers: { Player: { __resolveReference: plain, name: () => 'Ada', best: () => ({ id: 't', year: 1843 }) } },
      },
    });
    const text = '{ home { player { name best { id } } } away { player { name best { id } } } }';
    const player = { name: 'Ada', best: { id: 't' } };
    expect(await people.ask(text)).toEqual({ data: { home: { player }, away: { player } } });
    expect(people.asked.filter(({ name }) => name === 'names')).toHaveLength(1);
  });
});
