import type { RecordFrame } from '@liftos/core/ports/memory.ts';
import type { MixData } from '../mix-data.pure.ts';

/** The first weeks of a simulated mix as daily records of a file: a seventh each, revenue on a channel without spend. */
export function recordsOfMix(data: MixData, count: number): Partial<RecordFrame> {
  const series = [...data.channels.map(({ name, spend }) => ({ name, spend, revenue: null })), { name: 'shop' }];
  const rows = series.flatMap((one) =>
    Array.from({ length: 7 * count }, (_, day) => ({
      date: new Date(Date.parse(`${data.dates[0]}T00:00:00Z`) + 86_400_000 * day).toISOString().slice(0, 10),
      channel: one.name,
      spend: 'spend' in one ? one.spend[Math.floor(day / 7)]! / 7 : 0,
      revenue: 'spend' in one ? 0 : data.kpi[Math.floor(day / 7)]! / 7,
    })),
  );
  const micros = (value: number): bigint => BigInt(Math.round(value * 1e6));
  return {
    date: rows.map(({ date }) => date),
    channel: rows.map(({ channel }) => channel),
    currency: rows.map(() => 'EUR'),
    spend: BigInt64Array.from(rows, ({ spend }) => micros(spend)),
    revenue: BigInt64Array.from(rows, ({ revenue }) => micros(revenue)),
    conversions: new Float64Array(rows.length),
    region: rows.map(() => null),
    impressions: new Float64Array(rows.length),
    clicks: new Float64Array(rows.length),
    connectionId: rows.map(() => '00000000-0000-7000-8000-000000000001'),
    sourceKind: rows.map(() => 'file'),
    basis: rows.map(() => 'claimed'),
  };
}
