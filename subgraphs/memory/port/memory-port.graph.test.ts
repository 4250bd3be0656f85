import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '@liftos/core/testing/until.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '@liftos/core/config.ts';
import { systemPrincipal, type Context } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import { internalTokens } from '@liftos/core/internal-token.ts';
import type { MemoryPort } from '@liftos/core/ports/memory.ts';
import { remoteMemory } from '@liftos/core/ports/remote-memory.ts';
import { serveSubgraph, type ServedSubgraph } from '@liftos/core/serve/serve-subgraph.ts';
import { testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { memory } from '../subgraph.ts';
import {
  itemBatch,
  journeyBatch,
  recordBatch,
  type TestItem,
  type TestJourney,
  type TestRow,
} from '../testing/batches.ts';

const secret = 'a secret of the contract test, long enough';
let runtime: TestRuntime;
let served: ServedSubgraph;
let folder: string;
let address: string;
const ports: Record<string, () => MemoryPort> = {
  'in process': () => runtime.ports.memory,
  'between processes': () => remoteMemory(address, internalTokens(secret)),
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liftos-memory-'));
  runtime = await testRuntime([memory]);
  const config = { LIFTOS_DATA_DIR: folder, LIFTOS_INTERNAL_SECRET: secret, PORT: '0', LOG_LEVEL: 'silent' };
  served = await serveSubgraph(memory, readConfig(config));
  address = `http://127.0.0.1:${served.port}`;
});
afterAll(async () => {
  await served.close();
  await runtime.close();
  await rm(folder, { recursive: true, force: true });
});

function newContext(): Context {
  return createContext({ runtime, principal: systemPrincipal(runtime.newOrganization()) });
}

const rows: TestRow[] = [
  { date: '2026-03-01', channel: 'Search', campaign: 'Bränd', spend: 10.25, revenue: -3, conversions: 1.5 },
  { date: '2026-03-02', channel: 'Mail', spend: 9_007_199_254.740993 },
];
const journeys: TestJourney[] = [
  { key: 'a', date: '2026-03-01', path: ['Search', 'Mail'], ages: [12.5, 0.1], value: 19.99, campaigns: ['B', null] },
  { key: 'b', path: [], conversions: 2, nulls: 3 },
  { key: 'c', path: ['Mail'] },
];
const items: TestItem[] = [
  {
    key: 'ä',
    campaign: 'B',
    revenue: -3.000001,
    spend: 1,
    updatedAt: '2026-03-01T12:00:00.001Z',
    details: { a: ['"'] },
  },
  { key: 'c', kind: 'contact', channel: null, date: '2026-03-02', conversions: 0, currency: 'USD' },
  { key: 'x', deleted: true, date: '2026-03-03' },
];
const year = { from: '2026-01-01', to: '2026-12-31', sourceKinds: ['file'] as const };

describe.each(Object.entries(ports))('the unified data API %s', (_, port) => {
  it('tells of holidays by day, and of regions that do not exist', async () => {
    const days = await port().calendar(newContext(), { from: '2026-05-01', to: '2026-05-14', region: 'DE-BY' });
    const free = days.filter(({ isPublic }) => isPublic);
    expect(free.map(({ date }) => date)).toEqual(['2026-05-01', '2026-05-14']);
    const nowhere = port().calendar(newContext(), { from: '2026-05-01', to: '2026-05-02', region: 'XX' });
    await expect(nowhere).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('stores records and gives them back', async () => {
    const context = newContext();
    const batch = recordBatch(rows);
    expect(await port().ingest(context, batch)).toMatchObject({ inserted: 2, updated: 0, repeated: false });
    expect(await port().ingest(context, batch)).toMatchObject({ inserted: 2, updated: 0, repeated: true });
    expect(await port().records(context, year)).toEqual({
      ...batch.columns,
      region: [null, null],
      connectionId: [batch.connectionId, batch.connectionId],
      sourceKind: ['file', 'file'],
      basis: ['claimed', 'claimed'],
      // The second has spend without a campaign.
      quality: Float64Array.of(1, 0.9),
    });
    const totals = await port().totals(context, { ...year, unit: 'channel', to: '2026-03-01' });
    expect(totals).toEqual([{ key: 'Search', currency: 'EUR', spend: 10.25, revenue: -3, conversions: 1.5 }]);
  });

  it('keeps the name of a record that has an identity, and its basis', async () => {
    const context = newContext();
    const batch = recordBatch(rows, { basis: 'paid' });
    batch.columns.entity = ['1', '2'];
    await port().ingest(context, batch);
    const columns = { ...batch.columns, campaign: ['Renamed', null] };
    const again = { ...batch, batchId: randomUUID(), columns };
    expect(await port().ingest(context, again)).toMatchObject({ inserted: 0, updated: 0, repeated: false });
    const frame = await port().records(context, year);
    expect(frame).toMatchObject({ campaign: ['Renamed', null], basis: ['paid', 'paid'] });
  });

  it('stores items and gives back those that are not gone', async () => {
    const context = newContext();
    const batch = itemBatch(items, { sourceKind: 'file' });
    expect(await port().ingest(context, batch)).toMatchObject({ inserted: 3, updated: 0, repeated: false });
    const { deleted: _, ...columns } = itemBatch(items.slice(0, 2)).columns;
    expect(await port().items(context, { ...year, kinds: ['order', 'contact'] })).toEqual({
      ...columns,
      region: [null, null],
      connectionId: [batch.connectionId, batch.connectionId],
      sourceKind: ['file', 'file'],
      basis: ['booked', 'booked'],
    });
    const elsewhere = { ...year, kinds: ['order'] as const, connectionIds: [randomUUID()] };
    expect((await port().items(context, elsewhere)).spend).toEqual(new BigInt64Array(0));
    const records = await port().records(context, year);
    expect(records).toMatchObject({ campaign: ['B'], spend: BigInt64Array.of(1_000_000n), basis: ['booked'] });
  });

  it('keeps the same row of each region apart and narrows to regions', async () => {
    const context = newContext();
    const batch = recordBatch(rows.flatMap((row) => [row, { ...row, region: 'US-CA' }, { ...row, region: 'Köln' }]));
    expect(await port().ingest(context, batch)).toMatchObject({ inserted: 6, updated: 0 });
    const regionsOf = async (regions?: (string | null)[]) =>
      (await port().records(context, { ...year, ...(regions && { regions }) })).region
        .map((region) => region ?? '-')
        .sort();
    expect(await regionsOf()).toEqual(['-', '-', 'Köln', 'Köln', 'US-CA', 'US-CA']);
    expect(await regionsOf(['US-CA', 'elsewhere'])).toEqual(['US-CA', 'US-CA']);
    expect(await regionsOf([null, 'Köln'])).toEqual(['-', '-', 'Köln', 'Köln']);
    expect(await regionsOf([])).toEqual([]);
    const totals = await port().totals(context, { ...year, unit: 'region', to: '2026-03-01' });
    expect(totals.map(({ key, spend }) => [key, spend])).toEqual([
      ['(no region)', 10.25],
      ['Köln', 10.25],
      ['US-CA', 10.25],
    ]);
    const sold = itemBatch([{ key: 'o1', region: 'Köln' }, { key: 'o2' }], { sourceKind: 'file' });
    await port().ingest(context, sold);
    expect((await port().items(context, { ...year, kinds: ['order'] })).region).toEqual(['Köln', null]);
    expect(await regionsOf(['Köln'])).toHaveLength(3);
  });

  it('tells what stands out in a range, and what fits a question', async () => {
    const context = newContext();
    const batch = recordBatch([...rows, { date: '2026-02-28', channel: 'Search', campaign: 'Bränd', spend: 1 }]);
    await port().ingest(context, batch);
    const query = { from: '2026-03-01', to: '2026-03-01', sourceKinds: ['file'] as const };
    const sums = { spend: 10.25, impressions: 100, clicks: 0, conversions: 1.5, revenue: -3 };
    const search = { channel: 'Search', campaign: 'Bränd', adGroup: null, ad: null, region: null, currency: 'EUR' };
    const entity = { ...search, basis: 'claimed', sourceKind: 'file', connectionId: batch.connectionId };
    const previous = { spend: 1, impressions: 100, clicks: 0, conversions: 0, revenue: 0 };
    expect(await port().surfacing(context, { ...query, first: 5 })).toEqual([{ ...entity, sums, previous }]);
    expect(await port().surfacing(context, { ...query, first: 5, channels: ['Mail'] })).toEqual([]);
    const [fit, ...others] = await port().relevant(context, { ...query, question: 'bränd & co?', first: 5 });
    const day = { firstDate: query.from, lastDate: query.from, days: 1 };
    expect(fit).toEqual({
      ...entity,
      ...sums,
      ...day,
      relevance: 1,
      text: expect.stringContaining('"Bränd" had 10.25 EUR'),
    });
    expect(others).toEqual([]);
    const refused = (field: string) => ({ code: 'BAD_USER_INPUT', details: { field } });
    await expect(port().surfacing(context, { ...query, first: 501 })).rejects.toMatchObject(refused('first'));
    await expect(port().relevant(context, { ...query, question: ' ', first: 1 })).rejects.toMatchObject(
      refused('question'),
    );
    expect(await port().surfacing(newContext(), { ...query, first: 5 })).toEqual([]);
  });

  it('stores journeys and gives them back', async () => {
    const context = newContext();
    await port().ingest(context, journeyBatch(journeys));
    const frame = await port().journeys(context, { unit: 'campaign', sourceKinds: ['file'] });
    expect(frame).toEqual({
      units: ['B', '(Mail)'],
      offsets: Uint32Array.of(0, 2, 2, 3),
      touches: Uint32Array.of(0, 1, 1),
      ages: Float64Array.of(12.5, 0.1, Number.NaN),
      conversions: Float64Array.of(1, 2, 1),
      nulls: Float64Array.of(0, 3, 0),
      value: Float64Array.of(19.99, 0, 0),
      currency: 'EUR',
      firstDate: '2026-03-01',
      lastDate: '2026-03-01',
      sourceKinds: ['file'],
    });
    const both = await port().journeys(context, { unit: 'channelCampaign', sourceKinds: ['file'] });
    expect(both).toEqual({ ...frame, units: ['Search / B', 'Mail / –'] });
  });

  it('gives empty frames where there is nothing', async () => {
    const context = newContext();
    const frame = await port().journeys(context, { unit: 'channel', sourceKinds: ['live'] });
    expect(frame).toMatchObject({ units: [], offsets: Uint32Array.of(0), currency: null, sourceKinds: [] });
    expect(frame.touches).toHaveLength(0);
    const records = await port().records(context, year);
    expect(records).toMatchObject({ date: [], spend: new BigInt64Array(0) });
  });

  it('forgets a connection', async () => {
    const context = newContext();
    const batch = recordBatch(rows);
    await port().ingest(context, batch);
    await port().forgetConnection(context, batch.connectionId);
    expect((await port().records(context, year)).date).toEqual([]);
  });

  it('refuses a wrong batch with the field, and keeps organisations apart', async () => {
    const context = newContext();
    const batch = recordBatch(rows);
    const wrong = { ...batch, columns: { ...batch.columns, date: ['2026-02-30', '2026-01-01'] } };
    const refused = { code: 'BAD_USER_INPUT', details: { field: 'date', row: 1 } };
    await expect(port().ingest(context, wrong)).rejects.toMatchObject(refused);
    await port().ingest(context, batch);
    expect((await port().records(newContext(), year)).date).toEqual([]);
  });
});

describe('between processes', () => {
  it('a call without a token of this installation is refused', async () => {
    const forged = remoteMemory(address, internalTokens('another secret, of another installation'));
    await expect(forged.records(newContext(), year)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    const bare = await fetch(`${address}/ports/memory/records`, { method: 'POST', body: JSON.stringify(year) });
    expect(bare.status).toBe(401);
  });

  it.each([
    '{ _service { sdl } }',
    '{ _entities(representations: []) { __typename } }',
    '{ __schema { types { name } } }',
  ])('the graph answers nobody without one: %s', async (query) => {
    const headers = { 'content-type': 'application/json', authorization: 'Bearer lift_live_0' };
    const response = await fetch(`${address}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ errors: [expect.objectContaining({ message: expect.any(String) })] });
  });

  it('nobody hears events without one', async () => {
    const { organizationId } = newContext();
    const socket = new WebSocket(`${address.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const heard: string[] = [];
    const closed = new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)));
    socket.addEventListener('message', ({ data }) => heard.push(String(data)));
    socket.addEventListener('open', () => socket.send('{"type":"connection_init"}'));
    await until(() => heard.length === 1);
    const payload = { query: 'subscription { activityFeed(after: 0) { summary } }', extensions: { organizationId } };
    socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload }));
    expect(await closed).toBeGreaterThanOrEqual(4000);
    expect(heard).toEqual(['{"type":"connection_ack"}']);
  });
});

describe('a subgraph that is served alone', () => {
  it('shows its health and metrics to who asks, and the rest to the installation only', async () => {
    const metrics = await (await fetch(`${address}/metrics`)).text();
    expect(metrics).toContain('# TYPE liftos_ingested_rows_total counter');
    expect(metrics).toContain('liftos_process_cpu_seconds_total');
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
    expect((await fetch(`${address}/graphql`, { method: 'POST', body: '{}' })).status).toBe(401);
  });
});
