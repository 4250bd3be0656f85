import { Problem, requireBetween } from '../numerics/problem.pure.ts';
import type { Effect } from './effect.pure.ts';
import type { TestResult } from './frequentist.pure.ts';

/**
 * The width parameter that makes a confidence sequence tightest when `tuning` units are in: larger than what one
 * expects to have at the end only costs a little, smaller likewise.
 */
export function sequenceRho(alpha: number, tuning: number): number {
  requireBetween(alpha, 0, 1, 'alpha');
  if (!(tuning > 0)) throw new Problem('OUT_OF_RANGE', 'The number of units to tune for must be positive.', { tuning });
  const doubled = -2 * Math.log(alpha);
  return Math.sqrt((doubled + Math.log(1 + doubled)) / tuning);
}

/** Half the width of the sequence at `n` units, in standard errors of the effect. */
export function sequenceReach(n: number, alpha: number, tuning: number): number {
  const squared = sequenceRho(alpha, tuning) ** 2;
  const grown = n * squared + 1;
  return Math.sqrt(((2 * grown) / (n * squared)) * Math.log(Math.sqrt(grown) / alpha));
}

/**
 * An asymptotic confidence sequence (Waudby-Smith et al. 2021): with probability 1 - alpha it holds the true effect at
 * all looks together, so that one may look at any time and stop on what one sees. `tuning` is in units of both arms.
 * For a relative effect it needs a control that is well known; relativeSequence does not.
 */
export function confidenceSequence(effect: Effect, alpha = 0.05, tuning = 5000): TestResult {
  const reach = sequenceReach(effect.n, alpha, tuning) * effect.standardError;
  const squared = sequenceRho(alpha, tuning) ** 2;
  const grown = effect.n * squared + 1;
  const z = effect.estimate / effect.standardError;
  const logEvidence = (effect.n * squared * z * z) / (2 * grown) - 0.5 * Math.log(grown);
  return {
    pValue: Math.min(1, Math.exp(-logEvidence)),
    low: effect.estimate - reach,
    high: effect.estimate + reach,
  };
}

/**
 * A sequence for the relative effect that may be looked at from the first units on: it holds every relative effect r
 * for which "treatment less (1 + r) control is zero" is not rejected (Fieller 1954, with the sequence's width). Dividing
 * by a control that is itself hardly known, as confidenceSequence does for a relative effect, errs in up to a third of
 * experiments on rare events when looked at all the time. Infinite while the control cannot be told from zero. The
 * p-value is that of the difference. Takes an effect of either scale.
 */
export function relativeSequence(effect: Effect, alpha = 0.05, tuning = 5000): TestResult {
  const { difference, differenceVariance, base, baseVariance, covariance } = effect.parts;
  const absolute = { ...effect, estimate: difference, standardError: Math.sqrt(differenceVariance) };
  const { pValue } = confidenceSequence(absolute, alpha, tuning);
  const squared = sequenceReach(effect.n, alpha, tuning) ** 2;
  const known = base * base - squared * baseVariance;
  if (known <= 0) return { pValue, low: -Infinity, high: Infinity };
  const middle = difference * base - squared * covariance;
  const rest = difference * difference - squared * differenceVariance;
  const reach = Math.sqrt(Math.max(0, middle * middle - known * rest));
  return { pValue, low: (middle - reach) / known, high: (middle + reach) / known };
}

/**
 * p-values of the mixture sequential probability ratio test (Johari et al. 2017), one per look in the order of looking;
 * they only ever fall. `spread` is the standard deviation of the effects one expects, on the scale of the effects.
 */
export function mixtureTest(looks: readonly Effect[], spread: number): number[] {
  if (!(spread > 0)) throw new Problem('OUT_OF_RANGE', 'The spread of expected effects must be positive.', { spread });
  let smallest = 1;
  return looks.map(({ estimate, standardError }) => {
    const variance = standardError * standardError;
    const total = variance + spread * spread;
    const logRatio =
      0.5 * Math.log(variance / total) + (spread * spread * estimate * estimate) / (2 * variance * total);
    smallest = Math.min(smallest, Math.exp(-logRatio));
    return smallest;
  });
}
