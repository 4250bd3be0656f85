import { Problem } from '../numerics/problem.pure.ts';
import { sumOf } from '../numerics/moments.pure.ts';
import type { AddedUp } from './add-up-records.pure.ts';
import type { PeriodGrid } from './period-grid.pure.ts';

/** The regions of a model, and how figures come to them. */
export interface Regions {
  readonly names: readonly string[];
  /** Null in a national model. */
  readonly populations: Float64Array | null;
  /** The share of each region in what is about no single one. */
  readonly shares: Float64Array;
  readonly warnings: readonly string[];
  /** The rows of these regions out of those of all. */
  pick(values: Float64Array): Float64Array;
  /** The same values for every region. */
  repeat(values: Float64Array): Float64Array;
}

/** Regions known in a smaller share of the periods than this are left out. */
const leastKnown = 0.5;

/**
 * The regions that have enough records and a KPI above 0. Without populations regions are scaled by their mean KPI, so
 * that effects are compared per unit of their usual size. Throws Problems: TOO_FEW for fewer than two, OUT_OF_RANGE
 * when a population is missing.
 */
export function chooseRegions(
  sums: AddedUp,
  all: readonly string[] | null,
  { periods }: PeriodGrid,
  populations: Readonly<Record<string, number>> | null,
): Regions {
  if (all === null) return nation();
  const rowsOf = (values: ArrayLike<number>, region: number): number[] =>
    Array.from({ length: periods }, (_, period) => values[region * periods + period]!);
  const totals = all.map((_, region) => sumOf(rowsOf(sums.kpi.byRegion, region)));
  const known = all.map((_, region) => sumOf(rowsOf(sums.known, region)));
  const kept = all.flatMap((_, region) =>
    totals[region]! > 0 && known[region]! >= leastKnown * periods ? [region] : [],
  );
  if (kept.length < 2) {
    const message = `Only ${kept.length} of the regions of the records have enough of them; choose a national model.`;
    throw new Problem('TOO_FEW', message, { field: 'geo' });
  }
  const names = kept.map((region) => all[region]!);
  const nameless = names.find((name) => populations && !(populations[name]! > 0));
  if (nameless !== undefined) {
    throw new Problem('OUT_OF_RANGE', `Say how many people live in ${nameless}.`, { field: 'populations' });
  }
  const total = kept.reduce((sum, region) => sum + totals[region]!, 0);
  return {
    names,
    populations: Float64Array.from(kept, (region, index) => populations?.[names[index]!] ?? totals[region]! / periods),
    shares: Float64Array.from(kept, (region) => totals[region]! / total),
    warnings: warningsOf(sums, all, kept, known, periods),
    pick: (values) => Float64Array.from(kept.flatMap((region) => rowsOf(values, region))),
    repeat: (values) => Float64Array.from(kept.flatMap(() => [...values])),
  };
}

/** A figure by region; what is about no single region goes to each by its share of the KPI. */
export function spread(
  { byRegion, elsewhere }: { byRegion: Float64Array; elsewhere: Float64Array },
  regions: Regions,
): Float64Array {
  const values = regions.pick(byRegion);
  const periods = elsewhere.length;
  for (let row = 0; row < values.length; row++) {
    values[row]! += elsewhere[row % periods]! * regions.shares[Math.floor(row / periods)]!;
  }
  return values;
}

function nation(): Regions {
  const same = (values: Float64Array): Float64Array => values;
  return { names: ['all'], populations: null, shares: Float64Array.of(1), warnings: [], pick: same, repeat: same };
}

function warningsOf(
  { kpi, channels }: AddedUp,
  all: readonly string[],
  kept: readonly number[],
  known: readonly number[],
  periods: number,
): string[] {
  const warnings: string[] = [];
  const left = all.filter((_, region) => !kept.includes(region));
  if (left.length > 0) warnings.push(`${left.join(', ')}: too few records or no KPI, so left out.`);
  const sparse = kept.filter((region) => known[region]! < periods);
  if (sparse.length > 0) {
    const names = sparse.map((region) => all[region]).join(', ');
    warnings.push(`${names}: periods without any record count as 0.`);
  }
  const [outside, inside] = [kpi.elsewhere, kpi.byRegion].map((values) => sumOf(values));
  if (outside! !== 0) {
    const share = (100 * outside!) / (outside! + inside!);
    warnings.push(`${share.toFixed(1)} % of the KPI names no region and was left out.`);
  }
  const national = [...channels].filter(([, { spend }]) => spend.elsewhere.some((value) => value !== 0));
  if (national.length > 0) {
    const names = national.map(([name]) => name).toSorted();
    warnings.push(`Spend of ${names.join(', ')} that names no region was given to regions by their share of the KPI.`);
  }
  return warnings;
}
