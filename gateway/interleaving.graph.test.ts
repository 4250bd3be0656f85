import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { anonymous, type Principal } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import { subgraphSchema } from '@liftos/core/subgraph.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { embeddedSource } from './sources/embedded-source.ts';
import { subgraphs } from './subgraphs.ts';
import { follow, type Followed } from './testing/follow.ts';
import { startGateway, type TestGateway } from './testing/test-gateway.ts';

/** One of many organisations that use one gateway at the same time. */
interface Tenant {
  principal: Principal;
  /** Stands in every text that it stores. */
  canary: string;
  connectionId: string;
  feed: Followed;
}

let runtime: TestRuntime;
let edge: TestGateway;
const tenants = new Map<string, Tenant>();

beforeAll(async () => {
  runtime = await testRuntime(subgraphs);
  const supergraph = readFileSync(join(import.meta.dirname, '../schema/supergraph.graphql'), 'utf8');
  const sources = new Map(
    subgraphs.map((subgraph) => {
      const schema = subgraphSchema(subgraph);
      return [
        subgraph.name,
        embeddedSource({ schema, contextFor: (request) => createContext({ runtime, ...request }) }),
      ];
    }),
  );
  edge = await startGateway(supergraph, sources, {
    authenticator: {
      authenticate: async ({ authorization = '' }) => tenants.get(authorization.slice(7))?.principal ?? anonymous,
      stillValid: async () => true,
    },
  });
  // The same person everywhere, so that whatever is remembered per person and not per organisation shows.
  const person = testPrincipal(runtime.newOrganization());
  for (let index = 0; index < 20; index++) await open(`t${index}`, person);
}, 60_000);

afterAll(async () => {
  await Promise.all([...tenants.values()].map(({ feed }) => feed.close()));
  await edge.close();
  await runtime.close();
});

async function open(name: string, person: Principal): Promise<void> {
  const canary = `canary${crypto.randomUUID().slice(0, 8)}`;
  const principal = { ...person, organizationId: runtime.newOrganization() };
  await runtime.database.driver.query(null, `insert into identity.organization values ($1, $2, 'EUR', 'UTC', now())`, [
    principal.organizationId,
    canary,
  ]);
  const feed = follow(edge.socketUrl, 'subscription { activityFeed(after: 0) { sequence summary } }', { as: name });
  tenants.set(name, { principal, canary, connectionId: '', feed });
  const text = `mutation {
    createMockConnection(input: { platform: "klaviyo", name: "${canary}" }) { connection { id } }
    createApiKey(input: { name: "${canary}", scopes: ["data:read"] }) { apiKey { id } }
    inviteMember(input: { email: "${canary}@example.com", role: VIEWER }) { invitation { id } } }`;
  const { data } = (await edge.ask(text, { as: name })).body;
  tenants.get(name)!.connectionId = data.createMockConnection.connection.id;
}

const questions = [
  '{ organization { name } connections { edges { node { name coverage { records } syncs { edges { node { id } } } } } } }',
  '{ apiKeys { name } invitations { email } }',
  '{ activity { edges { node { summary } } } }',
  'query ($own: ID!, $foreign: ID!) { own: connection(id: $own) { name } foreign: connection(id: $foreign) { name } }',
  'mutation ($own: ID!) { updateConnection(input: { id: $own, from: "2026-11-01" }) { connection { name } } }',
];

it('twenty organisations that ask at the same time are each told of their own alone', async () => {
  const all = [...tenants.values()];
  const expectOnly = ({ canary }: Tenant, text: string): void => {
    expect(text).toContain(canary);
    expect([...text.matchAll(/canary[0-9a-f]{8}/g)].filter(([found]) => found !== canary)).toEqual([]);
  };
  const askAll = async ([name, tenant]: [string, Tenant], place: number): Promise<void> => {
    for (let round = 0; round < 20; round++) {
      const foreign = all[(place + 1 + (round % (all.length - 1))) % all.length]!.connectionId;
      const variables = { own: tenant.connectionId, foreign };
      const { body } = await edge.ask(questions[(round + place) % questions.length]!, { as: name, variables });
      expect(body.errors).toBeUndefined();
      expectOnly(tenant, JSON.stringify(body));
    }
  };
  await Promise.all([...tenants].map(askAll));
  for (const tenant of all) {
    await vi.waitFor(() => expect(tenant.feed.events.length).toBeGreaterThanOrEqual(3));
    expectOnly(tenant, JSON.stringify(tenant.feed.events));
  }
}, 60_000);
