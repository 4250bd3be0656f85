import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemPrincipal, type Context } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import type { IngestResult } from '@liftos/core/ports/memory.ts';
import { testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { dayNumber, dayText } from '../calendar/day-number.pure.ts';
import { memory } from '../subgraph.ts';
import type { CoverageTable } from '../tables.ts';
import { itemBatch, recordBatch, type ItemBatch, type TestItem } from '../testing/batches.ts';

let runtime: TestRuntime;
beforeAll(async () => {
  runtime = await testRuntime([memory]);
});
afterAll(() => runtime.close());

const year = { from: '2026-01-01', to: '2026-12-31', sourceKinds: ['live', 'file'] as const };
const kinds = ['order', 'refund', 'contact'] as const;
const orders: TestItem[] = [
  { key: 'o1', date: '2026-03-01', campaign: 'Brand', revenue: 100.25, updatedAt: '2026-03-01T12:00:00Z' },
  { key: 'o2', date: '2026-03-01', campaign: 'Brand', revenue: 50, updatedAt: '2026-03-01T12:00:00Z' },
  { key: 'o3', date: '2026-03-02', revenue: 10, updatedAt: '2026-03-02T12:00:00Z' },
];

/** A connection of a new organisation. */
class Shop {
  readonly context: Context;
  readonly connectionId: string;

  constructor(organizationId = runtime.newOrganization(), connectionId: string = randomUUID()) {
    this.context = createContext({ runtime, principal: systemPrincipal(organizationId) });
    this.connectionId = connectionId;
  }

  store(items: readonly TestItem[], options: Partial<ItemBatch> = {}): Promise<IngestResult> {
    const batch = itemBatch(items, { connectionId: this.connectionId, ...options });
    return this.context.ports.memory.ingest(this.context, batch);
  }

  /** Daily records as `day campaign conversions revenue currency`. */
  async days(): Promise<string[]> {
    const { context } = this;
    const frame = await context.ports.memory.records(context, year);
    const lines = frame.date.map((date, row) => {
      const revenue = Number(frame.revenue[row]) / 1e6;
      return `${date} ${frame.campaign[row] ?? '-'} ${frame.conversions[row]} ${revenue} ${frame.currency[row]}`;
    });
    return lines.toSorted();
  }

  async coverage(): Promise<CoverageTable> {
    const rows = await this.context.db.selectFrom('memory.coverage').selectAll().execute();
    return rows[0] as CoverageTable;
  }

  async count(table: string): Promise<number> {
    const text = `select count(*) as n from ${table}`;
    const { rows } = await runtime.database.driver.query(this.context.organizationId, text, []);
    return rows[0]!.n as number;
  }
}

const march = ['2026-03-01 Brand 2 150.25 EUR', '2026-03-02 - 1 10 EUR'];

describe('ingest of items', () => {
  it('keeps their sums as daily records, and gives the items back by day and key', async () => {
    const shop = new Shop();
    const details = { coupon: 'x "y" \\ {,}' };
    const result = await shop.store([{ ...orders[2]!, details }, orders[0]!, orders[1]!]);
    expect(result).toMatchObject({ inserted: 3, updated: 0, repeated: false });
    expect(await shop.days()).toEqual(march);
    const frame = await shop.context.ports.memory.items(shop.context, { ...year, kinds });
    expect(frame.key).toEqual(['o1', 'o2', 'o3']);
    expect(frame.revenue).toEqual(BigInt64Array.of(100_250_000n, 50_000_000n, 10_000_000n));
    expect(JSON.parse(frame.details[2]!)).toEqual(details);
    expect(frame.basis).toEqual(['booked', 'booked', 'booked']);
    expect(await shop.coverage()).toMatchObject({ records: 2, items: 3, journeys: 0, first_date: '2026-03-01' });
  });

  it('changes nothing when the same batch or the same items come again, also at the same time', async () => {
    const shop = new Shop();
    const batchId = randomUUID();
    const results = await Promise.all([1, 2, 3].map(() => shop.store(orders, { batchId })));
    expect(results.filter(({ repeated }) => repeated)).toHaveLength(2);
    expect(await shop.store(orders)).toMatchObject({ inserted: 0, updated: 0, repeated: false });
    expect(await shop.days()).toEqual(march);
    expect(await shop.count(`memory.fact where batch_id <> '${batchId}'`)).toBe(0);
    expect(await shop.coverage()).toMatchObject({ records: 2, items: 3 });
  });

  it('moves an item that changed, day and campaign included, and takes back a record without items', async () => {
    const shop = new Shop();
    await shop.store(orders);
    const moved = [
      { ...orders[0]!, revenue: 80 },
      { ...orders[1]!, campaign: 'Other', date: '2026-03-03' },
      { ...orders[2]!, campaign: 'Other', date: '2026-03-03' },
    ];
    expect(await shop.store(moved)).toMatchObject({ inserted: 0, updated: 3 });
    expect(await shop.days()).toEqual(['2026-03-01 Brand 1 80 EUR', '2026-03-03 Other 2 60 EUR']);
    expect(await shop.coverage()).toMatchObject({ records: 2, items: 3 });
    expect(await shop.count('memory.entity')).toBe(2);
  });

  it('lets a late refund change the old day', async () => {
    const shop = new Shop();
    await shop.store(orders);
    await shop.store([
      { key: 'r1', kind: 'refund', date: '2026-03-01', campaign: 'Brand', revenue: -150.25, conversions: -1 },
    ]);
    expect(await shop.days()).toEqual(['2026-03-01 Brand 1 0 EUR', march[1]]);
  });

  it('never lets an older version replace a newer one', async () => {
    const shop = new Shop();
    await shop.store([{ ...orders[0]!, revenue: 3, updatedAt: '2026-03-03T00:00:00.002Z' }]);
    const older = { ...orders[0]!, revenue: 2, updatedAt: '2026-03-03T01:00:00.001+01:00' };
    expect(await shop.store([older])).toMatchObject({ inserted: 0, updated: 0, repeated: false });
    expect(await shop.days()).toEqual(['2026-03-01 Brand 1 3 EUR']);
    await shop.store([{ ...older, revenue: 4, updatedAt: '2026-03-03T00:00:00.002Z' }]);
    expect(await shop.days()).toEqual(['2026-03-01 Brand 1 4 EUR']);
  });

  it('adds nothing of what is gone, not even when an older version of it comes later', async () => {
    const shop = new Shop();
    await shop.store(orders);
    const gone = { ...orders[1]!, deleted: true, updatedAt: '2026-04-01T00:00:00Z' };
    await shop.store([gone, { ...orders[2]!, deleted: true }, { key: 'o9', deleted: true, updatedAt: gone.updatedAt }]);
    await shop.store([orders[1]!, { key: 'o9', revenue: 9, updatedAt: '2026-03-09T00:00:00Z' }]);
    expect(await shop.days()).toEqual(['2026-03-01 Brand 1 100.25 EUR']);
    expect(await shop.coverage()).toMatchObject({ records: 1, items: 1 });
    expect((await shop.context.ports.memory.items(shop.context, { ...year, kinds })).key).toEqual(['o1']);
    await shop.store([{ ...orders[2]!, revenue: 11 }]);
    expect(await shop.days()).toEqual(['2026-03-01 Brand 1 100.25 EUR', '2026-03-02 - 1 11 EUR']);
    expect(await shop.coverage()).toMatchObject({ records: 2, items: 2 });
  });

  it('keeps two currencies of a day apart', async () => {
    const shop = new Shop();
    await shop.store([orders[0]!, { ...orders[1]!, currency: 'USD' }]);
    expect(await shop.days()).toEqual(['2026-03-01 Brand 1 100.25 EUR', '2026-03-01 Brand 1 50 USD']);
    await shop.store([{ ...orders[1]!, currency: 'EUR' }]);
    expect(await shop.days()).toEqual([march[0]]);
  });

  it('makes no record of items without a channel, and no range of their days', async () => {
    const shop = new Shop();
    await shop.store([{ key: 'c1', kind: 'contact', channel: null, date: '2015-01-01', conversions: 0 }, orders[0]!]);
    expect(await shop.days()).toHaveLength(1);
    expect(await shop.coverage()).toMatchObject({ records: 1, items: 2, first_date: '2026-03-01' });
  });

  it('sums the items of one connection, stream and kind of source only', async () => {
    const shop = new Shop();
    const other = new Shop(shop.context.organizationId);
    await shop.store([orders[0]!]);
    await shop.store([orders[0]!], { stream: 'other' });
    await shop.store([orders[0]!], { sourceKind: 'mock' });
    await other.store([orders[0]!]);
    expect(await shop.days()).toEqual(Array<string>(3).fill('2026-03-01 Brand 1 100.25 EUR'));
  });

  it('forgets them with their connection, and shows nothing to another organisation', async () => {
    const mine = new Shop();
    const theirs = new Shop(undefined, mine.connectionId);
    await mine.store(orders);
    expect(await theirs.days()).toEqual([]);
    expect((await theirs.context.ports.memory.items(theirs.context, { ...year, kinds })).key).toEqual([]);
    await theirs.store(orders);
    await theirs.context.ports.memory.forgetConnection(theirs.context, mine.connectionId);
    expect(await theirs.count('memory.item')).toBe(0);
    expect(await theirs.count('memory.fact')).toBe(0);
    expect(await mine.days()).toEqual(march);
  });

  it('takes 20,000 at once and gives them back', async () => {
    const shop = new Shop();
    const many = Array.from({ length: 20_000 }, (_, index): TestItem => {
      const date = dayText(dayNumber('2026-01-01') + (index % 365));
      return { key: `k${index}`, date, campaign: `c${index % 40}`, revenue: index, details: { index } };
    });
    await shop.store(many);
    expect(await shop.store(many.map((item) => ({ ...item, revenue: 1 })))).toMatchObject({ updated: 19_999 });
    const frame = await shop.context.ports.memory.records(shop.context, year);
    expect(frame.revenue.reduce((sum, value) => sum + value, 0n)).toBe(20_000_000_000n);
    expect(frame.conversions.reduce((sum, value) => sum + value, 0)).toBe(20_000);
    const { records } = await shop.coverage();
    expect(records).toBe(frame.date.length);
    const items = await shop.context.ports.memory.items(shop.context, { ...year, kinds });
    expect(new Set(items.key).size).toBe(20_000);
    expect(items.date).toEqual(items.date.toSorted());
  });

  it.each<[string, (batch: ItemBatch) => unknown]>([
    ['key', ({ columns }) => (columns.key[1] = '')],
    ['key', ({ columns }) => (columns.key[1] = 'o1')],
    ['key', ({ columns }) => (columns.key[1] = 'a\0b')],
    ['kind', ({ columns }) => (columns.kind[0] = 'toString' as never)],
    ['date', ({ columns }) => (columns.date[0] = '2026-02-30')],
    ['occurredAt', ({ columns }) => (columns.occurredAt[0] = '2026-03-01')],
    ['updatedAt', ({ columns }) => (columns.updatedAt[0] = 'soon')],
    ['channel', ({ columns }) => (columns.channel[0] = '')],
    ['currency', ({ columns }) => (columns.currency[0] = 'eur')],
    ['spend', ({ columns }) => (columns.spend[0] = -1n)],
    ['conversions', ({ columns }) => (columns.conversions[0] = Number.NaN)],
    ['clicks', ({ columns }) => (columns.clicks[0] = Infinity)],
    ['details', ({ columns }) => (columns.details[0] = '[]')],
    ['details', ({ columns }) => (columns.details[0] = '{')],
    ['deleted', ({ columns }) => (columns.deleted = new Uint8Array(1))],
    ['basis', (batch) => (batch.basis = 'guessed' as never)],
  ])('refuses a batch with a wrong %s as a whole', async (field, spoil) => {
    const shop = new Shop();
    const batch = itemBatch(orders);
    spoil(batch);
    const refused = { code: 'BAD_USER_INPUT', details: { field } };
    await expect(shop.context.ports.memory.ingest(shop.context, batch)).rejects.toMatchObject(refused);
    expect(await shop.count('memory.item')).toBe(0);
  });
});

describe('records with an identity of their own', () => {
  const row = { date: '2026-03-01', channel: 'Search', campaign: 'Old', spend: 5 };

  it('replace the old name of a campaign instead of doubling its spend', async () => {
    const shop = new Shop();
    const { context, connectionId } = shop;
    const send = (campaign: string, date: string) => {
      const batch = recordBatch([{ ...row, campaign, date }], { connectionId });
      batch.columns.entity = ['account 1, campaign 7'];
      return context.ports.memory.ingest(context, batch);
    };
    await send('Old', '2026-03-01');
    await send('New', '2026-03-01');
    await send('New', '2026-03-02');
    expect(await shop.days()).toEqual(['2026-03-01 New 0 0 EUR', '2026-03-02 New 0 0 EUR']);
    expect(await shop.count('memory.entity')).toBe(1);
  });

  it('take the name that comes last in a batch, and keep two of one name apart', async () => {
    const shop = new Shop();
    const batch = recordBatch([row, { ...row, date: '2026-03-02', campaign: 'New' }, { ...row, campaign: 'New' }]);
    batch.columns.entity = ['1', '1', '2'];
    await shop.context.ports.memory.ingest(shop.context, batch);
    expect(await shop.days()).toEqual(['2026-03-01 New 0 0 EUR', '2026-03-01 New 0 0 EUR', '2026-03-02 New 0 0 EUR']);
  });

  it('need it in every row', async () => {
    const shop = new Shop();
    const batch = recordBatch([row, { ...row, campaign: 'b' }]);
    for (const entity of [['1'], ['1', '']]) {
      batch.columns.entity = entity;
      const refused = { details: { field: 'entity' } };
      await expect(shop.context.ports.memory.ingest(shop.context, batch)).rejects.toMatchObject(refused);
    }
  });
});
