import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { DataSource, Sources } from '../sources/data-source.ts';
import { remoteSource } from '../sources/remote-source.ts';
import { makeFixture, type Fixture } from '../testing/fixture.ts';
import { connect, follow, type Followed } from '../testing/follow.ts';
import { marketing, type MarketingWorld } from '../testing/marketing.ts';
import { serveFixture, tokens, type ServedFixture } from '../testing/serve-fixture.ts';
import { startGateway, type TestGateway } from '../testing/test-gateway.ts';

const subscription = `subscription Follow($after: Int) {
  campaignChanged(after: $after) { sequence campaign { name spend owner { name } } }
}`;

let edge: TestGateway;
let world: MarketingWorld;
let fixture: Fixture;
let served: Map<string, ServedFixture>;
const open: Followed[] = [];

function following(query = subscription, options: Parameters<typeof follow>[2] = {}): Followed {
  const followed = follow(edge.socketUrl, query, options);
  open.push(followed);
  return followed;
}

async function sourcesFor(mode: string, schemas: Fixture): Promise<Sources> {
  served = new Map();
  if (mode === 'embedded') return schemas.sources;
  const sources = new Map<string, DataSource>();
  for (const [name, schema] of schemas.schemas) {
    const one = await serveFixture(schema);
    served.set(name, one);
    sources.set(name, remoteSource({ name, address: one.address, tokens }));
  }
  return sources;
}

async function start(mode: string, change: Parameters<typeof startGateway>[2] = {}): Promise<void> {
  const made = marketing();
  world = made.world;
  fixture = makeFixture(made.subgraphs);
  edge = await startGateway(fixture.supergraph, await sourcesFor(mode, fixture), change);
}

async function stop(): Promise<void> {
  await Promise.all(open.splice(0).map((followed) => followed.close()));
  await edge.close();
  await Promise.all([...served.values()].map((one) => one.stop()));
}

const listening = (count: number): Promise<void> =>
  vi.waitFor(() => expect(world.following).toBe(count), { timeout: 5000, interval: 5 });

const expected = (sequence: number, id = 1) => ({
  data: {
    campaignChanged: {
      sequence,
      campaign: { name: id === 1 ? 'Autumn' : 'Winter', spend: id * 100, owner: { name: `Person p${id}` } },
    },
  },
});

describe.each(['embedded', 'remote'])('a subscription over three subgraphs, %s', (mode) => {
  beforeEach(() => start(mode));
  afterEach(stop);

  test('completes each event with what two other subgraphs add', async () => {
    const one = following();
    await listening(1);
    world.emit('c1');
    world.emit('c2');
    await one.until(2);
    expect(one.events).toEqual([expected(1), expected(2, 2)]);
  });

  test('is opened once upstream for clients that ask the same, and told each of them', async () => {
    const all = [following(), following(), following(subscription, { as: 'ada', variables: { after: null } })];
    await listening(1);
    await vi.waitFor(() => expect(edge.gateway.channels).toBe(1));
    const calls = (): number => world.calls.get('ledger') ?? 0;
    await vi.waitFor(async () => expect(await subscriptions()).toBe(3));
    world.emit('c1');
    await Promise.all(all.map((one) => one.until(1)));
    expect(all.map(({ events }) => events)).toEqual([[expected(1)], [expected(1)], [expected(1)]]);
    expect(calls()).toBe(1);
    expect(world.following).toBe(1);
  });

  test('is not shared between organisations, nor between different rights', async () => {
    const ada = following();
    const eve = following(subscription, { as: 'eve' });
    const reader = following(subscription, { as: 'reader' });
    await listening(3);
    world.emit('c1', 'o2');
    world.emit('c2', 'o1');
    await Promise.all([ada.until(1), eve.until(1), reader.until(1)]);
    expect(ada.events).toEqual([expected(2, 2)]);
    expect(eve.events).toEqual([expected(1)]);
    expect(reader.events).toEqual([expected(2, 2)]);
  });

  test('tells a client that comes back what it missed, then what comes, each once', async () => {
    for (let index = 0; index < 20; index++) world.emit('c1');
    const tail = following();
    await listening(1);
    const back = following(subscription, { variables: { after: 5 } });
    await back.until(15);
    for (let index = 0; index < 5; index++) world.emit('c2');
    await back.until(20);
    await tail.until(5);
    const numbers = back.events.map(({ data }) => data.campaignChanged.sequence);
    expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index + 6));
    // Caught up, it listens to the shared tail alone.
    await listening(1);
    world.emit('c1');
    await back.until(21);
    expect(back.events.at(-1)).toEqual(expected(26));
  });

  test('that is personal is not shared, though two people have the same rights', async () => {
    const both = ['ada', 'bob'].map((as) => following('subscription { hello }', { as }));
    await Promise.all(both.map((one) => one.until(1)));
    expect(both.map(({ events }) => events)).toEqual([[{ data: { hello: 'Ada' } }], [{ data: { hello: 'Bob' } }]]);
  });

  test('through a socket that breaks again and again has every event once', async () => {
    const seen: number[] = [];
    for (let round = 0; round < 6; round++) {
      const one = following(subscription, { variables: { after: seen.at(-1) ?? 0 } });
      for (let index = 0; index < 20; index++) world.emit('c1');
      await one.until(10);
      one.client.terminate();
      // What came before the socket broke counts, whatever was still on its way does not.
      await vi.waitFor(() => expect(one.ended).toBe(true));
      seen.push(...one.events.map(({ data }) => data.campaignChanged.sequence));
    }
    const last = following(subscription, { variables: { after: seen.at(-1) ?? 0 } });
    await last.until(120 - seen.length);
    seen.push(...last.events.map(({ data }) => data.campaignChanged.sequence));
    expect(seen).toEqual(Array.from({ length: 120 }, (_, index) => index + 1));
  });

  test('ends upstream when the last client leaves', async () => {
    const [one, two] = [following(), following()];
    await listening(1);
    one.leave();
    two.leave();
    await listening(0);
    expect(edge.gateway.channels).toBe(0);
  });

  test('ends upstream when the socket breaks', async () => {
    const one = following();
    await listening(1);
    one.client.terminate();
    await listening(0);
  });

  test('ends with the reason when the subgraph refuses', async () => {
    const one = following('subscription { never }');
    await vi.waitFor(() => expect(one.ended).toBe(true));
    expect(one.errors).toEqual([[{ message: 'Not for you.', extensions: { code: 'FORBIDDEN' } }]]);
  });

  test('ends when its source ends', async () => {
    const one = following('subscription { tick }');
    await vi.waitFor(() => expect(one.ended).toBe(true));
    expect(one.events).toEqual([{ data: { tick: 1 } }, { data: { tick: 2 } }]);
  });

  test('goes on without a part whose subgraph fails, and names the part', async () => {
    const one = following();
    await listening(1);
    world.ledger.fail = new Error('no connection to 10.1.2.3');
    world.emit('c1');
    await one.until(1);
    expect(one.events[0]).toEqual({
      data: {
        campaignChanged: { sequence: 1, campaign: { name: 'Autumn', spend: null, owner: { name: 'Person p1' } } },
      },
      errors: [
        {
          message: 'Something went wrong on our side.',
          path: ['campaignChanged', 'campaign', 'spend'],
          extensions: { code: 'INTERNAL', correlationId: expect.any(String) },
        },
      ],
    });
    world.ledger.fail = undefined;
    world.emit('c1');
    await one.until(2);
    expect(one.events[1]).toEqual(expected(2));
  });

  test('goes on through a change of the schema, with nothing lost', async () => {
    const one = following();
    await listening(1);
    world.emit('c1');
    await one.until(1);
    writeFileSync(edge.supergraphPath, `${readFileSync(edge.supergraphPath, 'utf8')}\n# changed`);
    await edge.gateway.reload();
    world.emit('c2');
    await one.until(2);
    expect(one.events).toEqual([expected(1), expected(2, 2)]);
    expect(one.ended).toBe(false);
  });
});

async function subscriptions(): Promise<number> {
  return (await edge.metrics.subscriptions.get()).values[0]?.value ?? 0;
}

describe('a subscription whose subgraph restarts', () => {
  beforeEach(() => start('remote'));
  afterEach(stop);

  test('is taken up again behind the last event seen, without the client noticing', async () => {
    const one = following();
    await listening(1);
    world.emit('c1');
    await one.until(1);
    const before = served.get('campaigns')!;
    await before.stop();
    world.emit('c1');
    world.emit('c2');
    served.set(
      'campaigns',
      await serveFixture(fixture.schemas.get('campaigns')!, Number(new URL(before.address).port)),
    );
    await one.until(3);
    world.emit('c2');
    await one.until(4);
    expect(one.events.map(({ data }) => data.campaignChanged.sequence)).toEqual([1, 2, 3, 4]);
    expect(one.ended).toBe(false);
  });
});

describe('a client of sockets that is gone without having said so', () => {
  beforeEach(() => start('embedded', { pingMillis: 100 }));
  afterEach(stop);

  test('is let go, and others hear on', async () => {
    const other = following();
    // It takes everything in and says nothing, not even that it is there.
    const gone = new WebSocket(edge.socketUrl, 'graphql-transport-ws', { autoPong: false });
    gone.once('open', () => gone.send(JSON.stringify({ type: 'connection_init' })));
    expect(await closing(gone)).toBe(1006);
    world.emit('c1');
    await other.until(1);
  });
});

describe('a client of sockets', () => {
  beforeEach(() =>
    start('embedded', {
      socketLimits: {
        waitingBytes: 50_000,
        initMillis: 200,
        operations: 10,
        messages: 200,
        perPrincipal: 3,
        perAddress: 12,
      },
    }),
  );
  afterEach(stop);

  test('is let go when its session has ended, and hears nothing afterwards', async () => {
    const one = following();
    await listening(1);
    edge.revoked.add('s1');
    await vi.waitFor(() => expect(one.ended).toBe(true));
    expect(one.errors[0]).toMatchObject({ code: 4403 });
    world.emit('c1');
    await listening(0);
    expect(one.events).toEqual([]);
  });

  test('may not come in with credentials that do not hold', async () => {
    const one = following(subscription, { as: 'nobody' });
    await vi.waitFor(() => expect(one.ended).toBe(true));
    expect(one.errors[0]).toMatchObject({ code: 4403 });
  });

  test.each([
    ['a foreign page', { origin: 'https://evil.example' }, '', 403],
    ['credentials in the address', {}, '?token=x', 400],
  ])('is refused from %s', async (_title, headers, query, status) => {
    const socket = new WebSocket(edge.socketUrl + query, 'graphql-transport-ws', { headers });
    const answer = await new Promise((resolve) =>
      socket.once('unexpected-response', (_, response) => resolve(response.statusCode)),
    );
    expect(answer).toBe(status);
    socket.on('error', () => undefined).terminate();
  });

  test('is let go when it does not introduce itself', async () => {
    expect(await closing(raw())).toBe(4408);
  });

  test('is let go when it begins before introducing itself', async () => {
    expect(await closing(raw((send) => send({ type: 'subscribe', id: '1', payload: { query: '{ open }' } })))).toBe(
      4401,
    );
  });

  test('is let go when it sends what is no message, or too much at once', async () => {
    expect(await closing(raw((send) => send('hello')))).toBe(4400);
    expect(await closing(raw((send) => send({ type: 'ping', payload: 'x'.repeat(70_000) })))).toBe(1009);
  });

  test('is let go when it floods', async () => {
    const flood = raw((send) => {
      send({ type: 'connection_init' });
      for (let id = 0; id < 10_000; id++) send({ type: 'ping' });
    });
    expect(await closing(flood)).toBe(4429);
  });

  test('may have only so many sockets, from one address and of one person', async () => {
    const perPerson = Array.from({ length: 5 }, () =>
      following(subscription, { client: connect(edge.socketUrl, 'ada') }),
    );
    await vi.waitFor(() => expect(perPerson.filter(({ ended }) => ended)).toHaveLength(2));
    expect(perPerson.find(({ ended }) => ended)?.errors).toEqual([expect.objectContaining({ code: 4429 })]);
    await Promise.all(perPerson.map((one) => one.close()));
    const statuses: number[] = [];
    const many = Array.from({ length: 20 }, () => {
      const socket = raw();
      socket.once('unexpected-response', (_, { statusCode = 0 }) => void statuses.push(statusCode));
      return socket;
    });
    await vi.waitFor(() => expect(statuses.length).toBeGreaterThanOrEqual(8));
    expect(new Set(statuses)).toEqual(new Set([503]));
    for (const socket of many) socket.terminate();
  });

  test('may have only so many operations open', async () => {
    const client = connect(edge.socketUrl, 'ada');
    const all = Array.from({ length: 12 }, () => following(subscription, { client }));
    await vi.waitFor(() => expect(all.filter(({ ended }) => ended)).toHaveLength(2));
    expect(all.find(({ ended }) => ended)?.errors).toEqual([
      [expect.objectContaining({ extensions: { code: 'RATE_LIMITED' } })],
    ]);
  });

  test('is let go when it does not read, and others hear on', async () => {
    const other = following();
    const slow = raw((send) => {
      slow.once('message', () => send({ type: 'subscribe', id: '1', payload: { query: subscription } }));
      send({ type: 'connection_init', payload: { authorization: 'Bearer ada' } });
    });
    await vi.waitFor(async () => expect(await subscriptions()).toBe(2));
    slow.pause();
    const slowClients = async (): Promise<number> => (await edge.metrics.slowClients.get()).values[0]?.value ?? 0;
    let sent = 0;
    while ((await slowClients()) === 0 && sent < 60_000) {
      for (let index = 0; index < 500; index++) world.emit('c1');
      sent += 500;
      await other.until(sent);
    }
    expect(await slowClients()).toBe(1);
    world.emit('c1');
    await other.until(sent + 1);
    slow.resume();
    expect([4413, 1006]).toContain(await closing(slow));
  }, 30_000);

  test('may ask anything it may ask over HTTP, except for what sets a cookie', async () => {
    const query = following('{ mine }');
    const signIn = following('mutation { signIn(name: "ada") }');
    await vi.waitFor(() => expect([query.ended, signIn.ended]).toEqual([true, true]));
    expect(query.events).toEqual([{ data: { mine: 'Ada' } }]);
    expect(signIn.events[0].errors[0].message).toBe('Sign in over HTTP.');
  });

  test('cannot bring the socket down with a document that makes validation throw', async () => {
    const client = connect(edge.socketUrl, 'ada');
    const bad = following('subscription S($x: Boolean!) { tick @include(if: $x) }', { client, variables: { x: true } });
    await vi.waitFor(() => expect(bad.ended).toBe(true));
    expect(bad.errors).toEqual([[expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' } })]]);
    const good = following('subscription { tick }', { client });
    await good.until(2);
  });

  test('is told to come back when the gateway stops', async () => {
    const one = following();
    await listening(1);
    await edge.gateway.close();
    await vi.waitFor(() => expect(one.ended).toBe(true));
    expect(one.errors[0]).toMatchObject({ code: 1001 });
  });
});

function raw(begin: (send: (message: unknown) => void) => void = () => undefined): WebSocket {
  const socket = new WebSocket(edge.socketUrl, 'graphql-transport-ws');
  socket.once('open', () =>
    begin((message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message))),
  );
  socket.on('error', () => undefined);
  return socket;
}

function closing(socket: WebSocket): Promise<number> {
  return new Promise((resolve) => void socket.once('close', resolve));
}
