import { gram } from '../numerics/linear/gram.pure.ts';
import { columnOf, zeros, type Matrix } from '../numerics/linear/matrix.pure.ts';
import { differenceGram, nearestPoint } from '../numerics/optimise/nearest-point.pure.ts';
import type { Study } from './panel.pure.ts';

export interface FitOptions {
  /** Compare movements about each unit's own mean before the treatment, not levels. */
  readonly fixedEffects: boolean;
}

/** A counterfactual for the treated series. */
export interface Fit {
  /** One per control. They add up to 1; of an augmented fit some may be negative. */
  readonly weights: Float64Array;
  /** The treated series had there been no treatment, one per period. */
  readonly counterfactual: Float64Array;
  /** Observed less counterfactual, one per period. */
  readonly gaps: Float64Array;
}

/** An estimator of the treated series without treatment; `start` are controls that carried weight in a like problem. */
export type Estimator = (study: Study, start?: readonly number[]) => Fit;

/**
 * Synthetic control on outcomes alone: weights on a simplex that bring the controls nearest to the treated series before
 * the treatment, every period counting alike (Abadie, Diamond & Hainmueller 2010 with V = I; with fixed effects, Doudchenko
 * & Imbens 2016, Ferman & Pinto 2021). Exact. Cost: one Gram matrix, then microseconds.
 */
export function fitSyntheticControl(study: Study, { fixedEffects }: FitOptions, start: readonly number[] = []): Fit {
  const means = preMeans(study);
  const products = gram(centred(study, fixedEffects, means));
  const controls = study.controls.map((_, index) => index + 1);
  const { weights } = nearestPoint(differenceGram(products, 0, controls), start);
  return applyWeights(study, weights, fixedEffects ? means : null);
}

/** Controls that carry weight. */
export function supportOf(weights: Float64Array): number[] {
  return Array.from(weights.keys()).filter((index) => weights[index]! > 0);
}

/** Mean before the treatment of every column of the study. */
export function preMeans({ series, pre }: Study): Float64Array {
  return Float64Array.from({ length: series.columns }, (_, column) => {
    const values = columnOf(series, column);
    let sum = 0;
    for (let period = 0; period < pre; period++) sum += values[period]!;
    return sum / pre;
  });
}

/**
 * The periods before the treatment, less each unit's mean with fixed effects, otherwise less each period's mean over the
 * controls, which changes no distance between weighted controls and the treated and keeps the products small.
 */
export function centred({ series, pre }: Study, fixedEffects: boolean, means: Float64Array): Matrix {
  const result = zeros(pre, series.columns);
  for (let column = 0; column < series.columns; column++) {
    const shift = fixedEffects ? means[column]! : 0;
    const [from, to] = [column * series.rows, column * pre];
    for (let period = 0; period < pre; period++) result.data[to + period] = series.data[from + period]! - shift;
  }
  subtractControlMeans(result);
  return result;
}

/** Takes the mean over the controls (columns 1 and up) out of every row. */
function subtractControlMeans({ data, rows, columns }: Matrix): void {
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    for (let column = 1; column < columns; column++) sum += data[column * rows + row]!;
    const mean = sum / (columns - 1);
    for (let column = 0; column < columns; column++) data[column * rows + row] = data[column * rows + row]! - mean;
  }
}

/** The fit of given weights; with `means`, controls count by their distance from their own mean. */
export function applyWeights({ series }: Study, weights: Float64Array, means: Float64Array | null): Fit {
  const counterfactual = new Float64Array(series.rows);
  let shift = means ? means[0]! : 0;
  weights.forEach((weight, index) => {
    if (weight === 0) return;
    const column = columnOf(series, index + 1);
    if (means) shift -= weight * means[index + 1]!;
    for (let period = 0; period < series.rows; period++) {
      counterfactual[period] = counterfactual[period]! + weight * column[period]!;
    }
  });
  const gaps = new Float64Array(series.rows);
  for (let period = 0; period < series.rows; period++) {
    counterfactual[period] = counterfactual[period]! + shift;
    gaps[period] = series.data[period]! - counterfactual[period]!;
  }
  return { weights, counterfactual, gaps };
}
