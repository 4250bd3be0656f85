import type { Panel } from '../did/panel.pure.ts';
import { tQuantile } from '../numerics/distributions.pure.ts';
import { meanOf } from '../numerics/moments.pure.ts';
import { bandOf, type Band } from './lift-result.pure.ts';

/** Units that are treated. */
export function treatedCount({ firstTreated }: Panel): number {
  return firstTreated.filter(Number.isFinite).length;
}

/** How errors become bounds. */
export interface Judging {
  readonly df: number;
  readonly alpha: number;
  readonly factor: number;
}

export interface Paths {
  readonly observed: number[];
  readonly pointwise: Band;
  readonly cumulative: Band;
}

/**
 * Effects per period and their running totals against the mean before the treatment. Each is a difference of two means
 * over units, so that its clustered error follows from how units of a kind differ.
 */
export function pathsOf(panel: Panel, pre: number, { df, alpha, factor }: Judging): Paths {
  const { units, outcome, firstTreated, periods } = panel;
  const before = Float64Array.from({ length: units }, (_, unit) => {
    let sum = 0;
    for (let t = 0; t < pre; t++) sum += outcome[t * units + unit]!;
    return sum / pre;
  });
  const reach = -tQuantile(alpha / 2, df) * Math.sqrt(factor);
  const running = new Float64Array(units);
  const count = treatedCount(panel);
  const single = periods.map((_, t) => {
    const moved = before.map((own, unit) => outcome[t * units + unit]! - own);
    if (t >= pre) moved.forEach((value, unit) => (running[unit] = running[unit]! + value));
    return { now: difference(moved, firstTreated), sum: difference(running, firstTreated) };
  });
  const band = (rows: readonly { value: number; error: number }[], size: number, blank: number): Band =>
    bandOf(
      rows.map(({ value }) => value * size),
      rows.map(({ value, error }, at) => (at < blank ? null : (value - reach * error) * size)),
      rows.map(({ value, error }, at) => (at < blank ? null : (value + reach * error) * size)),
    );
  const observed = periods.map((_, t) => {
    const own = outcome.subarray(t * units, (t + 1) * units);
    return own.reduce((sum, value, unit) => sum + (Number.isFinite(firstTreated[unit]!) ? value / count : 0), 0);
  });
  return {
    observed,
    pointwise: band(
      single.map(({ now }) => now),
      1,
      pre,
    ),
    cumulative: band(
      single.slice(pre).map(({ sum }) => sum),
      count,
      0,
    ),
  };
}

/** Difference of the means of treated and untreated units, and its error when spreads differ. */
export function difference(values: Float64Array, firstTreated: Float64Array): { value: number; error: number } {
  const [treated, others] = [true, false].map((kind) => {
    const own = values.filter((_, unit) => Number.isFinite(firstTreated[unit]!) === kind);
    const mean = meanOf(own);
    return { mean, squares: own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length ** 2 };
  });
  return { value: treated!.mean - others!.mean, error: Math.sqrt(treated!.squares + others!.squares) };
}
