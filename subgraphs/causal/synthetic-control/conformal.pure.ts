import { findRoot } from '../numerics/optimise/find-root.pure.ts';
import { requireBetween } from '../numerics/problem.pure.ts';
import { permutation } from '../numerics/random/resample.pure.ts';
import { stream } from '../numerics/random/stream.pure.ts';
import { supportOf, type Estimator } from './fit-weights.pure.ts';
import type { Study } from './panel.pure.ts';

/**
 * What makes treated periods stand out: ANY the sum of the sizes of their residuals, which also answers to effects that
 * change sign or vary; AVERAGE the size of their sum; POSITIVE and NEGATIVE their sum, and its opposite.
 */
export type ConformalStatistic = 'ANY' | 'AVERAGE' | 'POSITIVE' | 'NEGATIVE';

/** All cyclic shifts of time, exact and safe under dependence over time, or random orders of the periods. */
export type ConformalScheme =
  | { readonly kind: 'SHIFTS' }
  | { readonly kind: 'ORDERS'; readonly draws: number; readonly seed: number };

export interface ConformalOptions {
  readonly statistic?: ConformalStatistic;
  readonly scheme?: ConformalScheme;
}

export interface ConformalTest {
  readonly pValue: number;
  /** Standard deviation of the p-value over seeds; 0 for shifts, which are all counted. */
  readonly monteCarloError: number;
  /** The smallest p-value the scheme can give. */
  readonly smallest: number;
}

export interface IntervalOptions {
  readonly estimate: number;
  readonly scale: number;
  readonly alpha: number;
  readonly scheme?: ConformalScheme;
}

export interface ConformalInterval {
  /** Constant effects per period that are not rejected at `alpha`; infinite where the data cannot exclude any. */
  readonly low: number;
  readonly high: number;
  readonly alpha: number;
}

/**
 * Test that the effect was `effect` in every treated period (Chernozhukov, Wuthrich & Zhu 2021): take it out, fit on all
 * periods, and count the orders of the residuals in which the treated periods stand out at least as much as they do.
 */
export function conformalTest(
  study: Study,
  estimate: Estimator,
  effect = 0,
  options: ConformalOptions = {},
): ConformalTest {
  return testResiduals(estimate(nullStudy(study, effect)).gaps, study.pre, options);
}

/** The study freed from `effect`, with every period counted as untreated. */
function nullStudy(study: Study, effect: number): Study {
  const data = study.series.data.slice();
  for (let period = study.pre; period < study.series.rows; period++) data[period] = data[period]! - effect;
  return { ...study, series: { ...study.series, data }, pre: study.series.rows };
}

/** The test on residuals of a fit on all periods, of which those from `pre` on are treated. */
export function testResiduals(residuals: Float64Array, pre: number, options: ConformalOptions): ConformalTest {
  const statistic = options.statistic ?? 'ANY';
  const values = valuesOf(residuals, statistic);
  const order = { values, pre, size: statistic === 'AVERAGE' ? Math.abs : (sum: number): number => sum };
  const scheme = options.scheme ?? { kind: 'SHIFTS' };
  return scheme.kind === 'SHIFTS' ? byShifts(order) : byOrders(order, scheme);
}

function valuesOf(residuals: Float64Array, statistic: ConformalStatistic): Float64Array {
  if (statistic === 'ANY') return residuals.map(Math.abs);
  return statistic === 'NEGATIVE' ? residuals.map((value) => -value) : residuals;
}

interface Order {
  readonly values: Float64Array;
  readonly pre: number;
  readonly size: (sum: number) => number;
}

/** Rounding must not turn a tie into a difference. */
function barOf({ values, pre, size }: Order): number {
  let [sum, largest] = [0, 0];
  for (let period = pre; period < values.length; period++) sum += values[period]!;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return size(sum) - 1e-9 * largest;
}

function byShifts(order: Order): ConformalTest {
  const { values, pre, size } = order;
  const [length, bar] = [values.length, barOf(order)];
  let sum = 0;
  for (let period = pre; period < length; period++) sum += values[period]!;
  let count = 0;
  for (let shift = 0; shift < length; shift++) {
    if (size(sum) >= bar) count++;
    sum += values[shift]! - values[(pre + shift) % length]!;
  }
  return { pValue: count / length, monteCarloError: 0, smallest: 1 / length };
}

function byOrders(order: Order, { draws, seed }: { draws: number; seed: number }): ConformalTest {
  const { values, pre, size } = order;
  const [random, bar, post] = [stream(seed, values.length, pre), barOf(order), values.length - pre];
  const pool = Float64Array.from(permutation(random, values.length), (index) => values[index]!);
  let count = 1;
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0;
    for (let place = 0; place < post; place++) {
      const other = place + random.integer(pool.length - place);
      const value = pool[other]!;
      pool[other] = pool[place]!;
      pool[place] = value;
      sum += value;
    }
    if (size(sum) >= bar) count++;
  }
  const pValue = count / (draws + 1);
  return { pValue, monteCarloError: Math.sqrt((pValue * (1 - pValue)) / draws), smallest: 1 / (draws + 1) };
}

/**
 * All constant effects that conformalTest with AVERAGE does not reject at `alpha`, from the outermost to the outermost:
 * AVERAGE, because ANY rejects every constant effect when the true one varies. `estimate` is the point from which to
 * search and `scale` the size of a step, such as the spread of the gaps. Null when even the estimate is rejected: the
 * treated periods then do not look like any constant effect.
 */
export function conformalInterval(
  study: Study,
  estimator: Estimator,
  { estimate, scale, alpha, scheme }: IntervalOptions,
): ConformalInterval | null {
  requireBetween(alpha, 0, 1, 'alpha');
  let start: readonly number[] | undefined;
  const accepted = (effect: number): boolean => {
    const fit = estimator(nullStudy(study, effect), start);
    start = supportOf(fit.weights);
    return (
      testResiduals(fit.gaps, study.pre, { statistic: 'AVERAGE', ...(scheme && { scheme }) }).pValue > alpha + 1e-12
    );
  };
  if (!accepted(estimate)) return null;
  const step = Math.max(scale, 1e-9 * Math.abs(estimate), Number.MIN_VALUE);
  const reach = (sign: number): number => sign * outermost((distance) => accepted(estimate + sign * distance), step);
  return { low: estimate + reach(-1), high: estimate + reach(1), alpha };
}

/** Steps tried between the estimate and the first value that is rejected for good. */
const gridSteps = 12;
const doublings = 12;

/** The largest distance that is accepted: bracket by doubling, look inside for a later one, then halve. 0 is accepted. */
function outermost(accepted: (distance: number) => boolean, scale: number): number {
  let far = scale;
  for (let doubled = 0; accepted(far) || accepted(far * 1.5); doubled++) {
    if (doubled >= doublings) return Infinity;
    far *= 2;
  }
  let place = gridSteps - 1;
  while (place > 0 && !accepted((far * place) / gridSteps)) place--;
  const [inside, outside] = [(far * place) / gridSteps, (far * (place + 1)) / gridSteps];
  return findRoot((distance) => (accepted(distance) ? 1 : -1), inside, outside, 1e-4);
}
