import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { composeServices } from '@apollo/composition';
import { ApolloGateway } from '@apollo/gateway';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { fastify, type FastifyReply, type FastifyRequest } from 'fastify';
import { buildSchema, execute, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import { Pool } from 'undici';
import { internalTokens } from '@liftos/core/internal-token.ts';
import { Documents } from '@liftos/core/serve/documents.ts';
import { createLog } from '@liftos/core/telemetry/log.ts';
import { createMetrics } from '@liftos/core/telemetry/metrics.ts';
import { createGateway } from '@liftos/gateway/gateway.ts';
import { embeddedSource } from '@liftos/gateway/sources/embedded-source.ts';
import { remoteSource } from '@liftos/gateway/sources/remote-source.ts';
import type { BenchResult } from './bench-result.ts';

const requests = 4000;
const warmUp = 3000;
const connectionCount = 20;
const roundCount = 3;
const secret = 'a secret for the benchmark that is long enough';

/** Three hops: campaigns → their owners → the teams of these. */
const query = `query Board($first: Int) {
  campaigns(first: $first) { id name state owner { name email team { name budget spent } } }
}`;
const body = JSON.stringify({ query, variables: { first: 20 } });

/** CPU time of one three-hop query, gateway and subgraphs together, beside servers that answer the same. */
export async function run(): Promise<BenchResult[]> {
  const single = await measureRole('single');
  const embedded = await measureRole('embedded');
  const subgraphs = await Promise.all(Object.keys(parts).map((name) => startRole(`subgraph:${name}`)));
  const addresses = JSON.stringify(subgraphs.map(({ port }) => port));
  const apollo = await measureRole('apollo', subgraphs, addresses);
  const remote = await measureRole('remote', subgraphs, addresses);
  for (const { child } of subgraphs) child.kill();
  return [
    compare('gateway: three-hop query, embedded', embedded, 'one server without federation', single, 2),
    compare('gateway: three-hop query, remote', remote, '@apollo/gateway, default data source', apollo, 0.5),
  ];
}

function compare(name: string, value: number, reference: string, referenceValue: number, most: number): BenchResult {
  const ratio = value / referenceValue;
  const bar = `ratio <= ${most}`;
  return { name, value, unit: 'CPU ms per request', reference, referenceValue, ratio, bar, holds: ratio <= most };
}

interface Started {
  child: ChildProcess;
  port: number;
}

async function startRole(role: string, argument = ''): Promise<Started> {
  const child = fork(import.meta.filename, ['--serve', role, argument], {
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const [port] = (await once(child, 'message')) as [number];
  return { child, port };
}

/** Milliseconds of CPU per request, the best of some rounds; `others` are processes that share in the work. */
async function measureRole(role: string, others: readonly Started[] = [], argument = ''): Promise<number> {
  const server = await startRole(role, argument);
  const pool = new Pool(`http://127.0.0.1:${server.port}`, { connections: connectionCount });
  const everyone = [server, ...others];
  await ask(pool, warmUp);
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < roundCount; round++) {
    const before = await cpuOf(everyone);
    await ask(pool, requests);
    best = Math.min(best, ((await cpuOf(everyone)) - before) / requests);
  }
  await pool.close();
  server.child.kill();
  return best;
}

async function cpuOf(processes: readonly Started[]): Promise<number> {
  const all = processes.map(async ({ child }) => {
    child.send('cpu');
    const [used] = (await once(child, 'message')) as [NodeJS.CpuUsage];
    return (used.user + used.system) / 1000;
  });
  return (await Promise.all(all)).reduce((sum, one) => sum + one, 0);
}

async function ask(pool: Pool, count: number): Promise<void> {
  let left = count;
  const headers = { 'content-type': 'application/json' };
  const worker = async (): Promise<void> => {
    while (left-- > 0) {
      const answer = await pool.request({ path: '/graphql', method: 'POST', headers, body });
      const text = await answer.body.text();
      if (!text.includes('"spent":') || text.includes('"errors"'))
        throw new Error(`A wrong answer: ${text.slice(0, 300)}`);
    }
  };
  await Promise.all(Array.from({ length: connectionCount }, worker));
}

// What follows runs in processes of its own.

const campaigns = Array.from({ length: 100 }, (_, index) => ({
  id: `c${index}`,
  name: `Campaign ${index}`,
  state: 'RUNNING',
  ownerId: `p${index % 8}`,
}));
const people = new Map(
  Array.from({ length: 8 }, (_, index) => [
    `p${index}`,
    { id: `p${index}`, name: `Person ${index}`, email: `p${index}@example.org`, teamId: `t${index % 3}` },
  ]),
);
const teams = new Map(
  Array.from({ length: 3 }, (_, index) => [
    `t${index}`,
    { id: `t${index}`, name: `Team ${index}`, budget: 1000, spent: 42.5 },
  ]),
);

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])\n';
const resolveCampaigns = (_: unknown, { first }: { first: number }) => campaigns.slice(0, first);

const parts: Record<string, { typeDefs: string; resolvers: Record<string, unknown> }> = {
  campaigns: {
    typeDefs: `type Query { campaigns(first: Int = 10): [Campaign!]! }
      type Campaign @key(fields: "id") { id: ID! name: String! state: String! owner: Person! }
      type Person @key(fields: "id", resolvable: false) { id: ID! }`,
    resolvers: {
      Query: { campaigns: resolveCampaigns },
      Campaign: { owner: ({ ownerId }: { ownerId: string }) => ({ id: ownerId }) },
    },
  },
  people: {
    typeDefs: `type Person @key(fields: "id") { id: ID! name: String! email: String! team: Team! }
      type Team @key(fields: "id", resolvable: false) { id: ID! }`,
    resolvers: {
      Person: {
        __resolveReference: ({ id }: { id: string }) => people.get(id),
        team: ({ teamId }: { teamId: string }) => ({ id: teamId }),
      },
    },
  },
  teams: {
    typeDefs: 'type Team @key(fields: "id") { id: ID! name: String! budget: Float! spent: Float! }',
    resolvers: { Team: { __resolveReference: ({ id }: { id: string }) => teams.get(id) } },
  },
};

function subgraphOf(name: string): GraphQLSchema {
  const { typeDefs, resolvers } = parts[name]!;
  return buildSubgraphSchema([{ typeDefs: parse(link + typeDefs), resolvers: resolvers as never }]);
}

function supergraphOf(addresses: readonly string[]): string {
  const composed = composeServices(
    Object.entries(parts).map(([name, { typeDefs }], index) => ({
      name,
      typeDefs: parse(link + typeDefs),
      url: `${addresses[index]}/graphql`,
    })),
  );
  if (composed.errors) throw new Error(composed.errors.join('\n'));
  return composed.supergraphSdl;
}

/** One schema that holds everything itself. */
function singleSchema(): GraphQLSchema {
  const schema = buildSchema(`type Query { campaigns(first: Int = 10): [Campaign!]! }
    type Campaign { id: ID! name: String! state: String! owner: Person! }
    type Person { id: ID! name: String! email: String! team: Team! }
    type Team { id: ID! name: String! budget: Float! spent: Float! }`);
  const resolve = (type: string, field: string, resolver: unknown): void => {
    Object.assign((schema.getType(type) as { getFields(): Record<string, object> }).getFields()[field]!, {
      resolve: resolver,
    });
  };
  resolve('Query', 'campaigns', resolveCampaigns);
  resolve('Campaign', 'owner', ({ ownerId }: { ownerId: string }) => people.get(ownerId));
  resolve('Person', 'team', ({ teamId }: { teamId: string }) => teams.get(teamId));
  return schema;
}

interface Asked {
  query: string;
  variables: Record<string, unknown>;
}

/** A plain GraphQL server that reads and checks each document once. */
async function serveSingle(schema: GraphQLSchema): Promise<number> {
  const documents = new Map<string, DocumentNode>();
  return listen((request) => {
    const asked = request.body as Asked;
    let document = documents.get(asked.query);
    if (!document) {
      document = parse(asked.query);
      if (validate(schema, document).length > 0) throw new Error('A document that does not fit.');
      documents.set(asked.query, document);
    }
    return execute({ schema, document, variableValues: asked.variables });
  });
}

/** A subgraph as one that runs alone answers: on Node's own server, documents compiled once. */
async function serveSubgraph(schema: GraphQLSchema): Promise<number> {
  const tokens = internalTokens(secret);
  const documents = new Documents(schema);
  const server = createServer((request, response) => {
    void (async () => {
      const { authorization } = request.headers;
      // Apollo's gateway sends none; ours is checked as it would be.
      if (authorization) await tokens.verify(authorization.slice('Bearer '.length));
      const asked = (await json(request)) as Asked;
      const answer = await documents.prepare(asked.query)({}, {}, asked.variables);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function listen(answer: (request: FastifyRequest) => unknown): Promise<number> {
  const app = fastify();
  app.post('/graphql', async (request: FastifyRequest, reply: FastifyReply) =>
    reply.type('application/json').send(JSON.stringify(await answer(request))),
  );
  await app.listen({ port: 0, host: '127.0.0.1' });
  return (app.server.address() as AddressInfo).port;
}

async function serveApollo(addresses: readonly string[]): Promise<number> {
  const gateway = new ApolloGateway({ supergraphSdl: supergraphOf(addresses), logger: createLog('silent') });
  const { executor } = await gateway.load();
  const documents = new Map<string, DocumentNode>();
  return listen((request) => {
    const asked = request.body as Asked;
    const document = documents.get(asked.query) ?? parse(asked.query);
    documents.set(asked.query, document);
    return executor({
      document,
      request: asked,
      operationName: 'Board',
      queryHash: asked.query,
      context: {},
      metrics: {},
      logger: console,
      cache: undefined,
      schema: gateway.schema,
      source: asked.query,
      operation: document.definitions[0],
    } as never);
  });
}

async function serveOurs(sources: Parameters<typeof createGateway>[0]['sources']): Promise<number> {
  const supergraphPath = join(mkdtempSync(join(tmpdir(), 'liftos-bench-')), 'supergraph.graphql');
  writeFileSync(supergraphPath, supergraphOf(Object.keys(parts).map((name) => `http://${name}`)));
  const ada = { kind: 'user', id: 'u1', name: 'Ada', organizationId: 'o1', scopes: ['*'] } as const;
  const gateway = await createGateway({
    supergraphPath,
    sources,
    authenticator: { authenticate: () => Promise.resolve(ada), stillValid: () => Promise.resolve(true) },
    uploads: { receive: () => Promise.reject(new Error('none')) },
    config: {
      LIFTOS_FETCH_TIMEOUT: 5,
      LIFTOS_OPERATION_TIMEOUT: 10,
      LIFTOS_RATE_LIMIT: 1e9,
      LIFTOS_UPLOAD_MAX_BYTES: 1,
      PUBLIC_URL: undefined,
    },
    log: createLog('silent'),
    metrics: createMetrics(),
  });
  return gateway.listen(0);
}

async function serve(role: string, argument: string): Promise<number> {
  const tokens = internalTokens(secret);
  if (role.startsWith('subgraph:')) return serveSubgraph(subgraphOf(role.slice('subgraph:'.length)));
  const addresses = (JSON.parse(argument || '[]') as number[]).map((port) => `http://127.0.0.1:${port}`);
  switch (role) {
    case 'single':
      return serveSingle(singleSchema());
    case 'embedded':
      return serveOurs(
        new Map(
          Object.keys(parts).map((name) => [
            name,
            embeddedSource({ schema: subgraphOf(name), contextFor: () => ({}) }),
          ]),
        ),
      );
    case 'apollo':
      return serveApollo(addresses);
    default:
      return serveOurs(
        new Map(
          Object.keys(parts).map((name, index) => [name, remoteSource({ name, address: addresses[index]!, tokens })]),
        ),
      );
  }
}

if (process.argv[2] === '--serve' && process.send) {
  const port = await serve(process.argv[3] ?? '', process.argv[4] ?? '');
  process.on('message', () => process.send?.(process.cpuUsage()));
  process.send(port);
}
