import { tQuantile, tSurvival, tTwoSided } from '../numerics/distributions.pure.ts';
import { requireBetween } from '../numerics/problem.pure.ts';
import type { Effect } from './effect.pure.ts';

/** The alternative to "no effect": any effect, a gain, or a loss. */
export type Alternative = 'TWO_SIDED' | 'GREATER' | 'LESS';

export interface TestResult {
  readonly pValue: number;
  /** Holds the true effect in 1 - alpha of experiments; one end is infinite for a one-sided alternative. */
  readonly low: number;
  readonly high: number;
}

/** Welch's t test and interval, valid at one look planned beforehand. Throws OUT_OF_RANGE unless 0 < alpha < 1. */
export function welchTest(effect: Effect, alpha = 0.05, alternative: Alternative = 'TWO_SIDED'): TestResult {
  requireBetween(alpha, 0, 1, 'alpha');
  const { estimate, standardError, degreesOfFreedom: df } = effect;
  const t = estimate / standardError;
  const reach = -tQuantile(alternative === 'TWO_SIDED' ? alpha / 2 : alpha, df) * standardError;
  switch (alternative) {
    case 'TWO_SIDED':
      return { pValue: tTwoSided(t, df), low: estimate - reach, high: estimate + reach };
    case 'GREATER':
      return { pValue: tSurvival(t, df), low: estimate - reach, high: Infinity };
    case 'LESS':
      return { pValue: tSurvival(-t, df), low: -Infinity, high: estimate + reach };
  }
}
