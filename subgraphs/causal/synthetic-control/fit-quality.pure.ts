import { columnOf } from '../numerics/linear/matrix.pure.ts';
import { applyWeights, preMeans, type Fit } from './fit-weights.pure.ts';
import type { Study } from './panel.pure.ts';

export interface FitQuality {
  /** Mean squared gap before and after the treatment, and the second over the first. */
  readonly preMspe: number;
  readonly postMspe: number;
  readonly mspeRatio: number;
  /** Length of the vector of gaps before the treatment. */
  readonly l2: number;
  /** `l2` over that of equal weights: 0 is a perfect fit, 1 no better than the average of the controls. */
  readonly scaledL2: number;
  /** Share of the periods before the treatment in which the treated series lies outside the range of the controls. */
  readonly outsideRange: number;
  /** 1 over the sum of squared weights: how many controls the counterfactual rests on. */
  readonly effectiveControls: number;
}

/** How well a fit follows the treated series; `fixedEffects` as in the fit. */
export function fitQuality(study: Study, fit: Fit, fixedEffects: boolean): FitQuality {
  const { pre } = study;
  const means = fixedEffects ? preMeans(study) : null;
  const equal = new Float64Array(study.controls.length).fill(1 / study.controls.length);
  const l2 = Math.sqrt(sumOfSquares(fit.gaps, 0, pre));
  const plain = Math.sqrt(sumOfSquares(applyWeights(study, equal, means).gaps, 0, pre));
  const preMspe = l2 ** 2 / pre;
  const postMspe = sumOfSquares(fit.gaps, pre, fit.gaps.length) / (fit.gaps.length - pre);
  return {
    preMspe,
    postMspe,
    mspeRatio: postMspe / preMspe,
    l2,
    scaledL2: plain === 0 ? 0 : l2 / plain,
    outsideRange: outsideRange(study, means),
    effectiveControls: 1 / sumOfSquares(fit.weights, 0, fit.weights.length),
  };
}

export function sumOfSquares(values: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let index = from; index < to; index++) sum += values[index]! * values[index]!;
  return sum;
}

/** Being inside the range of every period is necessary, not sufficient, for being inside the convex hull. */
function outsideRange({ series, pre, controls }: Study, means: Float64Array | null): number {
  let outside = 0;
  for (let period = 0; period < pre; period++) {
    const value = series.data[period]! - (means?.[0] ?? 0);
    let [low, high] = [Infinity, -Infinity];
    for (let control = 1; control <= controls.length; control++) {
      const other = columnOf(series, control)[period]! - (means?.[control] ?? 0);
      low = Math.min(low, other);
      high = Math.max(high, other);
    }
    if (value < low || value > high) outside++;
  }
  return outside / pre;
}
