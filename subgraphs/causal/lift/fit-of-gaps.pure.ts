import { sumOfSquares } from '../synthetic-control/fit-quality.pure.ts';
import { sumOf } from '../numerics/moments.pure.ts';
import type { LiftFit } from './lift-result.pure.ts';

/** How well a counterfactual follows the observed values before the treatment, where a method knows no more than gaps. */
export function fitOfGaps(observed: ArrayLike<number>, gaps: Float64Array, pre: number): LiftFit {
  const squares = sumOfSquares(gaps, 0, pre);
  const before = Float64Array.from({ length: pre }, (_, period) => observed[period]!);
  const mean = sumOf(before) / pre;
  const total = before.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const [preMspe, postMspe] = [squares / pre, sumOfSquares(gaps, pre, gaps.length) / (gaps.length - pre)];
  return {
    preMspe,
    postMspe,
    mspeRatio: preMspe > 0 ? postMspe / preMspe : null,
    rSquared: total > 0 ? 1 - squares / total : null,
    l2: Math.sqrt(squares),
    scaledL2: null,
    outsideRange: null,
    effectiveControls: null,
    lambda: null,
    estimatedBias: null,
  };
}
