import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import type { Basis } from '@liftos/core/ports/memory.ts';
import { answer } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import type { Totals, TotalsRow } from '../schema.generated.ts';
import { memory } from '../subgraph.ts';
import { recordBatch, type TestRow } from '../testing/batches.ts';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await testRuntime([memory]);
});
afterAll(() => runtime.close());

const totalsText = `query ($range: DateRangeInput!, $groupBy: TotalsGroup!, $filter: RecordFilter) {
  totals(range: $range, groupBy: $groupBy, filter: $filter) { revenueBasis notes
    overall { ...row } rows { ...row } } }
  fragment row on TotalsRow { key spend { amount } conversions revenue { amount currency } revenueBasis roas }`;
const range = { from: '2026-03-01', to: '2026-03-31' };

async function totalsOf(principal: Principal, groupBy: string, filter?: unknown): Promise<Totals> {
  const variables = { range, groupBy, filter };
  return (await answer<{ totals: Totals }>(memory, totalsText, { runtime, principal, variables })).totals;
}

const line = ({ key, spend, conversions, revenue, revenueBasis }: TotalsRow): string =>
  `${key} ${spend.amount} ${conversions} ${revenue.amount} ${revenue.currency} ${revenueBasis}`;

async function fill(sources: Partial<Record<Basis, TestRow[]>>): Promise<Principal> {
  const principal = testPrincipal(runtime.newOrganization(), ['data:read']);
  const context = createContext({ runtime, principal });
  for (const [basis, rows] of Object.entries(sources) as [Basis, TestRow[]][]) {
    await context.ports.memory.ingest(context, recordBatch(rows, { basis }));
  }
  return principal;
}

const claimed: TestRow[] = [
  { date: '2026-03-01', channel: 'Search', spend: 10, conversions: 5, revenue: 100 },
  { date: '2026-03-02', channel: 'Social', spend: 20, conversions: 9, revenue: 200 },
];
const paid: TestRow[] = [{ date: '2026-03-01', channel: 'Direct', conversions: 3, revenue: 60 }];
const booked: TestRow[] = [{ date: '2026-03-01', channel: 'Search', conversions: 4, revenue: 90 }];

describe('sums of conversions and revenue', () => {
  it('use what was booked, then what was paid, then what is claimed', async () => {
    const all = await totalsOf(await fill({ claimed, paid, booked }), 'DAY');
    expect(all.rows.map(line)).toEqual(['2026-03-01 10 4 90 EUR BOOKED', '2026-03-02 20 0 0 EUR BOOKED']);
    expect(line(all.overall!)).toBe('all 30 4 90 EUR BOOKED');
    expect(all).toMatchObject({ revenueBasis: 'BOOKED', overall: { roas: 3 } });
    expect(all.notes).toEqual([
      'Conversions and revenue of all together are those that were booked; the same sales on another basis are not added.',
    ]);
    expect(line((await totalsOf(await fill({ claimed, paid }), 'MONTH')).overall!)).toBe('all 30 3 60 EUR PAID');
    const one = await totalsOf(await fill({ claimed }), 'WEEK');
    expect(line(one.overall!)).toBe('all 30 14 300 EUR CLAIMED');
    expect(one.notes).toEqual([]);
  });

  it('keep the basis each channel has, and never mix two in one', async () => {
    const principal = await fill({ claimed, paid, booked });
    const { rows } = await totalsOf(principal, 'CHANNEL');
    expect(rows.map(line)).toEqual([
      'Social 20 9 200 EUR CLAIMED',
      'Search 10 4 90 EUR BOOKED',
      'Direct 0 3 60 EUR PAID',
    ]);
    const context = createContext({ runtime, principal });
    const query = { ...range, sourceKinds: ['file'] as const, unit: 'channel' as const };
    expect(await context.ports.memory.totals(context, query)).toEqual([
      { key: 'Direct', currency: 'EUR', spend: 0, revenue: 60, conversions: 3 },
      { key: 'Search', currency: 'EUR', spend: 10, revenue: 90, conversions: 4 },
      { key: 'Social', currency: 'EUR', spend: 20, revenue: 200, conversions: 9 },
    ]);
  });

  it('look at what is selected, and not at sources without sales', async () => {
    const silent = [{ date: '2026-03-01', channel: 'Mail', spend: 1 }];
    const principal = await fill({ claimed, booked: silent });
    expect(line((await totalsOf(principal, 'DAY')).overall!)).toBe('all 31 14 300 EUR CLAIMED');
    const mail = await totalsOf(principal, 'DAY', { channels: ['Mail'] });
    expect(line(mail.overall!)).toBe('all 1 0 0 EUR null');
    expect(mail).toMatchObject({ revenueBasis: null, notes: [] });
  });

  it('have a basis for each currency', async () => {
    const dollars = [{ ...paid[0]!, currency: 'USD' }];
    const totals = await totalsOf(await fill({ claimed, paid: dollars }), 'MONTH');
    expect(totals.rows.map(line)).toEqual(['2026-03-01 30 14 300 EUR CLAIMED', '2026-03-01 0 3 60 USD PAID']);
    expect(totals).toMatchObject({ overall: null, revenueBasis: null });
  });

  it('are as exact as money is', async () => {
    const principal = await fill({});
    const batch = recordBatch(['a', 'b'].map((channel) => ({ date: '2026-03-01', channel, conversions: 1 })));
    batch.columns.revenue = BigInt64Array.of(9_007_199_254_740_993n, 2n);
    const context = createContext({ runtime, principal });
    await context.ports.memory.ingest(context, batch);
    const text = `query ($range: DateRangeInput!) { totals(range: $range, groupBy: DAY) { overall { revenue { micros } } } }`;
    const { totals } = await answer<{ totals: Totals }>(memory, text, { runtime, principal, variables: { range } });
    expect(totals.overall!.revenue.micros).toBe('9007199254740995');
  });
});
