import type { Principal } from '@liftos/core/context.ts';
import type { MemoryPort, RecordFrame, RecordQuery } from '@liftos/core/ports/memory.ts';
import { columnOf } from '../../numerics/linear/matrix.pure.ts';
import type { Panel } from '../../synthetic-control/panel.pure.ts';

/** Daily records of one organisation: revenue of a panel, and what was spent in a market on a day. */
export interface RegionWorld {
  readonly panel: Panel;
  readonly channel: string;
  readonly spend: (market: string, day: string) => number;
}

/** A memory port whose records are the regional figures a test puts in. */
export function createRegionMemory() {
  const worlds = new Map<string, RegionWorld>();
  const port = {
    records: ({ organizationId }: Principal, query: RecordQuery) =>
      Promise.resolve(recordsOf(worlds.get(organizationId), query)),
  };
  return {
    port: port as unknown as MemoryPort,
    put: (organizationId: string, world: RegionWorld) => void worlds.set(organizationId, world),
  };
}

function recordsOf(world: RegionWorld | undefined, { from, to }: RecordQuery): Partial<RecordFrame> {
  const { units, periods, outcomes } = world?.panel ?? { units: [], periods: [], outcomes: null };
  const rows = units.flatMap((region, unit) => {
    const values = columnOf(outcomes!, unit);
    return periods.flatMap((date, day) => (date < from || date > to ? [] : [{ region, date, revenue: values[day]! }]));
  });
  const micros = (value: number): bigint => BigInt(Math.round(value * 1e6));
  return {
    date: rows.map(({ date }) => date),
    region: rows.map(({ region }) => region),
    channel: rows.map(() => world!.channel),
    campaign: rows.map(() => null),
    currency: rows.map(() => 'EUR'),
    spend: BigInt64Array.from(rows, ({ region, date }) => micros(world!.spend(region, date))),
    revenue: BigInt64Array.from(rows, ({ revenue }) => micros(revenue)),
    conversions: new Float64Array(rows.length),
    sourceKind: rows.map(() => 'file' as const),
    basis: rows.map(() => 'claimed' as const),
  };
}
