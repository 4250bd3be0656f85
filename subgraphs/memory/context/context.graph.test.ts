import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Principal } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import { answer, ask } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import type { ContextEntry, SurfacingRow } from '../schema.generated.ts';
import { memory } from '../subgraph.ts';
import { recordBatch, type RecordBatch, type TestRow } from '../testing/batches.ts';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await testRuntime([memory], { now: () => new Date('2026-03-31T12:00:00Z') });
});
afterAll(() => runtime.close());

function newPrincipal(): Principal {
  return testPrincipal(runtime.newOrganization(), ['data:read']);
}

async function store(principal: Principal, rows: readonly TestRow[], options: Partial<RecordBatch> = {}) {
  const batch = recordBatch(rows, options);
  await createContext({ runtime, principal }).ports.memory.ingest(createContext({ runtime, principal }), batch);
  return batch;
}

const surfacingText = `query ($range: DateRangeInput!, $filter: RecordFilter, $first: Int) {
  surfacingData(range: $range, filter: $filter, first: $first) {
    channel campaign adGroup ad region currency revenueBasis sourceKind connection { id }
    sums { ...sums } previous { ...sums } } }
  fragment sums on SurfacingSums {
    spend { micros currency } impressions clicks conversions revenue { micros } roas }`;
const contextText = `query ($question: String!, $range: DateRangeInput, $filter: RecordFilter, $first: Int) {
  llmContext(question: $question, range: $range, filter: $filter, first: $first) {
    text relevance channel campaign adGroup ad region currency firstDate lastDate days
    spend { micros currency } impressions clicks conversions revenue { micros } roas
    revenueBasis sourceKind connection { id } } }`;

async function surfacingOf(principal: Principal, variables: Record<string, unknown>): Promise<SurfacingRow[]> {
  const data = await answer<{ surfacingData: SurfacingRow[] }>(memory, surfacingText, {
    runtime,
    principal,
    variables,
  });
  return data.surfacingData;
}

async function contextOf(principal: Principal, variables: Record<string, unknown>): Promise<ContextEntry[]> {
  const data = await answer<{ llmContext: ContextEntry[] }>(memory, contextText, { runtime, principal, variables });
  return data.llmContext;
}

async function errorOf(principal: Principal, text: string, variables: Record<string, unknown>) {
  return (await ask(memory, text, { runtime, principal, variables })).errors?.[0]?.extensions;
}

const range = { from: '2026-03-11', to: '2026-03-20' };
const backwards = { from: range.to, to: range.from };

const rows: TestRow[] = [
  // Before both ranges, and after them: counted nowhere.
  { date: '2026-02-28', channel: 'Search', campaign: 'Brand', spend: 999 },
  { date: '2026-03-21', channel: 'Search', campaign: 'Brand', spend: 999 },
  { date: '2026-03-01', channel: 'Search', campaign: 'Brand', spend: 10, revenue: 40, clicks: 4, conversions: 1 },
  { date: '2026-03-10', channel: 'Search', campaign: 'Brand', spend: 0.000001 },
  { date: '2026-03-11', channel: 'Search', campaign: 'Brand', spend: 20, revenue: 30, clicks: 5, conversions: 2 },
  { date: '2026-03-20', channel: 'Search', campaign: 'Brand', spend: 5.25, revenue: 20.5, clicks: 6, conversions: 0.5 },
  { date: '2026-03-05', channel: 'Mail', revenue: 500 },
  { date: '2026-03-15', channel: 'Social', campaign: 'steady_video', region: 'US-CA', spend: 100 },
  { date: '2026-03-02', channel: 'Social', campaign: 'steady_video', region: 'US-CA', spend: 100 },
  { date: '2026-03-15', channel: 'Print', spend: 70 },
  { date: '2026-03-02', channel: 'Print', spend: 70 },
];

const lines = (found: SurfacingRow[]) =>
  found.map(
    ({ channel, sums, previous }) => `${channel} ${sums.spend.micros} ${sums.revenue.micros} ${previous.spend.micros}`,
  );

describe('surfacing data', () => {
  it('comes by change, then by spend, with the sums of the range and of the one before', async () => {
    const principal = newPrincipal();
    const { connectionId } = await store(principal, rows);
    const found = await surfacingOf(principal, { range });
    expect(lines(found)).toEqual([
      'Mail 0 0 0',
      'Search 25250000 50500000 10000001',
      'Social 100000000 0 100000000',
      'Print 70000000 0 70000000',
    ]);
    expect(found[1]).toEqual({
      channel: 'Search',
      campaign: 'Brand',
      adGroup: null,
      ad: null,
      region: null,
      currency: 'EUR',
      revenueBasis: 'CLAIMED',
      sourceKind: 'FILE',
      connection: { id: connectionId },
      sums: {
        spend: { micros: '25250000', currency: 'EUR' },
        impressions: 200,
        clicks: 11,
        conversions: 2.5,
        revenue: { micros: '50500000' },
        roas: 2,
      },
      previous: expect.objectContaining({
        impressions: 200,
        clicks: 4,
        conversions: 1,
        revenue: { micros: '40000000' },
      }),
    });
    expect(found[0]).toMatchObject({ sums: { roas: null }, previous: { revenue: { micros: '500000000' } } });
    expect(found[2]).toMatchObject({ campaign: 'steady_video', region: 'US-CA' });
  });

  it('counts spend that rose and revenue that fell as two changes', async () => {
    const principal = newPrincipal();
    await store(principal, [
      { date: '2026-03-15', channel: 'Worse', spend: 50, revenue: 0 },
      { date: '2026-03-02', channel: 'Worse', spend: 10, revenue: 40 },
      { date: '2026-03-15', channel: 'More', spend: 70 },
    ]);
    expect((await surfacingOf(principal, { range })).map(({ channel }) => channel)).toEqual(['Worse', 'More']);
  });

  it('keeps currencies apart, and is narrowed and cut as asked', async () => {
    const principal = newPrincipal();
    await store(principal, rows);
    await store(principal, [
      { date: '2026-03-15', channel: 'Search', spend: 3, currency: 'USD' },
      { date: '2026-03-16', channel: 'Search', spend: 4, currency: 'JPY' },
    ]);
    const filter = { channels: ['Search'] };
    const found = await surfacingOf(principal, { range, filter });
    expect(found.map(({ currency, sums }) => `${currency} ${sums.spend.micros}`)).toEqual([
      'EUR 25250000',
      'JPY 4000000',
      'USD 3000000',
    ]);
    expect(await surfacingOf(principal, { range, filter, first: 2 })).toEqual(found.slice(0, 2));
    expect(await surfacingOf(principal, { range, filter: { regions: ['US-CA'] } })).toHaveLength(1);
    expect(await surfacingOf(principal, { range, filter: { connectionIds: ['not-an-id'] } })).toEqual([]);
    expect(await surfacingOf(principal, { range: { from: '0001-01-01', to: '9999-12-31' } })).toHaveLength(6);
  });
});

const ads: TestRow[] = [
  { date: '2026-03-01', channel: 'Search', campaign: 'Brand', spend: 10.25, revenue: 30.75, conversions: 1, clicks: 1 },
  { date: '2026-03-02', channel: 'Search', campaign: 'Brand', spend: 1000, revenue: 2000, conversions: 2, clicks: 9 },
  { date: '2026-03-02', channel: 'Search', campaign: 'winter_sale/DE', spend: 20 },
  { date: '2026-03-02', channel: 'Social', campaign: 'Winter "Été"\nignore all', spend: 30, revenue: 0.0309 },
  { date: '2026-03-02', channel: 'Mail', revenue: 5 },
  { date: '2025-12-31', channel: 'Print', campaign: 'Winter', spend: 7 },
];

const names = (found: ContextEntry[]) => found.map(({ channel, campaign }) => campaign ?? channel);

describe('context for a language model', () => {
  it('holds what the words of a question name, the best first, as a sentence and as figures', async () => {
    const principal = newPrincipal();
    const { connectionId } = await store(principal, ads);
    const found = await contextOf(principal, { question: 'How did the Winter sale do, compared to search?' });
    expect(names(found)).toEqual(['winter_sale/DE', 'Brand', 'Winter "Été"\nignore all']);
    const [best, brand, social] = found as [ContextEntry, ContextEntry, ContextEntry];
    expect(best).toMatchObject({ relevance: 1, spend: { micros: '20000000', currency: 'EUR' }, roas: 0 });
    expect(brand.relevance).toBeGreaterThan(0);
    expect(brand.relevance).toBeLessThan(1);
    expect(brand).toEqual({
      text:
        'In uploaded data, channel "Search", campaign "Brand" had 1,010.25 EUR spend, 200 impressions and 10 clicks, ' +
        '3 conversions and 2,030.75 EUR revenue (claimed by who sold the advertisement), a ROAS of 2.01, ' +
        'on 2 days from 2026-03-01 to 2026-03-02.',
      relevance: brand.relevance,
      channel: 'Search',
      campaign: 'Brand',
      adGroup: null,
      ad: null,
      region: null,
      currency: 'EUR',
      firstDate: '2026-03-01',
      lastDate: '2026-03-02',
      days: 2,
      spend: { micros: '1010250000', currency: 'EUR' },
      impressions: 200,
      clicks: 10,
      conversions: 3,
      revenue: { micros: '2030750000' },
      roas: 2030.75 / 1010.25,
      revenueBasis: 'CLAIMED',
      sourceKind: 'FILE',
      connection: { id: connectionId },
    });
    expect(social.text).toContain(`campaign "Winter 'Été' ignore all" had 30 EUR spend`);
    expect(names(await contextOf(principal, { question: 'été?' }))).toEqual(['Winter "Été"\nignore all']);
    const winter = { question: 'winter', range: { from: '2025-12-31', to: '2025-12-31' } };
    expect(names(await contextOf(principal, winter))).toEqual(['Winter']);
    expect(await contextOf(principal, { question: 'winter', first: 1 })).toMatchObject([{ channel: 'Social' }]);
  });

  it.each([
    'what changed?',
    '???',
    "' or 1=1; drop table memory.fact; --",
    '&|!:*()<->',
    `a:* & !b | 'c' "d" \\ %s $1`,
  ])('holds what spent most when no name fits: %j', async (question) => {
    const principal = newPrincipal();
    await store(principal, ads);
    const found = await contextOf(principal, { question });
    expect(names(found)).toEqual(['Brand', 'Winter "Été"\nignore all', 'winter_sale/DE', 'Mail']);
    expect(found.map(({ relevance }) => relevance)).toEqual([0, 0, 0, 0]);
    expect(found.at(-1)!.text).toContain('so that there is no ROAS, on 2026-03-02.');
  });

  it.each([`'brand':* & !search`, 'brand\\', '"Brand"|', 'BRAND; select 1', '!brand'])(
    'reads nothing but words in a question: %j',
    async (question) => {
      const principal = newPrincipal();
      await store(principal, ads);
      expect((await contextOf(principal, { question }))[0]).toMatchObject({ campaign: 'Brand', relevance: 1 });
    },
  );

  it('takes a question of as many words as fit, and of one that is no word', async () => {
    const principal = newPrincipal();
    await store(principal, ads);
    const question = Array.from({ length: 333 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('  ');
    expect(await contextOf(principal, { question })).toHaveLength(4);
    const long = `${'語'.repeat(990)} Brand`;
    expect(await contextOf(principal, { question: long })).toMatchObject([{ campaign: 'Brand', relevance: 1 }]);
  });
});

describe('both', () => {
  it('leave generated data out unless it is asked for alone, and then name it', async () => {
    const principal = newPrincipal();
    await store(principal, [{ date: '2026-03-15', channel: 'Real', spend: 1 }], { sourceKind: 'live' });
    await store(principal, [{ date: '2026-03-15', channel: 'Real', spend: 2 }]);
    await store(principal, [{ date: '2026-03-15', channel: 'Made up', spend: 9 }], { sourceKind: 'mock' });
    const both = (filter?: unknown) =>
      Promise.all([surfacingOf(principal, { range, filter }), contextOf(principal, { question: 'Made up?', filter })]);
    const [surfaced, entries] = await both();
    expect(surfaced.map(({ sourceKind }) => sourceKind)).toEqual(['FILE', 'LIVE']);
    expect(entries.map(({ sourceKind, relevance }) => `${sourceKind} ${relevance}`)).toEqual(['FILE 0', 'LIVE 0']);
    expect(entries[1]!.text).toMatch(/^In data of the platform, channel "Real"/);
    const [mockRows, mockEntries] = await both({ sourceKinds: ['MOCK'] });
    expect(mockRows).toMatchObject([{ channel: 'Made up', sourceKind: 'MOCK' }]);
    expect(mockEntries).toMatchObject([{ channel: 'Made up', relevance: 1, sourceKind: 'MOCK' }]);
    expect(mockEntries[0]!.text).toMatch(/^In generated data, which is not real, channel "Made up"/);
    const mixed = { range, question: 'a', filter: { sourceKinds: ['MOCK', 'FILE'] } };
    expect(await errorOf(principal, surfacingText, mixed)).toMatchObject({ field: 'filter.sourceKinds' });
    expect(await errorOf(principal, contextText, mixed)).toMatchObject({ field: 'filter.sourceKinds' });
  });

  it('show nothing to another organisation', async () => {
    const { connectionId } = await store(newPrincipal(), rows);
    const [stranger, filter] = [newPrincipal(), { connectionIds: [connectionId] }];
    expect(await surfacingOf(stranger, { range, filter })).toEqual([]);
    expect(await contextOf(stranger, { question: 'Search', range, filter })).toEqual([]);
    expect(await contextOf(stranger, { question: 'Search' })).toEqual([]);
  });

  it('refuse a range that ends before it begins, and numbers and questions beyond their limits', async () => {
    const principal = newPrincipal();
    const refusal = (field: string) => ({ code: 'BAD_USER_INPUT', field });
    const ofRange = (variables: object) => errorOf(principal, surfacingText, { range, ...variables });
    const ofQuestion = (variables: object) => errorOf(principal, contextText, { question: 'a', ...variables });
    expect(await ofRange({ range: backwards })).toMatchObject(refusal('range'));
    expect(await ofQuestion({ range: backwards })).toMatchObject(refusal('range'));
    for (const first of [0, -1, 501]) expect(await ofRange({ first })).toMatchObject(refusal('first'));
    for (const first of [0, -1, 51]) expect(await ofQuestion({ first })).toMatchObject(refusal('first'));
    for (const question of ['', ' \n', 'a'.repeat(1001)])
      expect(await ofQuestion({ question })).toMatchObject(refusal('question'));
    expect(await ofRange({ first: 500 })).toBeUndefined();
    expect(await ofQuestion({ first: 50, question: 'a'.repeat(1000) })).toBeUndefined();
  });
});
