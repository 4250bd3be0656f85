import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId } from '@liftos/core/ids.ts';
import { answer } from '@liftos/core/testing/ask.ts';
import { testPrincipal } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import { cases } from '../platforms/contract/cases.ts';
import { openHarness, type Harness } from '../platforms/contract/harness.ts';
import { metaBusiness } from '../platforms/meta-business/meta-business.connector.ts';
import { connections as subgraph } from '../subgraph.ts';
import { addDays, dayIn } from '../sync/plan-slices.pure.ts';

const recent = addDays(dayIn(new Date(), 'UTC'), -10);

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness(metaBusiness, cases['meta_business']!);
  Object.assign(harness.memory, { totals: () => Promise.resolve([{ key: 'Meta Ads' }]) });
});
afterAll(() => harness.close());

function ask<T>(text: string, variables: Record<string, unknown> = {}, principal = harness.principal): Promise<T> {
  return answer<T>(subgraph, text, { runtime: harness.runtime, principal, variables });
}

interface Report {
  state: string;
  connectionsDone: number;
  recommendations: string[];
  checks: { connectionName: string; part: string; name: string; state: string }[];
}

const text = `query ($id: ID!) { integrationRun(id: $id) { state connectionsDone recommendations
  checks { connectionName part name state message hint } } }`;

async function test(scope: string): Promise<Report> {
  const { runIntegrationTests } = await ask<{ runIntegrationTests: { integrationRun: { id: string } } }>(
    `mutation ($input: RunIntegrationTestsInput!) { runIntegrationTests(input: $input) { integrationRun { id } } }`,
    { input: { scope } },
  );
  const { id } = runIntegrationTests.integrationRun;
  return until(async () => {
    const { integrationRun } = await ask<{ integrationRun: Report }>(text, { id });
    return !['QUEUED', 'RUNNING'].includes(integrationRun.state) && integrationRun;
  }, 30_000);
}

it('a suite tests the way in, the data, the health and the sources, and says what to do', async () => {
  const connection = await harness.connect(recent);
  await harness.sync(connection);
  const report = await test('SUITE');
  const states = Object.fromEntries(report.checks.map(({ part, name, state }) => [`${part} ${name}`, state]));
  expect(states).toMatchObject({
    'CONNECTION authentication': 'PASSED',
    'CONNECTION extraction': 'PASSED',
    'QUALITY rows understood': 'PASSED',
    'QUALITY totals': 'PASSED',
    'QUALITY days complete': 'FAILED',
    'HEALTH health': 'WARNING',
  });
  expect(report.state).toBe('FAILED');
  expect(report.recommendations[0]).toContain('Look at the calendar');
  await sql`delete from connections.connection where id = ${connection}`.execute(harness.context.db);
});

it('a connection that is not let in fails at that step, and the others are still tested', async () => {
  const good = await harness.connect(recent);
  const bad = await harness.connect(recent);
  await sql`update connections.connection set name = 'Broken' where id = ${bad}`.execute(harness.context.db);
  await sql`delete from connections.credential where connection_id = ${bad}`.execute(harness.context.db);
  const report = await test('ALL');
  expect(report).toMatchObject({ state: 'FAILED', connectionsDone: 2 });
  expect(report.checks.filter(({ state }) => state === 'FAILED')).toMatchObject([
    { connectionName: 'Broken', name: 'authentication' },
  ]);
  await sql`delete from connections.connection where id in (${good}, ${bad})`.execute(harness.context.db);
});

it('another organisation sees no report', async () => {
  const stranger = testPrincipal(newId());
  const seen = await ask<{ integrationRuns: { edges: unknown[] } }>(
    `{ integrationRuns { edges { node { id } } } }`,
    {},
    stranger,
  );
  expect(seen.integrationRuns.edges).toEqual([]);
});
