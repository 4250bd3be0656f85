import type { Basis, SourceKind } from '@liftos/core/ports/memory.ts';
import { describe, expect, it } from 'vitest';
import { buildMixData, type MixDataChoice } from './build-mix-data.pure.ts';

interface Row {
  date: string;
  channel: string;
  spend: number;
  revenue: number;
  conversions?: number;
  basis?: Basis;
  currency?: string;
  sourceKind?: SourceKind;
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
    sourceKind: rows.map(({ sourceKind }) => sourceKind ?? ('live' as const)),
    basis: rows.map(({ basis }) => basis ?? ('claimed' as const)),
  };
}

const choice: MixDataChoice = { kpi: 'revenue', basis: 'claimed', period: 'WEEK', events: [] };

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
    expect(warnings).toEqual(['6 records of days outside whole weeks were left out.']);
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
});
