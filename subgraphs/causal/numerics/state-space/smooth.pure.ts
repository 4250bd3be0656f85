import { addScaled } from '../linear/matrix.pure.ts';
import { requireLength } from '../problem.pure.ts';
import type { Regressor } from './fit-structural.pure.ts';
import { kalmanFilter, type FilterStep } from './kalman-filter.pure.ts';
import {
  addOuter,
  addProduct,
  between,
  coupled,
  retreatBoth,
  retreatColumns,
  sandwichOf,
  transposed,
  type Square,
} from './smooth-algebra.pure.ts';
import { layoutOf, type Layout, type StructuralModel } from './structural-model.pure.ts';

/** One number per period, with its variance. */
export interface Path {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

export interface Smoothed {
  /** Level, slope and season by all the data, states x periods (state s of period t at `t * states + s`). */
  readonly states: Path;
  readonly size: number;
  /** What is expected of the series without the irregular part: level, season and regression. Also where it is missing. */
  readonly signal: Path;
  /** The same by the data up to each period only. */
  readonly filtered: Path;
}

/**
 * Kalman smoother with exact diffuse start (Durbin & Koopman 2012, section 5.3), for given variances and coefficients,
 * whose own uncertainty is not part of the result. Periods after the last observation are forecasts.
 */
export function smooth(
  model: StructuralModel,
  series: Float64Array,
  regressors: readonly Regressor[] = [],
  coefficients: ArrayLike<number> = [],
): Smoothed {
  requireLength(coefficients.length, regressors.length, 'The coefficients');
  const layout = layoutOf(model);
  const explained = series.map((_, t) =>
    regressors.reduce((sum, { values }, index) => sum + coefficients[index]! * values[t]!, 0),
  );
  const steps: FilterStep[] = [];
  kalmanFilter(layout, model.irregular, [series.map((value, t) => value - explained[t]!)], (step) => steps.push(step));
  const filtered = emptyPath(series.length);
  steps.forEach((step) => writeFiltered(layout, model.irregular, step, filtered));
  const { states, signal } = backwards(layout, steps);
  for (const path of [signal, filtered]) {
    explained.forEach((value, t) => (path.mean[t] = path.mean[t]! + value));
  }
  return { states, size: layout.size, signal, filtered };
}

function emptyPath(length: number): Path {
  return { mean: new Float64Array(length), variance: new Float64Array(length) };
}

function writeFiltered({ observed }: Layout, irregular: number, step: FilterStep, into: Path): void {
  const { t, mean, innovation } = step;
  const expected = observed.reduce((sum, state) => sum + mean[state]!, 0);
  if (!innovation) {
    [into.mean[t], into.variance[t]] = [
      expected,
      step.diffuse ? Infinity : observedVariance(observed, step.covariance),
    ];
    return;
  }
  const { errors, variance, diffuse } = innovation;
  const share = diffuse > 0 ? 1 : (variance - irregular) / variance;
  into.mean[t] = expected + share * errors[0]!;
  into.variance[t] = diffuse > 0 ? irregular : share * irregular;
}

function observedVariance(observed: readonly number[], covariance: Float64Array): number {
  const size = Math.sqrt(covariance.length);
  let sum = 0;
  for (const row of observed) for (const column of observed) sum += covariance[column * size + row]!;
  return sum;
}

/** r and N of Durbin & Koopman, with the parts that belong to the infinite variances. */
interface Backward {
  readonly r0: Float64Array;
  readonly r1: Float64Array;
  readonly n0: Square;
  readonly n1: Square;
  readonly n2: Square;
}

function backwards(layout: Layout, steps: readonly FilterStep[]): { states: Path; signal: Path } {
  const { size, observed } = layout;
  const back: Backward = {
    r0: new Float64Array(size),
    r1: new Float64Array(size),
    n0: new Float64Array(size * size),
    n1: new Float64Array(size * size),
    n2: new Float64Array(size * size),
  };
  const states = emptyPath(size * steps.length);
  const signal = emptyPath(steps.length);
  for (let t = steps.length - 1; t >= 0; t--) {
    const step = steps[t]!;
    stepBack(layout, step, back);
    const smoothed = smoothedAt(layout, step, back);
    states.mean.set(smoothed.mean, t * size);
    states.variance.set(smoothed.variances, t * size);
    signal.mean[t] = observed.reduce((sum, state) => sum + smoothed.mean[state]!, 0);
    signal.variance[t] = smoothed.observed;
  }
  return { states, signal };
}

/** From after the period to before it. */
function stepBack(layout: Layout, { covariance, diffuse, innovation }: FilterStep, back: Backward): void {
  const { r0, r1, n0, n1, n2 } = back;
  layout.retreat(r0, 0, 1);
  retreatBoth(layout, n0);
  if (diffuse) {
    layout.retreat(r1, 0, 1);
    retreatBoth(layout, n1);
    retreatBoth(layout, n2);
  }
  if (!innovation) return;
  const gain = coupled(layout, covariance);
  if (innovation.diffuse > 0) {
    pullDiffuse(layout, { gain, diffuseGain: coupled(layout, diffuse!), innovation }, back);
    return;
  }
  const factor = 1 / innovation.variance;
  const pull = gain.map((value) => -value * factor);
  if (diffuse) n1.set(retreatColumns(layout, n1, pull));
  n0.set(sandwichOf(layout, n0, pull));
  addOuter(layout, n0, factor);
  correct(layout, r0, pull, factor * innovation.errors[0]!);
}

interface DiffuseStep {
  readonly gain: Float64Array;
  readonly diffuseGain: Float64Array;
  readonly innovation: NonNullable<FilterStep['innovation']>;
}

/** L0 = I - gain0 Z' and L1 = -gain1 Z', T having been taken out beforehand (section 5.3.1). */
function pullDiffuse(layout: Layout, { gain, diffuseGain, innovation }: DiffuseStep, back: Backward): void {
  const { errors, variance, diffuse } = innovation;
  const { r0, r1, n0, n1, n2 } = back;
  const pull0 = diffuseGain.map((value) => -value / diffuse);
  const pull1 = gain.map((value, row) => -(value / diffuse - (diffuseGain[row]! * variance) / (diffuse * diffuse)));
  const through = r0.reduce((sum, value, row) => sum + value * pull1[row]!, 0);
  correct(layout, r1, pull0, errors[0]! / diffuse + through);
  correct(layout, r0, pull0, 0);
  const across = retreatColumns(layout, n0, pull0);
  const size = layout.size;
  const crossed = new Float64Array(size);
  const twice = new Float64Array(size);
  const mixed = retreatColumns(layout, transposed(n1, size), pull0);
  let own = 0;
  for (let column = 0; column < size; column++) {
    for (let row = 0; row < size; row++) {
      crossed[column] = crossed[column]! + pull1[row]! * across[column * size + row]!;
      twice[column] = twice[column]! + pull1[row]! * mixed[column * size + row]!;
      own += pull1[row]! * n0[column * size + row]! * pull1[column]!;
    }
  }
  n2.set(sandwichOf(layout, n2, pull0));
  addOuter(layout, n2, own - variance / (diffuse * diffuse));
  n1.set(sandwichOf(layout, n1, pull0));
  addOuter(layout, n1, 1 / diffuse);
  for (const state of layout.observed) {
    for (let other = 0; other < size; other++) {
      n1[other * size + state] = n1[other * size + state]! + crossed[other]!;
      n2[other * size + state] = n2[other * size + state]! + twice[other]!;
      n2[state * size + other] = n2[state * size + other]! + twice[other]!;
    }
  }
  n0.set(sandwichOf(layout, n0, pull0));
}

/** r + Z (pull'r + extra). */
function correct({ observed }: Layout, r: Float64Array, pull: Float64Array, extra: number): void {
  let sum = extra;
  for (let row = 0; row < r.length; row++) sum += pull[row]! * r[row]!;
  for (const state of observed) r[state] = r[state]! + sum;
}

/** Mean and variance of the states, and of their observed sum, by all the data. */
function smoothedAt(
  layout: Layout,
  { mean, covariance, diffuse }: FilterStep,
  { r0, r1, n0, n1, n2 }: Backward,
): { mean: Float64Array; variances: Float64Array; observed: number } {
  const result = mean.slice();
  addProduct(result, covariance, r0);
  const variances = mean.map((_, state) => covariance[state * (layout.size + 1)]!);
  let observed = observedVariance(layout.observed, covariance);
  const subtract = (times: number, { diagonal, sum }: ReturnType<typeof between>): void => {
    addScaled(variances, diagonal, -times);
    observed -= times * sum;
  };
  subtract(1, between(layout, covariance, n0, covariance));
  if (diffuse) {
    addProduct(result, diffuse, r1);
    subtract(2, between(layout, diffuse, n1, covariance));
    subtract(1, between(layout, diffuse, n2, diffuse));
  }
  return { mean: result, variances, observed };
}
