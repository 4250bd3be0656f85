import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemPrincipal } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import { testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { memory } from '../subgraph.ts';
import { recordBatch } from '../testing/batches.ts';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await testRuntime([memory]);
});
afterAll(() => runtime.close());

it('lets the planner know of a large upload before the first question about it', async () => {
  const context = createContext({ runtime, principal: systemPrincipal(runtime.newOrganization()) });
  const rows = Array.from({ length: 6000 }, (_, row) => ({
    date: '2026-03-01',
    channel: 'Search',
    campaign: `Campaign ${row}`,
  }));
  await context.ports.memory.ingest(context, recordBatch(rows));
  const { rows: known } = await sql<{ relname: string; reltuples: number }>`
    select relname, reltuples from pg_class where oid in ('memory.fact'::regclass, 'memory.entity'::regclass)
    order by relname`.execute(runtime.database.system);
  expect(known.map(({ relname }) => relname)).toEqual(['entity', 'fact']);
  for (const { reltuples } of known) expect(reltuples).toBeGreaterThanOrEqual(6000);
});
