import type { Basis, SourceKind } from '@liftos/core/ports/memory.ts';
import { describe, expect, it } from 'vitest';
import { buildMixData } from './build-mix-data.pure.ts';
import type { MixDataChoice } from './mix-choice.pure.ts';

interface Row {
  date: string;
  channel: string;
  spend: number;
  revenue: number;
  conversions?: number;
  basis?: Basis;
  currency?: string;
  sourceKind?: SourceKind;
  region?: string | null;
  clicks?: number;
}

function columnsOf(rows: Row[]) {
  const micros = (value: number): bigint => BigInt(Math.round(value * 1e6));
  return {
    date: rows.map(({ date }) => date),
    channel: rows.map(({ channel }) => channel),
    currency: rows.map(({ currency }) => currency ?? 'EUR'),
    spend: BigInt64Array.from(rows, ({ spend }) => micros(spend)),
    revenue: BigInt64Array.from(rows, ({ revenue }) => micros(revenue)),
    conversions: Float64Array.from(rows, ({ conversions }) => conversions ?? 1),
    region: rows.map(({ region }) => region ?? null),
    impressions: new Float64Array(rows.length),
    clicks: Float64Array.from(rows, ({ clicks }) => clicks ?? 0),
    connectionId: rows.map(() => 'c'),
    sourceKind: rows.map(({ sourceKind }) => sourceKind ?? ('live' as const)),
    basis: rows.map(({ basis }) => basis ?? ('claimed' as const)),
  };
}

const choice: MixDataChoice = {
  kpi: 'revenue',
  basis: 'claimed',
  period: 'WEEK',
  geo: 'NATIONAL',
  media: 'spend',
  mediaOf: {},
  only: null,
  events: [],
  holidays: null,
  controls: [],
  populations: null,
};

/** Three weeks and some days from Saturday 30 December 2023, a row of search and of email each day. */
const rows = Array.from({ length: 24 }, (_, index): Row[] => {
  const date = new Date(Date.UTC(2023, 11, 30 + index)).toISOString().slice(0, 10);
  return [
    { date, channel: 'search', spend: 1.5, revenue: index },
    { date, channel: 'email', spend: 0, revenue: 1 },
  ];
}).flat();

describe('buildMixData', () => {
  it('adds up whole weeks from Monday, and says what it left out', () => {
    const { data, currency, from, to, warnings } = buildMixData(columnsOf(rows), choice);
    expect(data.dates).toEqual(['2024-01-01', '2024-01-08', '2024-01-15']);
    // Days 2 to 8, 9 to 15 and 16 to 22, and 7 of email.
    expect([...data.kpi]).toEqual([42, 91, 140]);
    expect(data.channels).toEqual([{ name: 'search', spend: Float64Array.of(10.5, 10.5, 10.5) }]);
    expect({ currency, from, to }).toEqual({ currency: 'EUR', from: '2024-01-01', to: '2024-01-21' });
    expect(warnings[0]).toBe('6 records of days outside whole weeks were left out.');
  });

  it('takes days as they are, and marks events', () => {
    const events = [
      { name: 'New Year', dates: ['2024-01-01', '2025-01-01'] },
      { name: 'Easter', dates: ['2024-03-31'] },
    ];
    const days = buildMixData(columnsOf(rows), { ...choice, period: 'DAY', events }).data;
    expect(days.kpi).toHaveLength(24);
    expect(days.events).toHaveLength(1);
    expect(days.events[0]!.values.indexOf(1)).toBe(2);
    expect(buildMixData(columnsOf(rows), { ...choice, events }).data.events[0]!.values[0]).toBeCloseTo(1 / 7, 12);
  });

  it('counts one basis alone, and spend of all', () => {
    const shop = rows.map((row): Row => ({ ...row, channel: 'shop', spend: 0, revenue: 5, basis: 'booked' }));
    const { data } = buildMixData(columnsOf([...rows, ...shop]), { ...choice, basis: 'booked' });
    expect([...data.kpi]).toEqual([70, 70, 70]);
    expect(data.channels.map(({ name }) => name)).toEqual(['search']);
    const conversions = buildMixData(columnsOf(rows), { ...choice, kpi: 'conversions' }).data.kpi;
    expect([...conversions]).toEqual([14, 14, 14]);
  });

  it('refuses gaps, several currencies, generated among real records, and nothing', () => {
    const refuses = (changed: Row[], kind: string, message: RegExp): void => {
      expect(() => buildMixData(columnsOf(changed), choice)).toThrow(expect.objectContaining({ kind }));
      expect(() => buildMixData(columnsOf(changed), choice)).toThrow(message);
    };
    refuses(
      rows.filter(({ date }) => date !== '2024-01-10' && date !== '2024-01-11'),
      'GAP',
      /2024-01-10 and 1 more/,
    );
    refuses([...rows, { ...rows[0]!, currency: 'USD' }], 'SHAPE', /EUR and USD/);
    refuses([...rows, { ...rows[0]!, sourceKind: 'mock' }], 'SHAPE', /Generated/);
    refuses([], 'TOO_FEW', /no records/);
    refuses(rows.slice(0, 6), 'TOO_FEW', /whole period/);
  });

  it('does not depend on the order of the records, to the last digit', () => {
    const uneven = rows.map((row, index) => ({
      ...row,
      spend: 0.1 + index / 7,
      revenue: 1e6 / (index + 3),
      conversions: 0.1,
    }));
    const forward = buildMixData(columnsOf(uneven), choice).data;
    expect(buildMixData(columnsOf(uneven.toReversed()), choice).data).toEqual(forward);
  });

  it('takes impressions or clicks as media, and names a channel that has none', () => {
    const clicked = rows.map((row) => ({ ...row, clicks: row.channel === 'search' ? 3 : 0 }));
    const { channels } = buildMixData(columnsOf(clicked), { ...choice, media: 'clicks' }).data;
    expect(channels).toEqual([
      { name: 'search', spend: Float64Array.of(10.5, 10.5, 10.5), media: Float64Array.of(21, 21, 21) },
    ]);
    const missing = () => buildMixData(columnsOf(clicked), { ...choice, mediaOf: { search: 'impressions' } });
    expect(missing).toThrow(expect.objectContaining({ details: expect.objectContaining({ field: 'channels' }) }));
    const unknown = () => buildMixData(columnsOf(rows), { ...choice, only: ['radio'] });
    expect(unknown).toThrow(expect.objectContaining({ details: expect.objectContaining({ field: 'onlyChannels' }) }));
  });

  it('takes controls from records and from values, and says which period has none', () => {
    const controls: MixDataChoice['controls'] = [
      { name: 'mails', channel: 'email', measure: 'conversions' },
      { name: 'price', dates: ['2024-01-01', '2024-01-02', '2024-01-08', '2024-01-20'], values: [1, 3, 5, 6] },
    ];
    const { data } = buildMixData(columnsOf(rows), { ...choice, controls });
    expect(data.controls.map(({ values }) => [...values])).toEqual([
      [7, 7, 7],
      [2, 5, 6],
    ]);
    const price = { name: 'price', dates: ['2024-01-01'], values: [1] };
    expect(() => buildMixData(columnsOf(rows), { ...choice, controls: [price] })).toThrow(/from 2024-01-08/);
  });

  it('makes an event of each holiday that comes again, and one of the others', () => {
    const holidays = [
      { date: '2024-01-01', name: 'New Year', isPublic: true },
      { date: '2024-01-06', name: 'Epiphany', isPublic: true },
      { date: '2024-01-13', name: 'Epiphany', isPublic: true },
      { date: '2024-01-14', name: 'Bad jokes', isPublic: false },
    ];
    const marked = { ...choice, holidays: { region: 'AT', publicOnly: true } };
    const { events } = buildMixData(columnsOf(rows), marked, holidays).data;
    expect(events.map(({ name, values }) => [name, ...values])).toEqual([
      ['Epiphany', 1 / 7, 1 / 7, 0],
      ['other holidays', 1 / 7, 0, 0],
    ]);
  });

  it('puts regions one after the other, and shares out what names none', () => {
    const regional = ['north', 'south', 'west'].flatMap((region, index) =>
      rows.map((row) => ({ ...row, region, revenue: index < 2 ? 3 - 2 * index : 0 })),
    );
    const national = rows.map((row) => ({ ...row, channel: 'tv', spend: 4, revenue: 0, region: null }));
    const { data, warnings } = buildMixData(columnsOf([...regional, ...national]), { ...choice, geo: 'REGION' });
    expect(data.geos).toEqual(['north', 'south']);
    expect([...data.kpi]).toEqual([42, 42, 42, 14, 14, 14]);
    expect([...data.populations!]).toEqual([42, 14]);
    const tv = data.channels.find(({ name }) => name === 'tv')!;
    expect([...tv.spend]).toEqual([42, 42, 42, 14, 14, 14]);
    expect(warnings.join(' ')).toMatch(/west: too few.*Spend of tv/);
    expect(() => buildMixData(columnsOf(rows), { ...choice, geo: 'REGION' })).toThrow(/national/);
  });
});
