import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import type { IngestBatch } from '@liftos/core/ports/memory.ts';
import { answer } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import type { DataExtent, ItemPage, MarketingRecordPage, Totals } from '../schema.generated.ts';
import { memory } from '../subgraph.ts';
import { itemBatch, recordBatch } from '../testing/batches.ts';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await testRuntime([memory]);
});
afterAll(() => runtime.close());

interface Answers {
  totals: Totals;
  records: MarketingRecordPage;
  items: ItemPage;
  dataExtent: DataExtent;
}

const text = `query ($filter: RecordFilter) {
  totals(range: { from: "2026-03-01", to: "2026-03-31" }, groupBy: REGION, filter: $filter) {
    overall { conversions } rows { key spend { amount } conversions revenueBasis } }
  records(range: { from: "2026-03-01", to: "2026-03-31" }, filter: $filter) { edges { node { id region } } }
  items { edges { node { key region recordId } } }
  dataExtent { regions } }`;

async function look(principal: Principal, filter?: unknown): Promise<Answers> {
  return answer<Answers>(memory, text, { runtime, principal, variables: { filter } });
}

async function filled(): Promise<Principal> {
  const principal = testPrincipal(runtime.newOrganization());
  const context = createContext({ runtime, principal });
  const ads = { date: '2026-03-01', channel: 'Search', conversions: 9 };
  const batches: IngestBatch[] = [
    recordBatch([
      { ...ads, region: 'US-CA', spend: 3 },
      { ...ads, region: 'US-NY', spend: 5 },
      { ...ads, spend: 1 },
    ]),
    itemBatch([
      { key: 'o1', region: 'US-CA' },
      { key: 'o2', region: 'US-CA' },
      { key: 'o3', region: 'US-TX' },
    ]),
  ];
  for (const batch of batches) await context.ports.memory.ingest(context, batch);
  return principal;
}

const lines = ({ totals }: Answers): string[] =>
  totals.rows.map(
    ({ key, spend, conversions, revenueBasis }) => `${key} ${spend.amount} ${conversions} ${revenueBasis}`,
  );

describe('figures by region', () => {
  it('are summed per market on one basis, what is about none of them apart', async () => {
    const found = await look(await filled());
    expect(lines(found)).toEqual([
      'US-NY 5 0 BOOKED',
      'US-CA 3 2 BOOKED',
      '(no region) 1 0 BOOKED',
      'US-TX 0 1 BOOKED',
    ]);
    expect(found.totals.overall!.conversions).toBe(3);
    expect(found.dataExtent.regions).toEqual(['US-CA', 'US-NY', 'US-TX']);
  });

  it('are narrowed to markets, and to what is about none', async () => {
    const principal = await filled();
    const regionsOf = async (regions: (string | null)[]) =>
      (await look(principal, { regions })).records.edges.map(({ node }) => node.region ?? '-').sort();
    expect(await regionsOf(['US-NY'])).toEqual(['US-NY']);
    expect(await regionsOf([null, 'US-TX'])).toEqual(['-', 'US-TX']);
    expect(await regionsOf([])).toEqual([]);
  });

  it('are records of their own, that items name', async () => {
    const { records, items } = await look(await filled());
    expect(new Set(records.edges.map(({ node }) => node.id)).size).toBe(5);
    const ofItem = new Map(items.edges.map(({ node }) => [node.key, node]));
    expect(ofItem.get('o1')!.recordId).toBe(ofItem.get('o2')!.recordId);
    expect(ofItem.get('o1')!.recordId).not.toBe(ofItem.get('o3')!.recordId);
    const record = records.edges.find(({ node }) => node.id === ofItem.get('o3')!.recordId);
    expect(record!.node.region).toBe('US-TX');
  });

  it('are none of another organisation', async () => {
    await filled();
    const other = testPrincipal(runtime.newOrganization());
    const found = await look(other, { regions: ['US-CA', null] });
    expect([found.totals.rows, found.records.edges, found.items.edges]).toEqual([[], [], []]);
    expect(found.dataExtent.regions).toEqual([]);
  });
});
