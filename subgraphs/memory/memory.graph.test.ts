import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '@liftos/core/context.ts';
import { createContext, transaction } from '@liftos/core/create-context.ts';
import { emit } from '@liftos/core/events/events.ts';
import { answer, ask, listenTo } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import type { Activity, DataExtent, IngestBatchPage, MarketingRecordPage, Totals } from './schema.generated.ts';
import { memory } from './subgraph.ts';
import { journeyBatch, recordBatch, type RecordBatch, type TestRow } from './testing/batches.ts';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await testRuntime([memory]);
});
afterAll(() => runtime.close());

function newPrincipal(): Principal {
  return testPrincipal(runtime.newOrganization(), ['data:read']);
}

async function store(principal: Principal, rows: readonly TestRow[], options: Partial<RecordBatch> = {}) {
  const context = createContext({ runtime, principal });
  const batch = recordBatch(rows, options);
  await context.ports.memory.ingest(context, batch);
  return batch;
}

function query<T>(principal: Principal, text: string, variables: Record<string, unknown> = {}): Promise<T> {
  return answer<T>(memory, text, { runtime, principal, variables });
}

async function errorOf(principal: Principal, text: string, variables: Record<string, unknown> = {}) {
  return (await ask(memory, text, { runtime, principal, variables })).errors?.[0]?.extensions;
}

const range = { from: '2026-01-01', to: '2026-12-31' };
const recordsText = `query ($range: DateRangeInput!, $filter: RecordFilter, $first: Int, $after: String) {
  records(range: $range, filter: $filter, first: $first, after: $after) {
    edges { cursor node { id date channel campaign spend { micros amount currency } revenue { micros } conversions
      sourceKind batchId connection { id coverage { records firstDate lastDate } } calendar { dayName isHoliday } } }
    pageInfo { hasNextPage endCursor } } }`;
const totalsText = `query ($range: DateRangeInput!, $groupBy: TotalsGroup!, $filter: RecordFilter) {
  totals(range: $range, groupBy: $groupBy, filter: $filter) { notes currencies sourceKinds asOf
    overall { key spend { micros currency } conversions roas } rows { key spend { micros currency } roas } } }`;

const days = Array.from({ length: 12 }, (_, index) => `2026-11-${String(index + 20)}`).filter(
  (day) => day < '2026-11-31',
);

describe('records', () => {
  it('come newest first, each once over the pages, with calendar, source and connection', async () => {
    const principal = newPrincipal();
    const rows = days.flatMap((date) => ['Search', 'Mail'].map((channel) => ({ date, channel, spend: 1.5 })));
    const batch = await store(principal, rows);
    const seen: string[] = [];
    let after: string | null | undefined;
    do {
      const variables = { range, first: 5, after };
      const { records } = await query<{ records: MarketingRecordPage }>(principal, recordsText, variables);
      seen.push(...records.edges.map(({ node }) => `${node.date} ${node.channel}`));
      const [{ node }] = records.edges as [MarketingRecordPage['edges'][number]];
      expect(node.spend).toEqual({ micros: '1500000', amount: 1.5, currency: 'EUR' });
      expect(node).toMatchObject({ sourceKind: 'FILE', batchId: batch.batchId });
      expect(node.connection).toEqual({
        id: batch.connectionId,
        coverage: { records: rows.length, firstDate: days[0], lastDate: days.at(-1) },
      });
      after = records.pageInfo.hasNextPage ? records.pageInfo.endCursor : null;
    } while (after);
    expect(new Set(seen).size).toBe(rows.length);
    expect(seen.map((line) => line.slice(0, 10))).toEqual(rows.map(({ date }) => date).toReversed());
  });

  it('are narrowed by channel, campaign, connection and kind of source', async () => {
    const principal = newPrincipal();
    const { connectionId } = await store(principal, [
      { date: days[0]!, channel: 'Search', campaign: 'Brand' },
      { date: days[0]!, channel: 'Mail' },
    ]);
    await store(principal, [{ date: days[0]!, channel: 'Generated' }], { sourceKind: 'mock' });
    const channels = async (filter: unknown) => {
      const { records } = await query<{ records: MarketingRecordPage }>(principal, recordsText, { range, filter });
      return records.edges.map(({ node }) => node.channel).toSorted();
    };
    expect(await channels(undefined)).toEqual(['Mail', 'Search']);
    expect(await channels({ channels: ['Mail', 'Generated'] })).toEqual(['Mail']);
    expect(await channels({ campaigns: ['Brand'] })).toEqual(['Search']);
    expect(await channels({ connectionIds: [connectionId] })).toEqual(['Mail', 'Search']);
    expect(await channels({ connectionIds: ['not-an-id'] })).toEqual([]);
    expect(await channels({ sourceKinds: ['MOCK'] })).toEqual(['Generated']);
    const mixed = { range, filter: { sourceKinds: ['MOCK', 'LIVE'] } };
    expect(await errorOf(principal, recordsText, mixed)).toMatchObject({ field: 'filter.sourceKinds' });
  });

  it('refuse a cursor of another organisation, a page too large and a range that ends before it begins', async () => {
    const [mine, theirs] = [newPrincipal(), newPrincipal()];
    await store(mine, [
      { date: days[0]!, channel: 'a' },
      { date: days[0]!, channel: 'b' },
    ]);
    const { records } = await query<{ records: MarketingRecordPage }>(mine, recordsText, { range, first: 1 });
    const after = records.pageInfo.endCursor;
    expect(await errorOf(theirs, recordsText, { range, after })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'after',
    });
    expect(await errorOf(mine, recordsText, { range, first: 501 })).toMatchObject({ field: 'first' });
    const backwards = { from: range.to, to: range.from };
    expect(await errorOf(mine, recordsText, { range: backwards })).toMatchObject({ field: 'range' });
  });
});

async function totalsOf(principal: Principal, groupBy: string, filter?: unknown): Promise<Totals> {
  return (await query<{ totals: Totals }>(principal, totalsText, { range, groupBy, filter })).totals;
}

describe('totals', () => {
  const rows = [
    { date: '2026-03-01', channel: 'Search', campaign: 'Brand', spend: 10, revenue: 30 },
    { date: '2026-03-02', channel: 'Search', campaign: 'Generic', spend: 20, revenue: 10 },
    { date: '2026-04-02', channel: 'Mail', revenue: 5 },
  ];

  it.each([
    ['DAY', { '2026-03-01': '10000000', '2026-03-02': '20000000', '2026-04-02': '0' }],
    ['WEEK', { '2026-02-23': '10000000', '2026-03-02': '20000000', '2026-03-30': '0' }],
    ['MONTH', { '2026-03-01': '30000000', '2026-04-01': '0' }],
    ['CHANNEL', { Search: '30000000', Mail: '0' }],
    ['CAMPAIGN', { Generic: '20000000', Brand: '10000000', '(Mail)': '0' }],
  ])('by %s add up exactly', async (groupBy, expected) => {
    const principal = newPrincipal();
    await store(principal, rows);
    const totals = await totalsOf(principal, groupBy);
    expect(totals.rows.map(({ key, spend }) => [key, spend.micros])).toEqual(Object.entries(expected));
    expect(totals.overall).toMatchObject({ key: 'all', spend: { micros: '30000000', currency: 'EUR' }, roas: 1.5 });
    expect(totals).toMatchObject({ sourceKinds: ['FILE'], currencies: ['EUR'], notes: [] });
    expect(totals.rows.at(-1)!.roas).toBeNull();
  });

  it('never add up amounts of several currencies, and say so', async () => {
    const principal = newPrincipal();
    await store(principal, [...rows, { date: '2026-03-01', channel: 'Search', spend: 1, currency: 'JPY' }]);
    const totals = await totalsOf(principal, 'CHANNEL');
    expect(totals.overall).toBeNull();
    expect(totals.notes).toEqual(['The amounts are in EUR, JPY and are not added up.']);
    expect(totals.rows.map(({ key, spend }) => `${key} ${spend.micros} ${spend.currency}`)).toEqual([
      'Search 30000000 EUR',
      'Search 1000000 JPY',
      'Mail 0 EUR',
    ]);
  });

  it('stay exact beyond 2^53 micros', async () => {
    const principal = newPrincipal();
    const batch = recordBatch(rows);
    batch.columns.spend.fill(4_611_686_018_427_387_904n);
    const context = createContext({ runtime, principal });
    await context.ports.memory.ingest(context, batch);
    expect((await totalsOf(principal, 'CHANNEL')).overall!.spend.micros).toBe('13835058055282163712');
  });

  it('of nothing are nothing', async () => {
    const totals = await totalsOf(newPrincipal(), 'DAY');
    expect(totals).toEqual({ overall: null, rows: [], currencies: [], notes: [], sourceKinds: [], asOf: null });
  });
});

describe('dataExtent and coverage', () => {
  const extent = '{ dataExtent { records journeys firstDate lastDate channels sourceKinds } }';

  it('count what is stored, once', async () => {
    const principal = newPrincipal();
    const batch = await store(principal, [{ date: '2026-03-01', channel: 'Search' }]);
    await store(principal, [{ date: '2026-03-01', channel: 'Search', spend: 9 }], { connectionId: batch.connectionId });
    const context = createContext({ runtime, principal });
    await context.ports.memory.ingest(context, journeyBatch([{ key: 'a', date: '2026-05-01', path: ['Social'] }]));
    const { dataExtent } = await query<{ dataExtent: DataExtent }>(principal, extent);
    expect(dataExtent).toEqual({
      records: 1,
      journeys: 1,
      firstDate: '2026-03-01',
      lastDate: '2026-05-01',
      channels: ['Search', 'Social'],
      sourceKinds: ['FILE'],
    });
  });

  it('keep generated data apart', async () => {
    const principal = newPrincipal();
    await store(principal, [{ date: '2026-03-01', channel: 'Search' }]);
    await store(
      principal,
      [
        { date: '2025-01-01', channel: 'Search' },
        { date: '2025-01-02', channel: 'Search' },
      ],
      { sourceKind: 'mock' },
    );
    const text = '{ dataExtent { records bySource { sourceKind records journeys items firstDate lastDate } } }';
    const { dataExtent } = await query<{ dataExtent: DataExtent }>(principal, text);
    const nothingElse = { journeys: 0, items: 0 };
    expect(dataExtent).toEqual({
      records: 3,
      bySource: [
        { sourceKind: 'FILE', records: 1, ...nothingElse, firstDate: '2026-03-01', lastDate: '2026-03-01' },
        { sourceKind: 'MOCK', records: 2, ...nothingElse, firstDate: '2025-01-01', lastDate: '2025-01-02' },
      ],
    });
  });

  it('of an organisation without data are empty', async () => {
    const { dataExtent } = await query<{ dataExtent: DataExtent }>(newPrincipal(), extent);
    expect(dataExtent).toMatchObject({ records: 0, journeys: 0, firstDate: null, channels: [], sourceKinds: [] });
  });

  it('of connections load in one batch, and tell nothing of those of others', async () => {
    const [mine, theirs] = [newPrincipal(), newPrincipal()];
    const one = await store(mine, [{ date: '2026-03-01', channel: 'Search' }]);
    const ids = [one.connectionId, (await store(theirs, [{ date: '2026-03-01', channel: 'x' }])).connectionId, 'junk'];
    const text = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on Connection { id coverage { records lastIngestedAt } } } }`;
    const representations = ids.map((id) => ({ __typename: 'Connection', id }));
    const { _entities } = await query<{ _entities: { coverage: { records: number; lastIngestedAt: unknown } }[] }>(
      mine,
      text,
      { representations },
    );
    expect(_entities.map(({ coverage }) => coverage.records)).toEqual([1, 0, 0]);
    expect(_entities[1]!.coverage.lastIngestedAt).toBeNull();
  });
});

describe('lineage', () => {
  const lineageText = `query ($connectionId: ID, $first: Int, $after: String) {
    lineage(connectionId: $connectionId, first: $first, after: $after) { pageInfo { hasNextPage endCursor }
      edges { node { id kind stream sourceKind inserted updated unchanged firstDate lastDate connection { id } } } } }`;
  const lineageOf = async (principal: Principal, variables: Record<string, unknown> = {}) =>
    (await query<{ lineage: IngestBatchPage }>(principal, lineageText, variables)).lineage;

  it('lists each batch once over its pages, newest first, with what it changed', async () => {
    const principal = newPrincipal();
    const first = await store(principal, [{ date: '2026-03-01', channel: 'a' }]);
    const { connectionId } = first;
    const second = await store(principal, [{ date: '2026-03-01', channel: 'a' }], { connectionId });
    await store(principal, [{ date: '2026-03-01', channel: 'a' }]);
    const page = await lineageOf(principal, { connectionId, first: 1 });
    const rest = await lineageOf(principal, { connectionId, after: page.pageInfo.endCursor });
    const ids = [...page.edges, ...rest.edges].map(({ node }) => node.id);
    expect(ids.toSorted()).toEqual([first.batchId, second.batchId].toSorted());
    const again = [...page.edges, ...rest.edges].find(({ node }) => node.id === second.batchId)!.node;
    expect(again).toMatchObject({ kind: 'RECORDS', inserted: 0, updated: 0, unchanged: 1, firstDate: '2026-03-01' });
    expect((await lineageOf(principal)).edges).toHaveLength(3);
  });

  it('tells how good the records of a batch are, and each of them', async () => {
    const principal = newPrincipal();
    const rows = [
      { date: '2026-03-01', channel: 'Search', campaign: 'Brand', spend: 10, clicks: 5, conversions: 1 },
      { date: '2026-03-02', channel: 'Search', campaign: 'Brand', spend: 10, clicks: 500, conversions: 1 },
    ];
    const batch = recordBatch(rows);
    const context = createContext({ runtime, principal });
    const answers = [1, 2].map(() => context.ports.memory.ingest(context, batch));
    const judged = {
      quality: 0.85,
      flaws: { CLICKS_BEYOND_IMPRESSIONS: 1 },
      insights: ['Search took 100 % of 20 EUR spent.', '1 of 2 rows count more clicks than impressions.'],
    };
    for (const answer of await Promise.all(answers)) expect(answer).toMatchObject(judged);
    const text = `{ lineage(kind: RECORDS) { edges { node { quality flaws { flaw rows } insights } } }
      records(range: { from: "2026-03-01", to: "2026-03-02" }) { edges { node { date quality flaws } } } }`;
    await context.ports.memory.ingest(context, journeyBatch([{ key: 'a', path: ['Search'] }]));
    const found = await query<{ lineage: IngestBatchPage; records: MarketingRecordPage }>(principal, text);
    expect(found.lineage.edges.map(({ node }) => node)).toEqual([
      { ...judged, flaws: [{ flaw: 'CLICKS_BEYOND_IMPRESSIONS', rows: 1 }] },
    ]);
    expect(found.records.edges.map(({ node }) => node)).toEqual([
      { date: '2026-03-02', quality: 0.7, flaws: ['CLICKS_BEYOND_IMPRESSIONS'] },
      { date: '2026-03-01', quality: 1, flaws: [] },
    ]);
  });

  it('shows nothing of another organisation', async () => {
    const [mine, theirs] = [newPrincipal(), newPrincipal()];
    const { connectionId } = await store(mine, [{ date: '2026-03-01', channel: 'a' }]);
    expect((await lineageOf(theirs, { connectionId })).edges).toEqual([]);
    expect((await lineageOf(theirs)).edges).toEqual([]);
    expect((await lineageOf(theirs, { connectionId: 'junk' })).edges).toEqual([]);
  });
});

describe('activity', () => {
  const activityText =
    'query ($after: String) { activity(first: 2, after: $after) { edges { node { sequence summary } } pageInfo { hasNextPage endCursor } } }';
  const feedText = 'subscription ($after: Int) { activityFeed(after: $after) { sequence topic summary } }';
  const say = (principal: Principal, summary?: string) =>
    transaction(createContext({ runtime, principal }), (tx) =>
      emit(tx, { topic: 'thing.happened', ...(summary ? { summary } : {}) }),
    );

  it('lists what has a sentence for people, newest first, page by page', async () => {
    const principal = newPrincipal();
    for (const summary of ['one', undefined, 'two', 'three']) await say(principal, summary);
    type Answer = { activity: { edges: { node: Activity }[]; pageInfo: { endCursor: string } } };
    const { activity } = await query<Answer>(principal, activityText);
    expect(activity.edges.map(({ node }) => node.summary)).toEqual(['three', 'two']);
    const rest = await query<Answer>(principal, activityText, { after: activity.pageInfo.endCursor });
    expect(rest.activity.edges.map(({ node }) => node.summary)).toEqual(['one']);
  });

  it('is followed live, after what was missed, without what happens elsewhere', async () => {
    const [principal, other] = [newPrincipal(), newPrincipal()];
    for (const summary of ['one', 'two']) await say(principal, summary);
    const stop = new AbortController();
    const options = { runtime, principal, variables: { after: 1 }, signal: stop.signal };
    const feed = await listenTo<{ activityFeed: Activity }>(memory, feedText, options);
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { data } of feed) seen.push(`${data!.activityFeed.sequence} ${data!.activityFeed.summary}`);
    })();
    await until(() => seen.length === 1);
    await say(other, 'elsewhere');
    await say(principal);
    await say(principal, 'three');
    await until(() => seen.length === 2);
    stop.abort();
    await reading;
    expect(seen).toEqual(['2 two', '4 three']);
  });
});

describe('access', () => {
  it.each([
    '{ dataExtent { records } }',
    '{ lineage { edges { cursor } } }',
    '{ activity { edges { cursor } } }',
    '{ records(range: { from: "2026-01-01", to: "2026-01-02" }) { edges { cursor } } }',
    '{ totals(range: { from: "2026-01-01", to: "2026-01-02" }, groupBy: DAY) { asOf } }',
    '{ calendar(range: { from: "2026-01-01", to: "2026-01-02" }) { date } }',
  ])('needs the permission to read data: %s', async (text) => {
    expect(await errorOf(testPrincipal(runtime.newOrganization(), []), text)).toMatchObject({ code: 'FORBIDDEN' });
  });
});
