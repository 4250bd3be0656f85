import { normalDensity, normalQuantile, normalSurvival } from '../numerics/distributions.pure.ts';
import { Problem, requireBetween } from '../numerics/problem.pure.ts';
import type { Effect, EffectScale } from './effect.pure.ts';

/** What is believed of the effect beforehand; `scale` says in which terms, and is converted to those of the effect. */
export interface EffectPrior {
  readonly mean: number;
  readonly sd: number;
  readonly scale: EffectScale;
}

export interface BayesianResult {
  readonly mean: number;
  readonly sd: number;
  readonly low: number;
  readonly high: number;
  /** Probability that the treatment is better. */
  readonly chanceToWin: number;
  /** Expected loss, on the scale of the effect, of keeping the control, and of taking the treatment. */
  readonly riskOfControl: number;
  readonly riskOfTreatment: number;
}

/**
 * Normal likelihood times normal prior; without a prior the posterior is the likelihood. The interval holds 1 - alpha.
 * Throws OUT_OF_RANGE for a prior without spread, or one that would have to be converted by a control of zero.
 */
export function bayesianTest(effect: Effect, prior: EffectPrior | null = null, alpha = 0.05): BayesianResult {
  requireBetween(alpha, 0, 1, 'alpha');
  const { mean, sd } = prior ? combine(effect, inScaleOf(effect, prior)) : flat(effect);
  const z = mean / sd;
  const reach = -normalQuantile(alpha / 2) * sd;
  return {
    mean,
    sd,
    low: mean - reach,
    high: mean + reach,
    chanceToWin: normalSurvival(-z),
    riskOfControl: mean * normalSurvival(-z) + sd * normalDensity(z),
    riskOfTreatment: sd * normalDensity(z) - mean * normalSurvival(z),
  };
}

function flat(effect: Effect): { mean: number; sd: number } {
  return { mean: effect.estimate, sd: effect.standardError };
}

function inScaleOf(effect: Effect, prior: EffectPrior): { mean: number; sd: number } {
  if (!(prior.sd > 0)) throw new Problem('OUT_OF_RANGE', 'The spread of the prior must be positive.', { sd: prior.sd });
  if (prior.scale === effect.scale) return prior;
  const base = Math.abs(effect.control);
  if (base === 0) throw new Problem('OUT_OF_RANGE', 'A control of zero cannot convert the prior.');
  const factor = prior.scale === 'RELATIVE' ? base : 1 / base;
  return { mean: prior.mean * factor, sd: prior.sd * factor };
}

function combine(effect: Effect, prior: { mean: number; sd: number }): { mean: number; sd: number } {
  const [known, seen] = [prior.sd ** -2, effect.standardError ** -2];
  return {
    mean: (prior.mean * known + effect.estimate * seen) / (known + seen),
    sd: Math.sqrt(1 / (known + seen)),
  };
}
