import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemPrincipal, type Context } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import type { JourneyFrame, JourneyQuery } from '@liftos/core/ports/memory.ts';
import { testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { dayNumber, dayText } from '../calendar/day-number.pure.ts';
import { memory } from '../subgraph.ts';
import { journeyBatch, recordBatch, type JourneyBatch, type RecordBatch } from '../testing/batches.ts';
import type { CoverageTable } from '../tables.ts';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await testRuntime([memory]);
});
afterAll(() => runtime.close());

function newContext(organizationId = runtime.newOrganization()): Context {
  return createContext({ runtime, principal: systemPrincipal(organizationId) });
}

async function countOf(context: Context, table: string): Promise<number> {
  const { rows } = await runtime.database.driver.query(
    context.organizationId,
    `select count(*) as n from ${table}`,
    [],
  );
  return rows[0]!.n as number;
}

const year = { from: '2026-01-01', to: '2026-12-31' };
const rows = [
  { date: '2026-03-01', channel: 'Search', campaign: 'Brand', spend: 10.25, revenue: -3, conversions: 1.5 },
  { date: '2026-03-02', channel: 'Search', campaign: 'Brand', spend: 0.000001 },
  { date: '2026-03-01', channel: 'Social "x" \\ {,}', spend: 7 },
];

function records(context: Context) {
  return context.ports.memory.records(context, { ...year, sourceKinds: ['live', 'file'] });
}

describe('ingest of records', () => {
  it('stores every figure exactly', async () => {
    const context = newContext();
    const batch = recordBatch(rows);
    expect(await context.ports.memory.ingest(context, batch)).toMatchObject({
      inserted: 3,
      updated: 0,
      repeated: false,
    });
    const frame = await records(context);
    const order = frame.date.map((date, index) => `${date} ${frame.channel[index]}`);
    for (const [index, row] of rows.entries()) {
      const at = order.indexOf(`${row.date} ${row.channel}`);
      expect(frame.spend[at]).toBe(batch.columns.spend[index]);
      expect(frame.revenue[at]).toBe(batch.columns.revenue[index]);
      expect(frame.conversions[at]).toBe(batch.columns.conversions[index]);
      expect(frame.campaign[at]).toBe(row.campaign ?? null);
      expect(frame.connectionId[at]).toBe(batch.connectionId);
    }
  });

  it('changes nothing when the same batch comes again, also at the same time', async () => {
    const context = newContext();
    const batch = recordBatch(rows);
    const results = await Promise.all([1, 2, 3].map(() => context.ports.memory.ingest(context, batch)));
    expect(results.filter(({ repeated }) => repeated)).toHaveLength(2);
    expect(results.every(({ inserted }) => inserted === 3)).toBe(true);
    expect(await countOf(context, 'memory.fact')).toBe(3);
    expect(await countOf(context, 'memory.ingest_batch')).toBe(1);
    expect(await countOf(context, 'runtime.event')).toBe(1);
  });

  it('replaces rows with other figures and leaves equal ones alone', async () => {
    const context = newContext();
    const first = recordBatch(rows);
    await context.ports.memory.ingest(context, first);
    const changed = [{ ...rows[0]!, spend: 11 }, rows[1]!, { date: '2026-03-05', channel: 'Mail' }];
    const second = recordBatch(changed, { connectionId: first.connectionId });
    expect(await context.ports.memory.ingest(context, second)).toMatchObject({
      inserted: 1,
      updated: 1,
      repeated: false,
    });
    const { rows: facts } = await runtime.database.driver.query(
      context.organizationId,
      'select batch_id from memory.fact where spend = 11000000',
      [],
    );
    expect(facts).toEqual([{ batch_id: second.batchId }]);
    expect(await countOf(context, 'memory.fact')).toBe(4);
  });

  it('lets the last of equal keys in a batch count', async () => {
    const context = newContext();
    await context.ports.memory.ingest(context, recordBatch([rows[0]!, { ...rows[0]!, spend: 99 }]));
    expect((await records(context)).spend).toEqual(BigInt64Array.of(99_000_000n));
  });

  it('keeps rows of two connections, streams and kinds of source apart', async () => {
    const context = newContext();
    const one = recordBatch([rows[0]!]);
    for (const options of [
      {},
      { stream: 'other' },
      { sourceKind: 'live' as const },
      { connectionId: randomUUID() },
      { sourceKind: 'mock' as const },
    ]) {
      await context.ports.memory.ingest(context, { ...one, batchId: randomUUID(), ...options });
    }
    expect((await records(context)).date).toHaveLength(4);
    const mock = await context.ports.memory.records(context, { ...year, sourceKinds: ['mock'] });
    expect(mock.sourceKind).toEqual(['mock']);
  });

  it.each<[string, (batch: RecordBatch) => unknown]>([
    ['date', ({ columns }) => (columns.date[1] = '2026-02-30')],
    ['channel', ({ columns }) => (columns.channel[0] = '')],
    ['campaign', ({ columns }) => (columns.campaign[0] = 'a\0b')],
    ['currency', ({ columns }) => (columns.currency[2] = 'eur')],
    ['spend', ({ columns }) => (columns.spend[0] = -1n)],
    ['clicks', ({ columns }) => (columns.clicks[0] = Number.NaN)],
    ['impressions', ({ columns }) => (columns.impressions[0] = Infinity)],
    ['ad', ({ columns }) => columns.ad.pop()],
    ['batchId', (batch) => (batch.batchId = 'x')],
    ['connectionId', (batch) => (batch.connectionId = "'; drop")],
    ['sourceKind', (batch) => (batch.sourceKind = 'other' as never)],
  ])('refuses a batch with a wrong %s as a whole', async (field, spoil) => {
    const context = newContext();
    const batch = recordBatch(rows);
    spoil(batch);
    await expect(context.ports.memory.ingest(context, batch)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      details: { field },
    });
    expect(await countOf(context, 'memory.fact')).toBe(0);
  });

  it('gives back more rows than one statement reads, each once and by day', async () => {
    const context = newContext();
    const connectionId = randomUUID();
    for (const channel of ['Search', 'Mail', 'Social']) {
      const many = Array.from({ length: 4500 }, (_, index) => ({
        date: dayText(dayNumber('2026-01-01') + (index % 365)),
        channel,
        campaign: `campaign ${Math.floor(index / 365)}`,
        spend: index,
      }));
      await context.ports.memory.ingest(context, recordBatch(many, { connectionId }));
    }
    const frame = await records(context);
    expect(new Set(frame.date.map((date, row) => `${date} ${frame.channel[row]} ${frame.campaign[row]}`)).size).toBe(
      13_500,
    );
    expect(frame.date).toEqual(frame.date.toSorted());
    expect(frame.spend.reduce((sum, value) => sum + value, 0n)).toBe(30_368_250_000_000n);
  });

  it('sums by channel and campaign, campaigns that are missing under their channel', async () => {
    const context = newContext();
    await context.ports.memory.ingest(context, recordBatch(rows));
    const query = { ...year, sourceKinds: ['file'] as const };
    const totals = await context.ports.memory.totals(context, { ...query, unit: 'campaign' });
    expect(totals).toEqual([
      { key: '(Social "x" \\ {,})', currency: 'EUR', spend: 7, revenue: 0, conversions: 0 },
      { key: 'Brand', currency: 'EUR', spend: 10.250001, revenue: -3, conversions: 1.5 },
    ]);
    const none = await context.ports.memory.totals(context, { ...query, unit: 'channel', channels: [] });
    expect(none).toEqual([]);
  });
});

const journeys = [
  { key: 'a', date: '2026-03-01', path: ['Search', 'Mail'], ages: [12.5, 0], value: 19.99, campaigns: ['Brand', null] },
  { key: 'b', date: '2026-03-09', path: ['Mail'], ages: [1 / 3], conversions: 2, nulls: 3, value: 40 },
  { key: 'c', path: ['Social', 'Search', 'Social'], conversions: 0, nulls: 7 },
];

function frameOf(context: Context, query: Partial<JourneyQuery> = {}): Promise<JourneyFrame> {
  return context.ports.memory.journeys(context, { unit: 'channel', sourceKinds: ['live', 'file'], ...query });
}

/** A frame as paths, which can be compared. */
function pathsOf(frame: JourneyFrame): string[] {
  return Array.from(frame.conversions, (conversions, row) => {
    const touches = frame.touches.subarray(frame.offsets[row], frame.offsets[row + 1]);
    const path = Array.from(touches, (code) => frame.units[code]).join('>');
    return `${path} ${conversions}/${frame.nulls[row]}=${frame.value[row]}`;
  });
}

describe('ingest of journeys', () => {
  it('gives back each journey as it was, rows that stand for many included', async () => {
    const context = newContext();
    const result = await context.ports.memory.ingest(context, journeyBatch(journeys));
    expect(result).toMatchObject({ inserted: 3, updated: 0, repeated: false });
    const frame = await frameOf(context);
    expect(pathsOf(frame)).toEqual(['Search>Mail 1/0=19.99', 'Mail 2/3=40', 'Social>Search>Social 0/7=0']);
    expect(frame.ages).toEqual(Float64Array.of(12.5, 0, 1 / 3, Number.NaN, Number.NaN, Number.NaN));
    expect(frame).toMatchObject({
      currency: 'EUR',
      firstDate: '2026-03-01',
      lastDate: '2026-03-09',
      sourceKinds: ['file'],
      units: ['Search', 'Mail', 'Social'],
    });
  });

  it('names what has no campaign after its channel', async () => {
    const context = newContext();
    await context.ports.memory.ingest(context, journeyBatch(journeys));
    const frame = await frameOf(context, { unit: 'campaign', to: '2026-03-05' });
    expect(pathsOf(frame)).toEqual(['Brand>(Mail) 1/0=19.99']);
  });

  it('selects conversion days, and leaves out journeys without one', async () => {
    const context = newContext();
    await context.ports.memory.ingest(context, journeyBatch(journeys));
    expect(pathsOf(await frameOf(context, { from: '2026-03-02' }))).toEqual(['Mail 2/3=40']);
    expect(pathsOf(await frameOf(context, { to: '2026-03-09' }))).toHaveLength(2);
    expect(pathsOf(await frameOf(context, { from: '2027-01-01' }))).toEqual([]);
  });

  it('replaces a journey that is sent again with another content', async () => {
    const context = newContext();
    const first = journeyBatch(journeys);
    await context.ports.memory.ingest(context, first);
    const again = [journeys[0]!, { ...journeys[1]!, value: 50 }, { key: 'd', path: ['Mail'] }];
    const second = journeyBatch(again, { connectionId: first.connectionId });
    expect(await context.ports.memory.ingest(context, second)).toMatchObject({
      inserted: 1,
      updated: 1,
      repeated: false,
    });
    const paths = ['Search>Mail 1/0=19.99', 'Social>Search>Social 0/7=0', 'Mail 2/3=50', 'Mail 1/0=0'];
    expect(pathsOf(await frameOf(context))).toEqual(paths);
    expect(pathsOf(await frameOf(context, { from: '2026-03-02' }))).toEqual(['Mail 2/3=50']);
  });

  it('removes a block of which nothing is left', async () => {
    const context = newContext();
    const first = journeyBatch(journeys);
    await context.ports.memory.ingest(context, first);
    const all = journeys.map((journey) => ({ ...journey, nulls: 100 }));
    await context.ports.memory.ingest(context, journeyBatch(all, { connectionId: first.connectionId }));
    expect(await countOf(context, 'memory.journey_block')).toBe(1);
    expect(pathsOf(await frameOf(context))).toHaveLength(3);
  });

  it('tells journeys in several currencies, and never shows generated ones among others', async () => {
    const context = newContext();
    await context.ports.memory.ingest(context, journeyBatch(journeys));
    await context.ports.memory.ingest(context, journeyBatch([{ key: 'x', path: ['Mail'], currency: 'USD' }]));
    await context.ports.memory.ingest(context, journeyBatch(journeys, { sourceKind: 'mock' }));
    const frame = await frameOf(context);
    expect(frame.currency).toBeNull();
    expect(frame.conversions).toHaveLength(4);
    expect((await frameOf(context, { sourceKinds: ['mock'] })).sourceKinds).toEqual(['mock']);
  });

  it.each<[string, (batch: JourneyBatch) => unknown]>([
    ['offsets', ({ columns }) => (columns.offsets[1] = 100)],
    ['channel', ({ columns }) => (columns.channel[0] = 9)],
    ['campaign', ({ columns }) => (columns.campaign[0] = 9)],
    ['age', ({ columns }) => (columns.age[0] = Infinity)],
    ['nulls', ({ columns }) => (columns.nulls[0] = -1)],
    ['date', ({ columns }) => (columns.date[0] = '1')],
    ['key', ({ columns }) => (columns.key[0] = '')],
  ])('refuses a batch with a wrong %s as a whole', async (field, spoil) => {
    const context = newContext();
    const batch = journeyBatch(journeys);
    spoil(batch);
    const details = { field };
    const refused = { code: 'BAD_USER_INPUT', details };
    await expect(context.ports.memory.ingest(context, batch)).rejects.toMatchObject(refused);
  });
});

describe('another organisation', () => {
  it('sees nothing and replaces nothing with the same ids', async () => {
    const mine = newContext();
    const theirs = newContext();
    const [facts, paths] = [recordBatch(rows), journeyBatch(journeys)];
    await mine.ports.memory.ingest(mine, facts);
    await mine.ports.memory.ingest(mine, paths);
    const connectionIds = [facts.connectionId, paths.connectionId];
    expect((await frameOf(theirs, { connectionIds })).conversions).toHaveLength(0);
    expect((await records(theirs)).date).toEqual([]);
    expect(await theirs.ports.memory.ingest(theirs, facts)).toMatchObject({ inserted: 3, repeated: false });
    await theirs.ports.memory.forgetConnection(theirs, paths.connectionId);
    await theirs.ports.memory.forgetConnection(theirs, facts.connectionId);
    expect((await frameOf(mine)).conversions).toHaveLength(3);
    expect((await records(mine)).date).toHaveLength(3);
  });
});

describe('forgetConnection', () => {
  it('removes all that a connection brought in and nothing else', async () => {
    const context = newContext();
    const kept = recordBatch(rows);
    const connectionId = randomUUID();
    await context.ports.memory.ingest(context, kept);
    await context.ports.memory.ingest(context, recordBatch(rows, { connectionId }));
    await context.ports.memory.ingest(context, journeyBatch(journeys, { connectionId }));
    await context.ports.memory.forgetConnection(context, connectionId);
    expect(await countOf(context, 'memory.fact')).toBe(3);
    expect(await countOf(context, 'memory.journey_key')).toBe(0);
    expect(await countOf(context, 'memory.journey_block')).toBe(0);
    const coverage = (await context.db.selectFrom('memory.coverage').selectAll().execute()) as CoverageTable[];
    expect(coverage.map((row) => row.connection_id)).toEqual([kept.connectionId]);
  });
});
