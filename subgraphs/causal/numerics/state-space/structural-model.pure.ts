import { Problem } from '../problem.pure.ts';

/** A series as the sum of parts that change slowly, in the terms of Harvey (1989). All numbers are variances. */
export interface StructuralModel {
  readonly irregular: number;
  /** Of the steps of a random-walk level; 0 keeps it where it is. */
  readonly level: number;
  /** Of the changes of the level's slope; absent for a level without one. */
  readonly slope?: number;
  /** `period` values that recur and add up to nothing, but for noise of this variance. */
  readonly season?: { readonly period: number; readonly variance: number };
}

/**
 * The model in state-space form: y = sum of the observed states + noise, state' = T state + noise. T is applied in place
 * to `size` entries from `start`, `stride` apart, so that it costs no more than the states, not their square.
 */
export interface Layout {
  readonly size: number;
  readonly observed: readonly number[];
  /** Where the seasonal states begin: after the level, and the slope if there is one. */
  readonly first: number;
  /** Variance of what is added to each state. */
  readonly noise: Float64Array;
  readonly advance: (x: Float64Array, start: number, stride: number) => void;
  /** The transpose of T. */
  readonly retreat: (x: Float64Array, start: number, stride: number) => void;
}

/** Throws OUT_OF_RANGE for a negative variance or a season shorter than two periods. */
export function layoutOf(model: StructuralModel): Layout {
  requireModel(model);
  const { level, slope, season } = model;
  const first = slope === undefined ? 1 : 2;
  const seasonal = season ? season.period - 1 : 0;
  const noise = new Float64Array(first + seasonal);
  noise[0] = level;
  if (slope !== undefined) noise[1] = slope;
  if (season) noise[first] = season.variance;
  return {
    size: first + seasonal,
    observed: season ? [0, first] : [0],
    first,
    noise,
    advance(x, start, stride) {
      if (first === 2) x[start] = x[start]! + x[start + stride]!;
      if (seasonal > 0) advanceSeason(x, start + first * stride, stride, seasonal);
    },
    retreat(x, start, stride) {
      if (first === 2) x[start + stride] = x[start + stride]! + x[start]!;
      if (seasonal > 0) retreatSeason(x, start + first * stride, stride, seasonal);
    },
  };
}

function requireModel({ irregular, level, slope = 0, season }: StructuralModel): void {
  const variances = [irregular, level, slope, season?.variance ?? 0];
  if (!variances.every((variance) => variance >= 0 && Number.isFinite(variance))) {
    throw new Problem('OUT_OF_RANGE', `A variance is negative or missing: ${variances.join(', ')}.`);
  }
  if (!season || (Number.isInteger(season.period) && season.period >= 2)) return;
  throw new Problem('OUT_OF_RANGE', `A season has a whole number of periods, 2 or more, not ${season.period}.`);
}

/** The next season is less the sum of the others; the others move one on. */
function advanceSeason(x: Float64Array, start: number, stride: number, states: number): void {
  let sum = 0;
  for (let at = start + (states - 1) * stride; at >= start; at -= stride) {
    sum += x[at]!;
    if (at > start) x[at] = x[at - stride]!;
  }
  x[start] = -sum;
}

function retreatSeason(x: Float64Array, start: number, stride: number, states: number): void {
  const head = x[start]!;
  const last = start + (states - 1) * stride;
  for (let at = start; at < last; at += stride) x[at] = x[at + stride]! - head;
  x[last] = -head;
}

/** T P T' of a covariance of states, in place; by moving blocks of memory, for it is most of a seasonal filter's work. */
export function advanceBoth({ size, first, noise }: Layout, covariance: Float64Array): void {
  if (first === 2) {
    for (let at = 0; at < covariance.length; at += size) covariance[at] = covariance[at]! + covariance[at + 1]!;
    for (let row = 0; row < size; row++) covariance[row] = covariance[row]! + covariance[size + row]!;
  }
  if (noise.length > first) advanceSeasons(covariance, size, first);
}

function advanceSeasons(covariance: Float64Array, size: number, first: number): void {
  const sums = new Float64Array(size);
  for (let column = 0; column < size; column++) {
    const [head, end] = [column * size + first, (column + 1) * size];
    let sum = 0;
    for (let at = head; at < end; at++) sum += covariance[at]!;
    covariance.copyWithin(head + 1, head, end - 1);
    covariance[head] = -sum;
    if (column < first) continue;
    for (let row = 0; row < size; row++) sums[row] = sums[row]! - covariance[column * size + row]!;
  }
  covariance.copyWithin((first + 1) * size, first * size, (size - 1) * size);
  covariance.set(sums, first * size);
}
