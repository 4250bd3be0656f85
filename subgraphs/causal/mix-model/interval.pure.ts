import { quantileOfSorted } from '../numerics/random/resample.pure.ts';

/** A posterior in three numbers: its mean and the interval that holds 90 % of it, 5 % beyond either end. */
export interface Interval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

export function intervalOf(draws: Float64Array): Interval {
  const sorted = draws.slice().sort();
  let sum = 0;
  for (const value of sorted) sum += value;
  return { mean: sum / sorted.length, low: quantileOfSorted(sorted, 0.05), high: quantileOfSorted(sorted, 0.95) };
}
