import type { RecordFrame } from '@liftos/core/ports/memory.ts';
import type { Measure, MixDataChoice } from './mix-choice.pure.ts';
import { periodOf, type PeriodGrid } from './period-grid.pure.ts';

export type MixRecords = Pick<
  RecordFrame,
  | 'date'
  | 'channel'
  | 'currency'
  | 'region'
  | 'spend'
  | 'impressions'
  | 'clicks'
  | 'conversions'
  | 'revenue'
  | 'sourceKind'
  | 'basis'
  | 'connectionId'
>;

/** Sums of one figure: by region and period, and of what is about no single region. */
interface Sums {
  readonly byRegion: Float64Array;
  readonly elsewhere: Float64Array;
}

/** Figures by channel and by measure. */
export interface AddedUp {
  readonly channels: ReadonlyMap<string, Readonly<Record<Measure, Sums>>>;
  readonly kpi: Sums;
  /** Whether a region has records in a period, in the order of rows. */
  readonly known: Uint8Array;
  /** Records outside the periods. */
  readonly left: number;
}

/**
 * Adds daily records up by region, period and channel. Sums are of whole millionths, which doubles hold exactly up to
 * nine thousand million, so that the order of the records does not matter to the last digit.
 */
export function addUpRecords(
  records: MixRecords,
  grid: PeriodGrid,
  regions: readonly string[] | null,
  { kpi, basis }: Pick<MixDataChoice, 'kpi' | 'basis'>,
): AddedUp {
  const periods = new Map([...new Set(records.date)].map((date) => [date, periodOf(grid, date)]));
  const cells = cellsOf(regions, grid.periods);
  const channels = new Map<string, Record<Measure, Sums>>();
  const total = cells.sums();
  const known = new Uint8Array(total.byRegion.length);
  let left = 0;
  for (let row = 0; row < records.date.length; row++) {
    const period = periods.get(records.date[row]!)!;
    if (period < 0) {
      left++;
      continue;
    }
    const name = records.channel[row]!;
    const own = channels.get(name) ?? cells.measures();
    channels.set(name, own);
    const region = cells.regionOf(records.region[row] ?? null);
    if (region >= 0) known[region * grid.periods + period] = 1;
    const add = (to: Sums, value: number): void => {
      if (region < 0) to.elsewhere[period]! += value;
      else to.byRegion[region * grid.periods + period]! += value;
    };
    add(own.spend, Number(records.spend[row]!));
    add(own.impressions, micros(records.impressions[row]!));
    add(own.clicks, micros(records.clicks[row]!));
    if (records.basis[row] !== basis) continue;
    const [revenue, conversions] = [Number(records.revenue[row]!), micros(records.conversions[row]!)];
    add(own.revenue, revenue);
    add(own.conversions, conversions);
    add(total, kpi === 'revenue' ? revenue : conversions);
  }
  for (const own of channels.values()) for (const one of Object.values(own)) toUnits(one);
  toUnits(total);
  return { channels, kpi: total, known, left };
}

/** Empty sums, and where a region stands in them: -1 for what names none; a national model has one region. */
function cellsOf(regions: readonly string[] | null, periods: number) {
  const places = regions && new Map(regions.map((name, index) => [name, index]));
  const size = periods * (regions?.length ?? 1);
  const sums = (): Sums => ({ byRegion: new Float64Array(size), elsewhere: new Float64Array(periods) });
  return {
    sums,
    measures: (): Record<Measure, Sums> => ({
      spend: sums(),
      revenue: sums(),
      conversions: sums(),
      impressions: sums(),
      clicks: sums(),
    }),
    regionOf: (name: string | null): number => (places ? (places.get(name ?? '') ?? -1) : 0),
  };
}

function micros(value: number): number {
  return Math.round(value * 1e6);
}

function toUnits({ byRegion, elsewhere }: Sums): void {
  for (const values of [byRegion, elsewhere]) {
    for (let index = 0; index < values.length; index++) values[index] = values[index]! / 1e6;
  }
}
