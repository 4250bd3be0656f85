import { gram } from '../numerics/linear/gram.pure.ts';
import { columnOf, zeros, type Matrix } from '../numerics/linear/matrix.pure.ts';
import { differenceGram, nearestPoint } from '../numerics/optimise/nearest-point.pure.ts';
import { nelderMead } from '../numerics/optimise/minimise-simply.pure.ts';
import { Problem, requireFinite, requireLength } from '../numerics/problem.pure.ts';
import { meanOf, sumOf } from '../numerics/moments.pure.ts';
import { applyWeights, type Fit } from './fit-weights.pure.ts';
import type { Study } from './panel.pure.ts';

/** One figure per unit that weights should match: a mean of a covariate, or the outcome of one period. */
export interface Predictor {
  readonly name: string;
  /** The treated series first, then the controls, as the columns of the study. */
  readonly values: Float64Array;
}

export interface Balance {
  readonly predictor: string;
  /** Share of the predictor in the distance; they add up to 1. */
  readonly importance: number;
  readonly treated: number;
  readonly synthetic: number;
  readonly controlMean: number;
}

export interface CovariateFit extends Fit {
  readonly balance: readonly Balance[];
  readonly preMspe: number;
}

/**
 * Synthetic control on predictors (Abadie, Diamond & Hainmueller 2010): weights minimise sum v_k (x1_k - x0_k'w)^2 over
 * predictors scaled by their spread over all units, and v, not negative and adding up to 1, minimises the mean squared gap
 * of the outcome before the treatment, every v_k being at least 0.001. The inner problem is exact; the outer has many valleys and is searched by Nelder and
 * Mead from several starts, `effort` evaluations per predictor and start, so the last digits of weights depend on the search. Throws CONSTANT for a predictor that is
 * the same in every unit, and TOO_FEW, SHAPE, NOT_FINITE.
 */
export function fitOnPredictors(study: Study, predictors: readonly Predictor[], effort = 150): CovariateFit {
  const table = scaled(study, predictors);
  const inner = (logits: Float64Array): Float64Array => weightsFor(table, importanceOf(logits));
  const loss = (logits: Float64Array): number => preMspeOf(study, inner(logits));
  const best = startsOf(study, table)
    .map((start) => {
      const first = nelderMead(loss, start, { step: 1, maxEvaluations: effort * predictors.length });
      return nelderMead(loss, first.x, { step: 0.5, maxEvaluations: effort * predictors.length });
    })
    .reduce((least, next) => (next.value < least.value ? next : least));
  const importance = importanceOf(best.x);
  const fit = applyWeights(study, weightsFor(table, importance), null);
  return { ...fit, preMspe: best.value, balance: balanceOf(predictors, importance, fit.weights) };
}

/** Predictors x units, each predictor divided by its spread. */
function scaled(study: Study, predictors: readonly Predictor[]): Matrix {
  if (predictors.length === 0) throw new Problem('TOO_FEW', 'Name at least one predictor, or fit on outcomes alone.');
  const table = zeros(predictors.length, study.controls.length + 1);
  predictors.forEach(({ name, values }, row) => {
    requireLength(values.length, table.columns, `The predictor ${name}`);
    requireFinite(values, `The predictor ${name}`);
    const mean = meanOf(values);
    const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
    if (!(spread > 1e-12 * Math.abs(mean))) {
      throw new Problem('CONSTANT', `The predictor ${name} is the same in every unit. Leave it out.`, { name });
    }
    values.forEach((value, unit) => (table.data[unit * table.rows + row] = (value - mean) / spread));
  });
  return table;
}

/** A predictor that was named counts at least this share, otherwise the search all but drops those that cost fit. */
const leastImportance = 1e-3;

/** A softmax above the least share, so that the search needs no bounds. */
function importanceOf(logits: Float64Array): Float64Array {
  const least = Math.min(leastImportance, 0.1 / logits.length);
  const top = Math.max(...logits);
  const powers = logits.map((value) => Math.exp(Math.max(value - top, -30)));
  const sum = sumOf(powers);
  return powers.map((value) => (value / sum) * (1 - powers.length * least) + least);
}

function weightsFor(table: Matrix, importance: Float64Array): Float64Array {
  const { rows, columns } = table;
  const roots = importance.map(Math.sqrt);
  const weighted = { ...table, data: table.data.map((value, index) => value * roots[index % rows]!) };
  const places = Array.from({ length: columns - 1 }, (_, index) => index + 1);
  return nearestPoint(differenceGram(gram(weighted), 0, places)).weights;
}

function preMspeOf({ series, pre }: Study, weights: Float64Array): number {
  const gaps = columnOf(series, 0).slice(0, pre);
  weights.forEach((weight, control) => {
    if (weight === 0) return;
    const column = columnOf(series, control + 1);
    for (let period = 0; period < pre; period++) gaps[period] = gaps[period]! - weight * column[period]!;
  });
  return gaps.reduce((sum, gap) => sum + gap * gap, 0) / pre;
}

/** Equal importance, and importance by how each predictor goes with the outcome before the treatment. */
function startsOf({ series, pre }: Study, table: Matrix): Float64Array[] {
  const equal = new Float64Array(table.rows);
  const related = equal.map((_, row) => {
    let total = 0;
    for (let period = 0; period < pre; period++) {
      let [product, mean] = [0, 0];
      for (let unit = 0; unit < table.columns; unit++)
        mean += series.data[unit * series.rows + period]! / table.columns;
      for (let unit = 0; unit < table.columns; unit++) {
        product += table.data[unit * table.rows + row]! * (series.data[unit * series.rows + period]! - mean);
      }
      total += product ** 2;
    }
    return Math.log(Math.max(total, Number.MIN_VALUE));
  });
  const top = Math.max(...related);
  return [equal, related.map((value) => Math.max(value - top, -10))];
}

function balanceOf(predictors: readonly Predictor[], importance: Float64Array, weights: Float64Array): Balance[] {
  return predictors.map(({ name, values }, row) => {
    const controls = values.subarray(1);
    return {
      predictor: name,
      importance: importance[row]!,
      treated: values[0]!,
      synthetic: controls.reduce((sum, value, control) => sum + value * weights[control]!, 0),
      controlMean: meanOf(controls),
    };
  });
}
