import { gram } from '../numerics/linear/gram.pure.ts';
import { columnOf, fromColumns, type Matrix } from '../numerics/linear/matrix.pure.ts';
import { nearestPoint, differenceGram } from '../numerics/optimise/nearest-point.pure.ts';
import { permutation } from '../numerics/random/resample.pure.ts';
import { stream } from '../numerics/random/stream.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { meanOf, sumOf } from '../numerics/moments.pure.ts';
import type { Study } from './panel.pure.ts';

export interface SyntheticDid {
  /** Effect per treated unit and period. */
  readonly effect: number;
  /** Per control. */
  readonly unitWeights: Float64Array;
  /** Per period before the treatment. */
  readonly timeWeights: Float64Array;
  /** Ridge of the unit weights, in units of the outcome. */
  readonly zeta: number;
}

export interface PlaceboError {
  readonly standardError: number;
  readonly replications: number;
  /** True when every control was tried once; otherwise controls were drawn at random. */
  readonly exhaustive: boolean;
}

/** Difference in differences of the treated and the mean of the controls, all periods counting alike. */
export function simpleDid({ series, pre }: Study): number {
  const controls = series.columns - 1;
  let total = 0;
  for (let column = 0; column <= controls; column++) {
    const change = changeOf(columnOf(series, column), pre, null);
    total += column === 0 ? change : -change / controls;
  }
  return total;
}

/**
 * Synthetic difference in differences (Arkhangelsky, Athey, Hirshberg, Imbens & Wager 2021). Unit weights bring the
 * controls parallel to the treated before the treatment, with a ridge of zeta = (treated units x treated periods)^(1/4) x
 * the spread of the controls' first differences; time weights bring the periods before parallel to the mean of those
 * after, with a ridge of 1e-6 of that spread. Both are solved exactly.
 */
export function syntheticDid(study: Study, treatedUnits = study.treatedUnits.length): SyntheticDid {
  const noise = spreadOfDifferences(study);
  const post = study.series.rows - study.pre;
  const zeta = (treatedUnits * post) ** 0.25 * noise;
  const unitWeights = unitWeightsOf(study, zeta);
  const timeWeights = timeWeightsOf(study, 1e-6 * noise);
  let effect = changeOf(columnOf(study.series, 0), study.pre, timeWeights);
  unitWeights.forEach((weight, control) => {
    if (weight > 0) effect -= weight * changeOf(columnOf(study.series, control + 1), study.pre, timeWeights);
  });
  return { effect, unitWeights, timeWeights, zeta };
}

/** Mean after the start less the mean before it, the latter weighted. */
function changeOf(values: Float64Array, pre: number, weights: Float64Array | null): number {
  let [before, after] = [0, 0];
  for (let period = 0; period < pre; period++) before += values[period]! * (weights ? weights[period]! : 1 / pre);
  for (let period = pre; period < values.length; period++) after += values[period]!;
  return after / (values.length - pre) - before;
}

function spreadOfDifferences({ series, pre, controls }: Study): number {
  const differences: number[] = [];
  for (let control = 1; control <= controls.length; control++) {
    const values = columnOf(series, control);
    for (let period = 1; period < pre; period++) differences.push(values[period]! - values[period - 1]!);
  }
  const mean = meanOf(differences);
  const spread = Math.sqrt(differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (differences.length - 1));
  if (spread > 0) return spread;
  throw new Problem('CONSTANT', 'The controls never change before the treatment, so they say nothing about it.');
}

/** Columns less their means, which stands for a free intercept. */
function withoutMeans(columns: readonly Float64Array[]): Matrix {
  return fromColumns(
    columns.map((column) => {
      const mean = meanOf(column);
      return column.map((value) => value - mean);
    }),
  );
}

function unitWeightsOf({ series, pre, controls }: Study, zeta: number): Float64Array {
  const columns = Array.from({ length: series.columns }, (_, column) => columnOf(series, column).subarray(0, pre));
  const places = controls.map((_, index) => index + 1);
  return nearestPoint(differenceGram(gram(withoutMeans(columns)), 0, places, pre * zeta ** 2)).weights;
}

function timeWeightsOf({ series, pre, controls }: Study, zeta: number): Float64Array {
  const across = (value: (control: Float64Array) => number): Float64Array =>
    Float64Array.from({ length: controls.length }, (_, index) => value(columnOf(series, index + 1)));
  const after = across((values) => sumOf(values.subarray(pre)) / (values.length - pre));
  const before = Array.from({ length: pre }, (_, period) => across((values) => values[period]!));
  const places = before.map((_, index) => index + 1);
  const ridge = controls.length * zeta ** 2;
  return nearestPoint(differenceGram(gram(withoutMeans([after, ...before])), 0, places, ridge)).weights;
}

/**
 * What the treated would have been without treatment by weighted units and periods, one figure per period: the weighted
 * controls, moved to meet the treated over the weighted periods. The mean gap after the start is the effect of
 * syntheticDid, or of simpleDid when all weights are equal.
 */
export function doubleDifferencePath(
  { series, pre }: Study,
  unitWeights: Float64Array | null,
  timeWeights: Float64Array | null,
): Float64Array {
  const controls = series.columns - 1;
  const path = new Float64Array(series.rows);
  for (let control = 0; control < controls; control++) {
    const weight = unitWeights ? unitWeights[control]! : 1 / controls;
    if (weight === 0) continue;
    columnOf(series, control + 1).forEach((value, period) => (path[period] = path[period]! + weight * value));
  }
  let shift = 0;
  for (let period = 0; period < pre; period++) {
    shift += (timeWeights ? timeWeights[period]! : 1 / pre) * (series.data[period]! - path[period]!);
  }
  return path.map((value) => value + shift);
}

/**
 * The spread of the effect among placebos: controls in the treated unit's place, the treated one left out. With one
 * treated unit every control is tried once; with more, `replications` groups of as many controls are drawn. Throws
 * TOO_FEW with no more than one control beyond the number of treated units.
 */
export function placeboError(
  study: Study,
  estimate: (placebo: Study) => number,
  options: { replications?: number; seed?: number } = {},
): PlaceboError {
  const { standardErrors, ...about } = placeboErrors(study, (placebo) => Float64Array.of(estimate(placebo)), options);
  return { standardError: standardErrors[0]!, replications: about.replications, exhaustive: about.exhaustive };
}

export interface PlaceboErrors {
  /** One per figure of the estimate. */
  readonly standardErrors: Float64Array;
  readonly replications: number;
  readonly exhaustive: boolean;
}

/** As placeboError for several figures at once, such as the effects of all periods. */
export function placeboErrors(
  study: Study,
  estimate: (placebo: Study) => Float64Array,
  { replications = 200, seed = 1 }: { replications?: number; seed?: number } = {},
): PlaceboErrors {
  const [size, controls] = [study.treatedUnits.length, study.controls.length];
  if (controls - size < 2) {
    const text = `${controls} controls are too few for placebos of ${size} treated units; at least ${size + 2} are needed.`;
    throw new Problem('TOO_FEW', text, { controls });
  }
  const exhaustive = size === 1;
  const count = exhaustive ? controls : replications;
  const effects = Array.from({ length: count }, (_, draw) => {
    const order = exhaustive ? rotated(controls, draw) : permutation(stream(seed, draw), controls);
    return estimate(placeboGroup(study, order, size));
  });
  const standardErrors = effects[0]!.map((_, figure) => {
    const mean = effects.reduce((sum, effect) => sum + effect[figure]!, 0) / count;
    return Math.sqrt(effects.reduce((sum, effect) => sum + (effect[figure]! - mean) ** 2, 0) / count);
  });
  return { standardErrors, replications: count, exhaustive };
}

function rotated(size: number, by: number): Int32Array {
  return Int32Array.from({ length: size }, (_, index) => (index + by) % size);
}

/** The mean of the first `size` controls of an order as the treated series, the others as controls. */
function placeboGroup(study: Study, order: Int32Array, size: number): Study {
  const columns = Array.from(order, (control) => columnOf(study.series, control + 1));
  const mean = columns[0]!.map((_, period) =>
    columns.slice(0, size).reduce((sum, own) => sum + own[period]! / size, 0),
  );
  const names = Array.from(order, (control) => study.controls[control]!);
  return {
    ...study,
    treatedUnits: names.slice(0, size),
    controls: names.slice(size),
    series: fromColumns([mean, ...columns.slice(size)]),
  };
}
