import { gram } from '../numerics/linear/gram.pure.ts';
import { columnOf, multiplyTransposed, zeros, type Matrix } from '../numerics/linear/matrix.pure.ts';
import { differenceGram, nearestPoint } from '../numerics/optimise/nearest-point.pure.ts';
import { testResiduals, type ConformalScheme, type ConformalStatistic } from '../synthetic-control/conformal.pure.ts';
import { sumOfSquares } from '../synthetic-control/fit-quality.pure.ts';
import { supportOf } from '../synthetic-control/fit-weights.pure.ts';
import { meanOf, sumOf } from '../numerics/moments.pure.ts';

/** A stretch of history that is treated as if a test of `post` periods had just ended in it. */
export interface Window {
  readonly pre: number;
  readonly post: number;
  /** All markets, less their mean before and less their mean over the window, and the products of each. */
  readonly before: Centred;
  readonly whole: Centred;
  readonly levels: Matrix;
}

interface Centred {
  readonly table: Matrix;
  readonly products: Matrix;
}

/** What a simulated test in one window showed. */
export interface Trial {
  /** Mean effect per market and period, and over the counterfactual. */
  readonly effect: number;
  readonly lift: number;
  readonly pValue: number;
}

/** A set of markets in one window, fitted on the periods before. */
export interface Setting {
  /** Mean effect and lift that are found where none was put. */
  readonly effectAtZero: number;
  readonly liftAtZero: number;
  readonly l2: number;
  readonly scaledL2: number;
  /** Outcome of the markets over the treated periods, all together. */
  readonly volume: number;
  /** One per effect asked for. */
  readonly trials: readonly Trial[];
}

/** The window of history whose last `post` of `end` periods are treated. Shared by all sets of markets. */
export function windowOf(outcomes: Matrix, end: number, post: number): Window {
  const levels = zeros(end, outcomes.columns);
  for (let unit = 0; unit < outcomes.columns; unit++) {
    levels.data.set(columnOf(outcomes, unit).subarray(0, end), unit * end);
  }
  return { pre: end - post, post, levels, before: centre(levels, end - post), whole: centre(levels, end) };
}

function centre(levels: Matrix, rows: number): Centred {
  const table = zeros(rows, levels.columns);
  for (let unit = 0; unit < levels.columns; unit++) {
    const values = columnOf(levels, unit).subarray(0, rows);
    const mean = sumOf(values) / rows;
    for (let row = 0; row < rows; row++) table.data[unit * rows + row] = values[row]! - mean;
  }
  return { table, products: gram(table) };
}

export interface SimulationRules {
  readonly statistic: ConformalStatistic;
  readonly scheme: ConformalScheme;
}

/**
 * Multiply the outcome of the markets in the treated periods by 1 + effect, evaluate by synthetic control with unit fixed
 * effects, and test by conformal inference as evaluateLift does. Products of the treated series follow from those of the
 * window, so that an effect costs one set of weights.
 */
export function simulateSet(
  window: Window,
  { treated, controls }: { treated: readonly number[]; controls: readonly number[] },
  effects: readonly number[],
  rules: SimulationRules,
): Setting {
  const { pre, post, before, levels } = window;
  const own = meanSeries(levels, treated);
  const weights = nearestPoint(differenceGram(withMean(before.products, treated), levels.columns, controls)).weights;
  const gaps = gapsOf(before, treated, controls, weights);
  const plain = gapsOf(
    before,
    treated,
    controls,
    weights.map(() => 1 / controls.length),
  );
  const l2 = Math.sqrt(sumOfSquares(gaps, 0, pre));
  const level = meanFrom(own, pre);
  const effectAtZero = level - expectedAfter(window, treated, controls, weights);
  const expected = level - effectAtZero;
  const pValues = testEffects(window, { treated, controls, own }, effects, rules);
  return {
    effectAtZero,
    liftAtZero: effectAtZero / expected,
    l2,
    scaledL2: l2 / Math.sqrt(sumOfSquares(plain, 0, pre)),
    volume: level * post * treated.length,
    trials: effects.map((effect, index) => {
      const found = effectAtZero + effect * level;
      return { effect: found, lift: found / expected, pValue: pValues[index]! };
    }),
  };
}

function meanSeries(table: Matrix, columns: readonly number[]): Float64Array {
  const mean = new Float64Array(table.rows);
  for (const unit of columns) {
    const values = columnOf(table, unit);
    for (let row = 0; row < table.rows; row++) mean[row] = mean[row]! + values[row]! / columns.length;
  }
  return mean;
}

function meanFrom(values: Float64Array, from: number): number {
  let sum = 0;
  for (let index = from; index < values.length; index++) sum += values[index]!;
  return sum / (values.length - from);
}

/** The products with one more column, the mean of some of them. */
function withMean(products: Matrix, columns: readonly number[]): Matrix {
  const size = products.rows;
  const result = zeros(size + 1, size + 1);
  for (let column = 0; column < size; column++) {
    result.data.set(products.data.subarray(column * size, (column + 1) * size), column * (size + 1));
  }
  const last = size * (size + 1);
  for (let row = 0; row < size; row++) {
    let sum = 0;
    for (const column of columns) sum += products.data[column * size + row]!;
    result.data[last + row] = sum / columns.length;
    result.data[row * (size + 1) + size] = sum / columns.length;
  }
  let own = 0;
  for (const column of columns) own += result.data[last + column]! / columns.length;
  result.data[last + size] = own;
  return result;
}

function gapsOf(
  { table }: Centred,
  treated: readonly number[],
  controls: readonly number[],
  weights: Float64Array,
): Float64Array {
  const gaps = meanSeries(table, treated);
  controls.forEach((control, index) => {
    const weight = weights[index]!;
    if (weight === 0) return;
    const values = columnOf(table, control);
    for (let row = 0; row < gaps.length; row++) gaps[row] = gaps[row]! - weight * values[row]!;
  });
  return gaps;
}

/** Mean of the counterfactual after the start. */
function expectedAfter(
  { levels, pre }: Window,
  treated: readonly number[],
  controls: readonly number[],
  weights: Float64Array,
): number {
  const before = (values: Float64Array): number => meanFrom(values.subarray(0, pre), 0);
  let expected = before(meanSeries(levels, treated));
  controls.forEach((control, index) => {
    const values = columnOf(levels, control);
    if (weights[index]! > 0) expected += weights[index]! * (meanFrom(values, pre) - before(values));
  });
  return expected;
}

interface Treated {
  readonly treated: readonly number[];
  readonly controls: readonly number[];
  /** The mean outcome of the treated markets. */
  readonly own: Float64Array;
}

/** p-values of no effect, refitted on all periods with each effect in the data. */
function testEffects(
  { whole, pre }: Window,
  { treated, controls, own }: Treated,
  effects: readonly number[],
  { statistic, scheme }: SimulationRules,
): number[] {
  const size = whole.table.columns;
  const base = withMean(whole.products, treated);
  const lifted = own.map((value, period) => (period < pre ? 0 : value));
  const mean = meanOf(lifted);
  const shift = lifted.map((value) => value - mean);
  const cross = multiplyTransposed(whole.table, shift);
  const ownCross = treated.reduce((sum, unit) => sum + cross[unit]! / treated.length, 0);
  const squares = sumOfSquares(shift, 0, shift.length);
  const last = size * (size + 1);
  let start: number[] = [];
  return effects.map((effect) => {
    const products = { ...base, data: base.data.slice() };
    for (let unit = 0; unit < size; unit++) {
      const value = base.data[last + unit]! + effect * cross[unit]!;
      products.data[last + unit] = value;
      products.data[unit * (size + 1) + size] = value;
    }
    products.data[last + size] = base.data[last + size]! + 2 * effect * ownCross + effect ** 2 * squares;
    const { weights } = nearestPoint(differenceGram(products, size, controls), start);
    start = supportOf(weights);
    const gaps = gapsOf(whole, treated, controls, weights).map((gap, period) => gap + effect * shift[period]!);
    return testResiduals(gaps, pre, { statistic, scheme }).pValue;
  });
}
