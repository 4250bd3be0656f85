import { requireLength } from '../problem.pure.ts';
import { advanceBoth, type Layout } from './structural-model.pure.ts';

/** What the filter knew before a period, and how far it was off; `series` numbers come one per series. */
export interface FilterStep {
  readonly t: number;
  /** State expected, size x series. */
  readonly mean: Float64Array;
  /** Covariance of the state, size x size: the finite part, and that which is infinite; null once there is none. */
  readonly covariance: Float64Array;
  readonly diffuse: Float64Array | null;
  /** Observed less expected, and its variance: the finite part, and that which is infinite. Null when missing. */
  readonly innovation: { readonly errors: Float64Array; readonly variance: number; readonly diffuse: number } | null;
}

/** What the likelihood is made of. */
export interface FilterSums {
  /** Periods that count, and those used up by starting from no knowledge. */
  readonly periods: number;
  readonly diffusePeriods: number;
  readonly logVariances: number;
  readonly logDiffuse: number;
  /** Errors over their standard deviation, one array per series, of the periods that count. */
  readonly scaledErrors: readonly Float64Array[];
}

/** Beside the largest entry there was, an infinite part this small is none. */
const diffuseTolerance = 1e-9;
const steadyTolerance = 1e-12;

interface Work {
  readonly layout: Layout;
  readonly mean: Float64Array;
  readonly covariance: Float64Array;
  diffuse: Float64Array | null;
  /** Covariance with the observation. */
  readonly gain: Float64Array;
  readonly diffuseGain: Float64Array;
  readonly errors: Float64Array;
  steady: boolean;
}

/**
 * Kalman filter with the exact diffuse start of Koopman (1997; Durbin & Koopman 2012, chapter 5): nothing is assumed of
 * the level, slope and season at first. The first series is what is observed, NaN where missing; further ones are
 * regressors, run through the same filter so that their coefficients follow by least squares on the scaled errors.
 */
export function kalmanFilter(
  layout: Layout,
  irregular: number,
  series: readonly Float64Array[],
  record?: (step: FilterStep) => void,
): FilterSums {
  const observed = series[0]!;
  series.forEach((values) => requireLength(values.length, observed.length, 'A series'));
  const work = begin(layout, series.length);
  const sums = {
    periods: 0,
    diffusePeriods: 0,
    logVariances: 0,
    logDiffuse: 0,
    scaledErrors: series.map(() => new Float64Array(observed.length)),
  };
  let lastVariance = NaN;
  for (let t = 0; t < observed.length; t++) {
    const missing = Number.isNaN(observed[t]);
    if (missing) work.steady = false;
    if (!work.steady) writeGains(work);
    const innovation = {
      errors: writeErrors(work, series, t),
      variance: observe(layout, work.gain, 0) + irregular,
      diffuse: work.diffuse ? observe(layout, work.diffuseGain, 0) : 0,
    };
    record?.(stepAt(work, t, missing ? null : innovation));
    if (!missing) absorb(work, sums, innovation);
    const change = missing ? NaN : Math.abs(innovation.variance - lastVariance);
    predict(work, change <= steadyTolerance * innovation.variance);
    lastVariance = missing ? NaN : innovation.variance;
  }
  return { ...sums, scaledErrors: sums.scaledErrors.map((values) => values.subarray(0, sums.periods)) };
}

type Innovation = NonNullable<FilterStep['innovation']>;
type Sums = { -readonly [Key in keyof FilterSums]: FilterSums[Key] };

function writeErrors({ layout, mean, errors }: Work, series: readonly Float64Array[], t: number): Float64Array {
  for (let s = 0; s < series.length; s++) errors[s] = series[s]![t]! - observe(layout, mean, s * layout.size);
  return errors;
}

function stepAt({ mean, covariance, diffuse }: Work, t: number, innovation: Innovation | null): FilterStep {
  const kept = innovation && { ...innovation, errors: innovation.errors.slice() };
  return { t, mean: mean.slice(), covariance: covariance.slice(), diffuse: diffuse?.slice() ?? null, innovation: kept };
}

function absorb(work: Work, sums: Sums, { errors, variance, diffuse }: Innovation): void {
  if (diffuse > 0) {
    updateDiffuse(work, errors, variance, diffuse);
    sums.logDiffuse += Math.log(diffuse);
    sums.diffusePeriods++;
    return;
  }
  update(work, errors, variance);
  sums.logVariances += Math.log(variance);
  const deviation = Math.sqrt(variance);
  for (let s = 0; s < errors.length; s++) sums.scaledErrors[s]![sums.periods] = errors[s]! / deviation;
  sums.periods++;
}

function begin(layout: Layout, count: number): Work {
  const { size } = layout;
  const diffuse = new Float64Array(size * size);
  for (let state = 0; state < size; state++) diffuse[state * (size + 1)] = 1;
  return {
    layout,
    mean: new Float64Array(size * count),
    covariance: new Float64Array(size * size),
    diffuse,
    gain: new Float64Array(size),
    diffuseGain: new Float64Array(size),
    errors: new Float64Array(count),
    steady: false,
  };
}

/** Sum of the observed states from `start`. */
function observe({ observed }: Layout, states: Float64Array, start: number): number {
  let sum = 0;
  for (const state of observed) sum += states[start + state]!;
  return sum;
}

function writeGains({ layout, covariance, diffuse, gain, diffuseGain }: Work): void {
  const { size } = layout;
  for (let row = 0; row < size; row++) gain[row] = observe(layout, covariance, row * size);
  if (!diffuse) return;
  for (let row = 0; row < size; row++) diffuseGain[row] = observe(layout, diffuse, row * size);
  // What is left of an infinite variance after it has been observed away is rounding.
  if (observe(layout, diffuseGain, 0) < diffuseTolerance) diffuseGain.fill(0);
}

function update(
  { layout: { size }, mean, covariance, gain, steady }: Work,
  errors: Float64Array,
  variance: number,
): void {
  for (let s = 0; s < errors.length; s++) {
    const pull = errors[s]! / variance;
    for (let row = 0; row < size; row++) mean[s * size + row] = mean[s * size + row]! + gain[row]! * pull;
  }
  if (steady) return;
  for (let column = 0; column < size; column++) {
    const factor = gain[column]! / variance;
    const from = column * size;
    for (let row = 0; row < size; row++) covariance[from + row] = covariance[from + row]! - gain[row]! * factor;
  }
}

function updateDiffuse(work: Work, errors: Float64Array, variance: number, infinite: number): void {
  const { mean, covariance, gain, diffuseGain } = work;
  const [size, diffuse] = [work.layout.size, work.diffuse!];
  for (let s = 0; s < errors.length; s++) {
    const pull = errors[s]! / infinite;
    for (let row = 0; row < size; row++) mean[s * size + row] = mean[s * size + row]! + diffuseGain[row]! * pull;
  }
  const squared = variance / (infinite * infinite);
  for (let column = 0; column < size; column++) {
    const own = gain[column]!;
    const ownDiffuse = diffuseGain[column]!;
    const from = column * size;
    for (let row = 0; row < size; row++) {
      const both = gain[row]! * ownDiffuse + diffuseGain[row]! * own;
      covariance[from + row] = covariance[from + row]! - both / infinite + diffuseGain[row]! * ownDiffuse * squared;
      diffuse[from + row] = diffuse[from + row]! - (diffuseGain[row]! * ownDiffuse) / infinite;
    }
  }
  if (diffuse.every((value) => Math.abs(value) < diffuseTolerance)) work.diffuse = null;
}

/** On to the next period. Once the covariance no longer changes it need not be computed again. */
function predict(work: Work, maybeSteady: boolean): void {
  const { layout, mean, covariance, diffuse } = work;
  for (let start = 0; start < mean.length; start += layout.size) layout.advance(mean, start, 1);
  if (work.steady) return;
  const before = maybeSteady && !diffuse ? work.gain.slice() : null;
  advanceBoth(layout, covariance);
  layout.noise.forEach((value, state) => {
    const at = state * (layout.size + 1);
    covariance[at] = covariance[at]! + value;
  });
  if (diffuse) advanceBoth(layout, diffuse);
  if (!before) return;
  writeGains(work);
  work.steady = before.every((value, row) => Math.abs(value - work.gain[row]!) <= steadyTolerance * Math.abs(value));
}
