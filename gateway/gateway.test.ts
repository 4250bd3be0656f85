import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serverAudits } from 'graphql-http';
import { makeFixture } from './testing/fixture.ts';
import { marketing, type MarketingWorld } from './testing/marketing.ts';
import { startGateway, type TestGateway } from './testing/test-gateway.ts';

let edge: TestGateway;
let world: MarketingWorld;

beforeAll(async () => {
  const made = marketing();
  const fixture = makeFixture(made.subgraphs);
  world = made.world;
  edge = await startGateway(fixture.supergraph, fixture.sources);
});

afterAll(() => edge.close());

describe('the GraphQL-over-HTTP audits of graphql-http', () => {
  // Signed in, as some of them read the schema.
  const fetchFn: typeof fetch = (url, init) =>
    fetch(url, { ...init, headers: { ...(init?.headers as Record<string, string>), authorization: 'Bearer ada' } });
  for (const audit of serverAudits({ url: () => edge.url, fetchFn })) {
    test(`${audit.id} ${audit.name}`, async () => {
      const result = await audit.fn();
      if (audit.name.startsWith('MUST')) expect(result.status, 'reason' in result ? result.reason : '').toBe('ok');
      else expect(['ok', 'warn', 'notice'], 'reason' in result ? result.reason : '').toContain(result.status);
    });
  }
});

describe('an operation over HTTP', () => {
  test('gathers one answer from three subgraphs', async () => {
    const { status, body } = await edge.ask('{ campaign(id: "c1") { name owner { name } spend label } }', {
      as: 'ada',
    });
    expect({ status, body }).toEqual({
      status: 200,
      body: { data: { campaign: { name: 'Autumn', owner: { name: 'Person p1' }, spend: 100, label: 'Autumn!' } } },
    });
    expect(world.calls.get('Person')).toBe(1);
  });
});
