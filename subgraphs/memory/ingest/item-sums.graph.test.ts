import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemPrincipal, type Context } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import { testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { memory } from '../subgraph.ts';
import { itemBatch, type TestItem } from '../testing/batches.ts';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await testRuntime([memory]);
});
afterAll(() => runtime.close());

/** Whole numbers below a bound, the same ones for the same seed. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function randomItem(next: (below: number) => number): TestItem {
  return {
    key: `k${next(60)}`,
    date: `2026-03-0${1 + next(4)}`,
    updatedAt: `2026-04-01T00:00:00.${String(100 + next(900))}Z`,
    deleted: next(5) === 0,
    channel: [null, 'Shop', 'Mail'][next(3)]!,
    campaign: ['a', undefined][next(2)]!,
    currency: ['EUR', 'USD'][next(2)]!,
    revenue: next(1000),
    conversions: next(3),
  };
}

/** What the newest version of each item says; of equal versions the one that came last. */
function newest(batches: readonly (readonly TestItem[])[]): TestItem[] {
  const byKey = new Map<string, TestItem>();
  for (const item of batches.flat()) {
    if (item.updatedAt! >= (byKey.get(item.key)?.updatedAt ?? '')) byKey.set(item.key, item);
  }
  return [...byKey.values()];
}

function sumsOf(items: readonly TestItem[]): Record<string, string> {
  const sums = new Map<string, { revenue: number; conversions: number }>();
  for (const { date, channel, campaign, currency, revenue, conversions, deleted } of items) {
    if (deleted || channel === null) continue;
    const key = `${date} ${channel} ${campaign ?? '-'} ${currency}`;
    const sum = sums.get(key) ?? { revenue: 0, conversions: 0 };
    sums.set(key, { revenue: sum.revenue + revenue!, conversions: sum.conversions + conversions! });
  }
  return Object.fromEntries([...sums].map(([key, sum]) => [key, `${sum.revenue} ${sum.conversions}`]));
}

async function storedSums(context: Context): Promise<Record<string, string>> {
  const query = { from: '2026-01-01', to: '2026-12-31', sourceKinds: ['live'] as const };
  const frame = await context.ports.memory.records(context, query);
  return Object.fromEntries(
    frame.date.map((date, row) => [
      `${date} ${frame.channel[row]} ${frame.campaign[row] ?? '-'} ${frame.currency[row]}`,
      `${Number(frame.revenue[row]) / 1e6} ${frame.conversions[row]}`,
    ]),
  );
}

async function count(context: Context, table: string): Promise<number> {
  const text = `select count(*) as n from ${table}`;
  return (await runtime.database.driver.query(context.organizationId, text, [])).rows[0]!.n as number;
}

describe('daily records of items', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'are the sums of the newest versions, in whatever order they come (%i)',
    async (seed) => {
      const next = numbersFrom(seed);
      const context = createContext({ runtime, principal: systemPrincipal(runtime.newOrganization()) });
      const connectionId = randomUUID();
      const batches: TestItem[][] = [];
      for (let round = 0; round < 12; round += 1) {
        const many = Array.from({ length: 1 + next(25) }, () => randomItem(next));
        batches.push([...new Map(many.map((item) => [item.key, item])).values()]);
        await context.ports.memory.ingest(context, itemBatch(batches.at(-1)!, { connectionId }));
        expect(await storedSums(context)).toEqual(sumsOf(newest(batches)));
      }
      const [coverage] = (
        await runtime.database.driver.query(context.organizationId, 'select records, items from memory.coverage', [])
      ).rows;
      const facts = await count(context, 'memory.fact');
      expect(coverage).toEqual({ records: facts, items: newest(batches).filter(({ deleted }) => !deleted).length });
      const orphans = 'memory.entity e where not exists (select 1 from memory.fact f where f.entity_id = e.id)';
      expect(await count(context, orphans)).toBe(0);
    },
  );
});
