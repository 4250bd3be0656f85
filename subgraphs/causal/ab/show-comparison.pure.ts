import type { ArmComparison } from './evaluate-arms.pure.ts';

/** A comparison as the graph and stored results have it: without typed arrays and infinite numbers. */
export type ShownComparison = ReturnType<typeof showComparison>;

/** The comparison without infinite ends of intervals, which become null. */
export function showComparison(comparison: ArmComparison) {
  const { control, arm, effect, fixed, sequential, plainSequence, bayesian, conclusion } = comparison;
  return {
    control,
    arm,
    scale: effect.scale,
    estimate: effect.estimate,
    standardError: effect.standardError,
    difference: effect.parts.difference,
    differenceError: Math.sqrt(effect.parts.differenceVariance),
    controlValue: effect.control,
    armValue: effect.treatment,
    varianceReduction: effect.varianceReduction,
    fixed: withEnds(fixed),
    sequential: withEnds(sequential),
    plainSequence: withEnds({ ...plainSequence, adjustedPValue: null }),
    bayesian: { ...bayesian },
    conclusion,
  };
}

function withEnds<T extends { readonly low: number; readonly high: number }>(result: T) {
  const end = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return { ...result, low: end(result.low), high: end(result.high) };
}
