import type { RecordFrame } from '@liftos/core/ports/memory.ts';
import { stream } from '../../numerics/random/stream.pure.ts';

export interface MadeRecords {
  readonly days?: number;
  readonly regions?: readonly string[];
  /** Regions that spend twice as much, and by how much revenue rises a day there, from `start` on. */
  readonly treated?: readonly string[];
  readonly start?: number;
  readonly effect?: number;
}

export const madeRegions = ['north', 'south', 'east', 'west', 'centre', 'coast', 'hills', 'lakes'];

/** The day so many days after 1 January 2026. */
export function dayAt(index: number): string {
  return new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10);
}

/** Daily records of regions that follow one path, with an effect in some: spend of a channel, revenue as booked. */
export function regionRecords({
  days = 70,
  regions = madeRegions,
  treated = ['north'],
  start = 56,
  effect = 60,
}: MadeRecords = {}): RecordFrame {
  const random = stream(11);
  let level = 500;
  const path = Array.from({ length: days }, () => (level += 8 * random.normal()));
  const rows = regions.flatMap((region, place) =>
    path.flatMap((value, day) => {
      const moved = treated.includes(region) && day >= start;
      const revenue = (0.8 + 0.05 * place) * value + 5 * random.normal() + (moved ? effect : 0);
      const own = { date: dayAt(day), region };
      return [
        { ...own, channel: 'Search', spend: moved ? 40 : 20, revenue: 0, basis: 'claimed' as const },
        { ...own, channel: 'Shop', spend: 0, revenue, basis: 'booked' as const },
      ];
    }),
  );
  const micros = (value: number): bigint => BigInt(Math.round(value * 1e6));
  const nothing = (): Float64Array => new Float64Array(rows.length);
  return {
    date: rows.map(({ date }) => date),
    region: rows.map(({ region }) => region),
    channel: rows.map(({ channel }) => channel),
    campaign: rows.map(() => null),
    adGroup: rows.map(() => null),
    ad: rows.map(() => null),
    currency: rows.map(() => 'EUR'),
    spend: BigInt64Array.from(rows, ({ spend }) => micros(spend)),
    revenue: BigInt64Array.from(rows, ({ revenue }) => micros(revenue)),
    conversions: nothing(),
    impressions: nothing(),
    clicks: nothing(),
    connectionId: rows.map(() => ''),
    sourceKind: rows.map(() => 'file' as const),
    basis: rows.map(({ basis }) => basis),
    quality: nothing().fill(1),
  };
}
