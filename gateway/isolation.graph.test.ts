import { Readable } from 'node:stream';
import { GraphQLError, isNonNullType, isObjectType, type GraphQLSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '@liftos/core/context.ts';
import { systemPrincipal } from '@liftos/core/context.ts';
import { createContext, transaction } from '@liftos/core/create-context.ts';
import { emit } from '@liftos/core/events/events.ts';
import { isId, subgraphSchema, type SubgraphDefinition } from '@liftos/core/subgraph.ts';
import { answer, ask, listenTo } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import { subgraphs } from './subgraphs.ts';
import { attacksOn, listsOf, selectAll, type Attack } from './testing/attack.pure.ts';

/** Stands in every text that the victim stores; no answer to anybody else may hold it. */
const canary = `canary${crypto.randomUUID().slice(0, 8)}`;

let runtime: TestRuntime;
let victim: Principal;
let attacker: Principal;
const stolen = new Set<string>();
/** The same by type. */
const kinds = new Map<string, Set<string>>();

beforeAll(async () => {
  runtime = await testRuntime(subgraphs);
  victim = testPrincipal(runtime.newOrganization());
  attacker = testPrincipal(runtime.newOrganization());
  await fillVictim();
}, 120_000);
afterAll(() => runtime.close());

const askAs = <T>(principal: Principal, name: string, text: string, variables: Record<string, unknown> = {}) =>
  answer<T>(
    subgraphs.find((subgraph) => subgraph.name === name)!,
    text,
    { runtime, principal, variables },
  );

async function fillVictim(): Promise<void> {
  const as = <T>(name: string, text: string, variables?: Record<string, unknown>) =>
    askAs<T>(victim, name, text, variables);
  const create =
    'mutation ($input: CreateMockConnectionInput!) { createMockConnection(input: $input) { connection { id } } }';
  const input = { platform: 'meta_business', name: canary, from: daysAgo(20) };
  const made = await as<{ createMockConnection: { connection: { id: string } } }>('connections', create, { input });
  const connectionId = made.createMockConnection.connection.id;
  const start = 'mutation ($id: ID!) { startSync(connectionId: $id) { syncRun { id } } }';
  const { startSync } = await as<{ startSync: { syncRun: { id: string } } }>('connections', start, {
    id: connectionId,
  });
  await until(async () => {
    const text = 'query ($id: ID!) { syncRun(id: $id) { state } }';
    const { syncRun } = await as<{ syncRun: { state: string } }>('connections', text, { id: startSync.syncRun.id });
    return syncRun.state === 'SUCCEEDED';
  }, 60_000);
  const attribution = 'mutation { runAttribution(input: { mock: true }) { run { id } } }';
  const { runAttribution } = await as<{ runAttribution: { run: { id: string } } }>('causal', attribution);
  await until(async () => {
    const text = 'query ($id: ID!) { attributionRun(id: $id) { state } }';
    const { attributionRun } = await as<{ attributionRun: { state: string } }>('causal', text, {
      id: runAttribution.run.id,
    });
    return attributionRun.state === 'SUCCEEDED';
  }, 60_000);
  const endpoint = `mutation { createWebhookEndpoint(input: { kind: CUSTOM, name: "${canary}" }) { endpoint { id } } }`;
  await as('connections', endpoint);
  await as('identity', `mutation { createApiKey(input: { name: "${canary}", scopes: ["data:read"] }) { secret } }`);
  const invite = `mutation { inviteMember(input: { email: "${canary}@example.com", role: VIEWER }) { link } }`;
  await as('identity', invite);
  await as('memory', 'mutation { startExport(input: { format: CSV }) { dataExport { id } } }');
  const stream = Readable.from([Buffer.from(`date,channel,spend\n2026-01-01,${canary},1\n`)]);
  const upload = { fileName: `${canary}.csv`, contentType: 'text/csv', stream };
  stolen.add((await runtime.ports.uploads.receive(createContext({ runtime, principal: victim }), upload)).id);
  const records = `{ records(range: { from: "${daysAgo(20)}", to: "${daysAgo(0)}" }, filter: { sourceKinds: [MOCK] }, first: 3) { edges { node { __typename id } } } }`;
  harvest(await as('memory', records));
  for (const { subgraph, schema } of schemas()) await harvestAll(subgraph, schema);
}

/** Keeps ids of everything that the victim can list. */
async function harvestAll(subgraph: SubgraphDefinition, schema: GraphQLSchema): Promise<void> {
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    if (field.name.startsWith('_') || field.args.some(({ type }) => isNonNullType(type))) continue;
    harvest((await ask(subgraph, `{ ${field.name} ${selectAll(field.type)} }`, { runtime, principal: victim })).data);
  }
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
}

/** So many ids of each type are tried everywhere. */
const perType = 2;

/** Keeps ids in an answer. Names of what every organisation has, such as platforms, are none. */
function harvest(value: unknown): void {
  if (value === null || typeof value !== 'object') return;
  const { id, __typename: type } = value as { id?: unknown; __typename?: unknown };
  if (typeof id === 'string' && typeof type === 'string' && (isId(id) || type === 'MarketingRecord')) {
    const ofType = kinds.get(type) ?? new Set();
    kinds.set(type, ofType);
    if (ofType.size < perType) ofType.add(id);
    if (ofType.has(id)) stolen.add(id);
  }
  for (const inner of Object.values(value)) harvest(inner);
}

const schemas = () => subgraphs.map((subgraph) => ({ subgraph, schema: subgraphSchema(subgraph) }));

function attacks(schema: GraphQLSchema, kind: 'query' | 'mutation' | 'subscription'): Attack[] {
  const root = {
    query: schema.getQueryType(),
    mutation: schema.getMutationType(),
    subscription: schema.getSubscriptionType(),
  }[kind];
  const fields = Object.values(root?.getFields() ?? {}).filter((field) => !field.name.startsWith('_'));
  const lists = kind === 'query' ? fields.flatMap(listsOf) : [];
  return [...lists, ...fields.flatMap((field) => [...stolen].flatMap((id) => attacksOn(kind, field, id)))];
}

/** Nothing of the victim may be in an answer, beyond the ids that the attacker gave itself. */
function expectNothingOfTheVictim(result: unknown, attack: Attack): void {
  const text = JSON.stringify(result);
  expect(text, attack.name).not.toContain(canary);
  expect(text, attack.name).not.toContain(victim.organizationId);
  const given = JSON.stringify(attack.variables);
  for (const id of stolen) if (!given.includes(id)) expect(text, attack.name).not.toContain(id);
}

/** What the victim can see of itself; it must be the same before and after. */
async function snapshot(): Promise<unknown> {
  const view = await Promise.all([
    askAs(
      victim,
      'connections',
      '{ connections { totalCount edges { node { id name schedule lastResult syncs { edges { node { id state } } } } } } webhookEndpoints { id name secrets { id expiresAt } } }',
    ),
    askAs(victim, 'identity', '{ organization: invitations { id } apiKeys { id revokedAt } }'),
    askAs(victim, 'memory', '{ dataExtent { records journeys } dataExports { id } }'),
    askAs(victim, 'causal', '{ attributionRuns { edges { node { id state results { conversions } } } } }'),
  ]);
  return view;
}

describe('the database', () => {
  it('lets an organisation see its own rows of every table alone, and no table that is of none', async () => {
    const { rows } = await runtime.database.driver.query(
      null,
      `select format('%s.%s', n.nspname, c.relname) as name,
        has_table_privilege('liftos_app', c.oid, 'select, insert, update, delete') as open,
        exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'organization_id') as owned,
        c.relrowsecurity and (select bool_and(pg_get_expr(p.polqual, c.oid) like '%app.organization%'
            and pg_get_expr(p.polwithcheck, c.oid) like '%app.organization%')
          from pg_policy p where p.polrelid = c.oid) is true as protected
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any($1) and c.relkind in ('r', 'p', 'v', 'm')`,
      [['runtime', ...subgraphs.map(({ name }) => name)]],
    );
    const named = (tables: Record<string, unknown>[]) => tables.map(({ name }) => name);
    expect(rows.length).toBeGreaterThan(40);
    expect(named(rows.filter((table) => table.owned && !table.protected))).toEqual([]);
    expect(named(rows.filter((table) => !table.owned && table.open))).toEqual([]);
  });

  it('lets the role of requests neither pass over row security nor own a table', async () => {
    const { rows } = await runtime.database.driver.query(
      null,
      `select rolsuper, rolbypassrls, rolcanlogin, (select count(*) from pg_class where relowner = r.oid) as owns
      from pg_roles r where rolname = 'liftos_app'`,
      [],
    );
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcanlogin: false, owns: 0 }]);
  });
});

describe('another organisation', () => {
  it('learns nothing from any query and changes nothing with any mutation', async () => {
    const before = await snapshot();
    let tried = 0;
    for (const { subgraph, schema } of schemas()) {
      for (const attack of [...attacks(schema, 'query'), ...attacks(schema, 'mutation')]) {
        const result = await ask(subgraph, attack.text, {
          runtime,
          principal: attacker,
          variables: attack.variables,
        }).catch((error: unknown) => {
          if (error instanceof GraphQLError) throw new Error(`${attack.name}: ${error.message}\n${attack.text}`);
          throw error;
        });
        expectNothingOfTheVictim(result, attack);
        tried++;
      }
    }
    const found = [
      'ApiKey',
      'Connection',
      'DataExport',
      'Invitation',
      'Job',
      'MarketingRecord',
      'SyncRun',
      'WebhookEndpoint',
    ];
    expect([...kinds.keys()]).toEqual(expect.arrayContaining(found));
    expect(tried).toBeGreaterThan(1000);
    expect(await snapshot()).toEqual(before);
  }, 120_000);

  it('learns nothing through references to any entity', async () => {
    for (const { subgraph, schema } of schemas()) {
      const entities = schema.getType('_Entity');
      if (!entities || !('getTypes' in entities)) continue;
      for (const type of entities.getTypes()) {
        if (!isObjectType(type)) continue;
        const ids = [...stolen, victim.organizationId, victim.id];
        const variables = { r: ids.map((id) => ({ __typename: type.name, id })) };
        for (const selection of [selectAll(type), selectAll(type, true)]) {
          const text = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type.name} ${selection} } }`;
          const result = await ask(subgraph, text, { runtime, principal: attacker, variables });
          expect(JSON.stringify(result), type.name).not.toContain(canary);
        }
      }
    }
  });

  it('hears nothing on any subscription, not even of the past', async () => {
    for (const { subgraph, schema } of schemas()) {
      for (const attack of attacks(schema, 'subscription')) {
        const stop = new AbortController();
        const options = { runtime, principal: attacker, variables: attack.variables, signal: stop.signal };
        const stream = await listenTo(subgraph, attack.text, options).catch(() => undefined);
        if (!stream) continue;
        const heard: unknown[] = [];
        const reading = (async () => {
          for await (const event of stream) heard.push(event);
        })().catch((error: unknown) => heard.push(String(error)));
        const mine = createContext({ runtime, principal: systemPrincipal(attacker.organizationId) });
        await transaction(mine, (tx) => emit(tx, { topic: 'test.tick', summary: 'tick' }));
        stop.abort();
        await reading;
        expectNothingOfTheVictim(heard, attack);
      }
    }
  });
});
