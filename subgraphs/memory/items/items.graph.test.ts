import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import { answer, ask } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import type { ItemPage, MarketingRecordPage } from '../schema.generated.ts';
import { memory } from '../subgraph.ts';
import { itemBatch, recordBatch, type ItemBatch, type TestItem } from '../testing/batches.ts';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await testRuntime([memory]);
});
afterAll(() => runtime.close());

const newPrincipal = (): Principal => testPrincipal(runtime.newOrganization(), ['data:read']);

async function store(principal: Principal, items: readonly TestItem[], options: Partial<ItemBatch> = {}) {
  const batch = itemBatch(items, options);
  const context = createContext({ runtime, principal });
  await context.ports.memory.ingest(context, batch);
  return batch;
}

const shape = `edges { node { id kind key date occurredAt updatedAt channel campaign currency conversions
  revenue { micros currency } revenueBasis details stream sourceKind batchId recordId connection { id } } }
  pageInfo { hasNextPage endCursor }`;
const itemsText = `query ($kinds: [ItemKind!], $from: Date, $to: Date, $connectionId: ID, $sourceKinds: [SourceKind!],
  $first: Int, $after: String) { items(kinds: $kinds, from: $from, to: $to, connectionId: $connectionId,
  sourceKinds: $sourceKinds, first: $first, after: $after) { ${shape} } }`;
const ofRecordText = `query ($recordId: ID!, $first: Int, $after: String) {
  recordItems(recordId: $recordId, first: $first, after: $after) { ${shape} } }`;

async function itemsOf(principal: Principal, variables: Record<string, unknown> = {}): Promise<ItemPage> {
  return (await answer<{ items: ItemPage }>(memory, itemsText, { runtime, principal, variables })).items;
}

async function ofRecord(principal: Principal, variables: Record<string, unknown>): Promise<ItemPage> {
  return (await answer<{ recordItems: ItemPage }>(memory, ofRecordText, { runtime, principal, variables })).recordItems;
}

const keys = (page: ItemPage): string[] => page.edges.map(({ node }) => node.key);

const some: TestItem[] = [
  { key: 'o1', date: '2026-03-01', campaign: 'Brand', revenue: 10.000001, details: { items: [{ sku: 'a' }] } },
  { key: 'o2', date: '2026-03-01', campaign: 'Brand', revenue: 5 },
  { key: 'o3', date: '2026-03-02', revenue: 1 },
  { key: 'r1', date: '2026-03-03', kind: 'refund', revenue: -5, conversions: 0, updatedAt: '2026-03-04T00:00:00.000Z' },
  { key: 'c1', date: '2026-02-01', kind: 'contact', channel: null, conversions: 0 },
  { key: 'x1', date: '2026-03-01', deleted: true },
];

describe('items', () => {
  it('come newest first with all that is known of them', async () => {
    const principal = newPrincipal();
    const batch = await store(principal, some);
    const page = await itemsOf(principal);
    expect(keys(page).slice(0, 2)).toEqual(['r1', 'o3']);
    expect(keys(page).toSorted()).toEqual(['c1', 'o1', 'o2', 'o3', 'r1']);
    const nodes = new Map(page.edges.map(({ node }) => [node.key, node]));
    expect(nodes.get('o1')).toMatchObject({
      kind: 'ORDER',
      occurredAt: '2026-03-01T10:00:00.000Z',
      updatedAt: null,
      channel: 'Shop',
      revenue: { micros: '10000001', currency: 'EUR' },
      revenueBasis: 'BOOKED',
      details: { items: [{ sku: 'a' }] },
      stream: 'orders',
      sourceKind: 'LIVE',
      batchId: batch.batchId,
      connection: { id: batch.connectionId },
    });
    expect(nodes.get('c1')).toMatchObject({ kind: 'CONTACT', channel: null, recordId: null });
  });

  it('come page by page, each once', async () => {
    const principal = newPrincipal();
    const kinds = ['order', 'refund', 'deal'] as const;
    const many = Array.from({ length: 50 }, (_, index): TestItem => {
      return { key: `k${index}`, kind: kinds[index % 3]!, date: `2026-03-0${1 + (index % 7)}` };
    });
    await store(principal, many);
    const [seen, days]: [string[], string[]] = [[], []];
    let after: string | null | undefined;
    do {
      const page = await itemsOf(principal, { first: 7, after });
      seen.push(...keys(page));
      days.push(...page.edges.map(({ node }) => node.date));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(seen).toHaveLength(50);
    expect(new Set(seen).size).toBe(50);
    expect(days).toEqual(days.toSorted().toReversed());
  });

  it('are narrowed by kind, day, connection and kind of source', async () => {
    const principal = newPrincipal();
    const { connectionId } = await store(principal, some);
    await store(principal, [{ key: 'other', date: '2026-03-02' }]);
    await store(principal, [{ key: 'made' }], { sourceKind: 'mock' });
    const chosen = async (variables: Record<string, unknown>) => keys(await itemsOf(principal, variables)).toSorted();
    expect(await chosen({ kinds: ['REFUND', 'CONTACT', 'REFUND'] })).toEqual(['c1', 'r1']);
    expect(await chosen({ kinds: [] })).toEqual([]);
    expect(await chosen({ from: '2026-03-02', to: '2026-03-02' })).toEqual(['o3', 'other']);
    expect(await chosen({ connectionId, kinds: ['ORDER'] })).toEqual(['o1', 'o2', 'o3']);
    expect(await chosen({ connectionId: 'junk' })).toEqual([]);
    expect(await chosen({ sourceKinds: ['MOCK'] })).toEqual(['made']);
  });

  it('refuse a range that ends before it begins and a cursor of another list or organisation', async () => {
    const [mine, theirs] = [newPrincipal(), newPrincipal()];
    await store(mine, some);
    const after = (await itemsOf(mine, { first: 1 })).pageInfo.endCursor;
    const errorOf = async (principal: Principal, variables: Record<string, unknown>) =>
      (await ask(memory, itemsText, { runtime, principal, variables })).errors?.[0]?.extensions;
    expect(await errorOf(theirs, { after })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'after' });
    expect(await errorOf(mine, { from: '2026-03-02', to: '2026-03-01' })).toMatchObject({ field: 'to' });
  });

  it('are only for those who may read data', async () => {
    const principal = testPrincipal(runtime.newOrganization(), []);
    for (const text of ['{ items { edges { cursor } } }', '{ recordItems(recordId: "x") { edges { cursor } } }']) {
      const { errors } = await ask(memory, text, { runtime, principal });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    }
  });
});

describe('the items of a record', () => {
  const recordsText = `{ records(range: { from: "2026-01-01", to: "2026-12-31" }) {
    edges { node { id date revenueBasis revenue { micros } } } } }`;
  const recordsOf = async (principal: Principal) =>
    (await answer<{ records: MarketingRecordPage }>(memory, recordsText, { runtime, principal })).records.edges.map(
      ({ node }) => node,
    );

  it('are those it is the sum of, page by page', async () => {
    const principal = newPrincipal();
    await store(principal, some);
    const record = (await recordsOf(principal)).find(({ date }) => date === '2026-03-01')!;
    expect(record).toMatchObject({ revenueBasis: 'BOOKED', revenue: { micros: '15000001' } });
    const page = await ofRecord(principal, { recordId: record.id, first: 1 });
    const rest = await ofRecord(principal, { recordId: record.id, after: page.pageInfo.endCursor });
    expect([...keys(page), ...keys(rest)].toSorted()).toEqual(['o1', 'o2']);
    expect(rest.edges[0]!.node.recordId).toBe(record.id);
    expect(rest.pageInfo.hasNextPage).toBe(false);
  });

  it('are none for a record that came as a sum, that does not exist or is of another organisation', async () => {
    const [mine, theirs] = [newPrincipal(), newPrincipal()];
    await store(mine, some);
    const [record] = await recordsOf(mine);
    expect(keys(await ofRecord(mine, { recordId: record!.id }))).toHaveLength(1);
    expect(keys(await ofRecord(theirs, { recordId: record!.id }))).toEqual([]);
    expect(keys(await ofRecord(mine, { recordId: 'junk' }))).toEqual([]);
    const context = createContext({ runtime, principal: theirs });
    await context.ports.memory.ingest(context, recordBatch([{ date: '2026-03-01', channel: 'Search' }]));
    const [sum] = await recordsOf(theirs);
    expect(keys(await ofRecord(theirs, { recordId: sum!.id }))).toEqual([]);
  });
});
