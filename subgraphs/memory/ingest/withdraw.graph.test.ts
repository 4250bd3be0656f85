import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemPrincipal, type Context } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import { testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { memory } from '../subgraph.ts';
import { recordBatch } from '../testing/batches.ts';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await testRuntime([memory]);
});
afterAll(() => runtime.close());

function newContext(): Context {
  return createContext({ runtime, principal: systemPrincipal(runtime.newOrganization()) });
}

const source = { sourceKind: 'live' as const, stream: 'ad_daily' };
const march = { from: '2026-03-01', to: '2026-03-31' };
const rows = [
  { date: '2026-02-28', channel: 'Search', campaign: 'Old', spend: 1 },
  { date: '2026-03-01', channel: 'Search', campaign: 'Brand', spend: 10 },
  { date: '2026-03-02', channel: 'Search', campaign: 'Brand', spend: 20 },
  { date: '2026-03-02', channel: 'Search', campaign: 'Generic', spend: 30 },
];

/** What one sync brings of an account. */
async function sync(context: Context, connectionId: string, brought: typeof rows, account?: string): Promise<string> {
  const syncRunId = randomUUID();
  const batch = { ...recordBatch(brought), ...source, connectionId, syncRunId };
  await context.ports.memory.ingest(context, account === undefined ? batch : { ...batch, account });
  return syncRunId;
}

async function days(context: Context): Promise<string[]> {
  const query = { from: '2026-01-01', to: '2026-12-31', sourceKinds: ['live'] as const };
  const { date, campaign } = await context.ports.memory.records(context, query);
  return date.map((day, row) => `${day} ${campaign[row]}`).toSorted();
}

describe('withdraw', () => {
  it('removes rows of the account and days that a sync did not bring again, and keeps the others', async () => {
    const context = newContext();
    const connectionId = randomUUID();
    await sync(context, connectionId, rows, 'north');
    await sync(context, connectionId, [{ ...rows[3]!, campaign: 'Elsewhere' }], 'south');
    // One row as it was, one with another figure, one that is gone.
    const syncRunId = await sync(context, connectionId, [rows[1]!, { ...rows[2]!, spend: 21 }], 'north');
    const withdrawal = { connectionId, ...source, account: 'north', ...march, syncRunId };
    expect(await context.ports.memory.withdraw(context, withdrawal)).toBe(1);
    expect(await days(context)).toEqual([
      '2026-02-28 Old',
      '2026-03-01 Brand',
      '2026-03-02 Brand',
      '2026-03-02 Elsewhere',
    ]);
    expect(await context.ports.memory.withdraw(context, withdrawal)).toBe(0);
  });

  it('keeps rows that came without an account, and those of other organisations', async () => {
    const [context, stranger] = [newContext(), newContext()];
    const connectionId = randomUUID();
    await sync(context, connectionId, rows);
    await sync(stranger, connectionId, rows, 'north');
    const withdrawal = { connectionId, ...source, account: 'north', ...march, syncRunId: randomUUID() };
    expect(await context.ports.memory.withdraw(context, withdrawal)).toBe(0);
    expect(await days(context)).toHaveLength(4);
    expect(await days(stranger)).toHaveLength(4);
  });

  it('counts a connection’s records anew and tells what went', async () => {
    const context = newContext();
    const connectionId = randomUUID();
    await sync(context, connectionId, rows, 'north');
    const syncRunId = await sync(context, connectionId, [rows[1]!], 'north');
    await context.ports.memory.withdraw(context, { connectionId, ...source, account: 'north', ...march, syncRunId });
    const { driver } = runtime.database;
    const counted = await driver.query(context.organizationId, 'select records from memory.coverage', []);
    expect(counted.rows).toEqual([{ records: 2 }]);
    const told = await driver.query(
      context.organizationId,
      `select summary from runtime.event where topic = 'records.withdrawn'`,
      [],
    );
    expect(told.rows).toEqual([
      {
        summary: '2 rows of ad_daily from 2026-03-01 to 2026-03-31 were taken back: the platform reports them no more.',
      },
    ]);
  });
});
