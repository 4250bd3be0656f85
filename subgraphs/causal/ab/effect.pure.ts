import { Problem } from '../numerics/problem.pure.ts';
import { covarianceAlong, mergeMoments, type Moments } from './moments.pure.ts';

/**
 * What the variables of an arm are:
 * MEAN [outcome] (a share is the mean of zeros and ones), MEAN_ADJUSTED [outcome, earlier outcome],
 * RATIO [numerator, denominator], RATIO_ADJUSTED [numerator, denominator, earlier numerator, earlier denominator].
 */
export type MetricKind = 'MEAN' | 'MEAN_ADJUSTED' | 'RATIO' | 'RATIO_ADJUSTED';

/** ABSOLUTE is treatment less control; RELATIVE divides that by the size of the control. */
export type EffectScale = 'ABSOLUTE' | 'RELATIVE';

/** A difference between two arms with everything that tests and intervals need. */
export interface Effect {
  readonly scale: EffectScale;
  readonly estimate: number;
  readonly standardError: number;
  /** Welch and Satterthwaite's. */
  readonly degreesOfFreedom: number;
  /** Units of both arms. */
  readonly n: number;
  readonly control: number;
  readonly treatment: number;
  /** Share of the variance that the adjustment by earlier outcomes took away; 0 without adjustment. */
  readonly varianceReduction: number;
  /** Treatment less control, adjusted, and the size of the control, as they vary together; the same on both scales. */
  readonly parts: {
    readonly difference: number;
    readonly differenceVariance: number;
    readonly base: number;
    readonly baseVariance: number;
    readonly covariance: number;
  };
}

interface Linear {
  readonly value: number;
  /** Derivative of the metric by the means of the variables. */
  readonly gradient: readonly number[];
}

/**
 * Compare the treatment `b` with the control `a`. Ratios go by the delta method; adjustment is CUPED (Deng et al. 2013)
 * with one slope over both arms, and a relative effect divides by the control as it was, not as adjusted.
 * Throws ZERO_VARIANCE when no unit varies, OUT_OF_RANGE for a ratio without denominator or relative to zero, SHAPE.
 */
export function compareArms(kind: MetricKind, a: Moments, b: Moments, scale: EffectScale = 'ABSOLUTE'): Effect {
  requireVariables(kind, a);
  requireVariables(kind, b);
  const slope = kind.endsWith('ADJUSTED') ? slopeOf(kind, mergeMoments(a, b)) : 0;
  const [plainA, plainB] = [outcomeOf(kind, a), outcomeOf(kind, b)];
  const [adjustedA, adjustedB] = [adjust(kind, a, slope), adjust(kind, b, slope)];
  const difference = adjustedB.value - adjustedA.value;
  const base = scale === 'RELATIVE' ? controlSize(plainA.value) : 1;
  const drift = scale === 'RELATIVE' ? (difference * Math.sign(plainA.value)) / base : 0;
  const gradientA = adjustedA.gradient.map((value, index) => value + drift * (plainA.gradient[index] ?? 0));
  const [va, vb] = [varianceOf(a, adjustedA.gradient), varianceOf(b, adjustedB.gradient)];
  const standardError = Math.sqrt(varianceOf(a, gradientA) + vb) / base;
  requireSpread(va + vb, standardError);
  const unadjusted = varianceOf(a, plainA.gradient) + varianceOf(b, plainB.gradient);
  return {
    scale,
    estimate: difference / base,
    standardError,
    degreesOfFreedom: (va + vb) ** 2 / (va ** 2 / (a.n - 1) + vb ** 2 / (b.n - 1)),
    n: a.n + b.n,
    control: plainA.value,
    treatment: plainB.value,
    varianceReduction: slope === 0 ? 0 : 1 - (va + vb) / unadjusted,
    parts: {
      difference,
      differenceVariance: va + vb,
      base: Math.abs(plainA.value),
      baseVariance: varianceOf(a, plainA.gradient),
      covariance: (-Math.sign(plainA.value) * covarianceAlong(a.covariance, adjustedA.gradient, plainA.gradient)) / a.n,
    },
  };
}

function requireSpread(variance: number, standardError: number): void {
  if (!(variance > 0)) {
    throw new Problem('ZERO_VARIANCE', 'No unit differs from another in either arm, so chance cannot be judged.');
  }
  if (standardError > 0) return;
  throw new Problem(
    'ZERO_VARIANCE',
    'The treatment is zero throughout; a relative effect has no error then. Ask for the difference.',
  );
}

function requireVariables(kind: MetricKind, moments: Moments): void {
  const expected = { MEAN: 1, MEAN_ADJUSTED: 2, RATIO: 2, RATIO_ADJUSTED: 4 }[kind];
  if (moments.means.length === expected) return;
  throw new Problem('SHAPE', `A metric of kind ${kind} has ${expected} variables, not ${moments.means.length}.`);
}

/** Variance of the arm's estimate along a gradient. */
function varianceOf(moments: Moments, gradient: readonly number[]): number {
  return Math.max(0, covarianceAlong(moments.covariance, gradient, gradient)) / moments.n;
}

function outcomeOf(kind: MetricKind, { means }: Moments): Linear {
  if (kind.startsWith('MEAN')) return { value: means[0]!, gradient: padded([1], means.length) };
  return ratio(means[0]!, means[1]!, means.length, 0);
}

/** The same metric before the experiment. */
function earlierOf(kind: MetricKind, { means }: Moments): Linear {
  if (kind === 'MEAN_ADJUSTED') return { value: means[1]!, gradient: [0, 1] };
  return ratio(means[2]!, means[3]!, 4, 2);
}

function ratio(numerator: number, denominator: number, size: number, at: number): Linear {
  if (denominator === 0) throw new Problem('OUT_OF_RANGE', 'The denominator of the ratio is zero in one arm.');
  const value = numerator / denominator;
  const gradient = padded([], size);
  gradient[at] = 1 / denominator;
  gradient[at + 1] = -value / denominator;
  return { value, gradient };
}

function padded(values: readonly number[], size: number): number[] {
  return Array.from({ length: size }, (_, index) => values[index] ?? 0);
}

function slopeOf(kind: MetricKind, merged: Moments): number {
  const [outcome, earlier] = [outcomeOf(kind, merged), earlierOf(kind, merged)];
  const variance = covarianceAlong(merged.covariance, earlier.gradient, earlier.gradient);
  return variance > 0 ? covarianceAlong(merged.covariance, outcome.gradient, earlier.gradient) / variance : 0;
}

function adjust(kind: MetricKind, moments: Moments, slope: number): Linear {
  const outcome = outcomeOf(kind, moments);
  if (slope === 0) return outcome;
  const earlier = earlierOf(kind, moments);
  return {
    value: outcome.value - slope * earlier.value,
    gradient: outcome.gradient.map((value, index) => value - slope * earlier.gradient[index]!),
  };
}

function controlSize(control: number): number {
  if (control !== 0) return Math.abs(control);
  throw new Problem(
    'OUT_OF_RANGE',
    'The control is zero, so there is nothing to be relative to. Ask for the difference.',
  );
}
