import betainc from '@stdlib/math-base-special-betainc/dist/index.js';
import gammainc from '@stdlib/math-base-special-gammainc/dist/index.js';
import normalCdf from '@stdlib/stats-base-dists-normal-cdf/dist/index.js';
import normalQuantileOf from '@stdlib/stats-base-dists-normal-quantile/dist/index.js';
import tCdf from '@stdlib/stats-base-dists-t-cdf/dist/index.js';
import tQuantileOf from '@stdlib/stats-base-dists-t-quantile/dist/index.js';

/**
 * Tail probabilities by survival functions, never by 1 - cdf, so that a p-value of 1e-30 is not 0. Beyond this many
 * degrees of freedom t is the normal distribution to rounding, and the library's t loses digits.
 */
const normalFrom = 1e8;

/** P(Z > x) of the standard normal. */
export function normalSurvival(x: number): number {
  return normalCdf(-x, 0, 1);
}

/** The x with P(Z <= x) = probability. */
export function normalQuantile(probability: number): number {
  return normalQuantileOf(probability, 0, 1);
}

/** The standard normal density. */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
}

/** P(T > x) of Student's t; infinite degrees of freedom are the normal. */
export function tSurvival(x: number, degreesOfFreedom: number): number {
  return degreesOfFreedom > normalFrom ? normalSurvival(x) : tCdf(-x, degreesOfFreedom);
}

/** P(|T| > |x|). */
export function tTwoSided(x: number, degreesOfFreedom: number): number {
  return 2 * tSurvival(Math.abs(x), degreesOfFreedom);
}

/** The x with P(T <= x) = probability. */
export function tQuantile(probability: number, degreesOfFreedom: number): number {
  return degreesOfFreedom > normalFrom ? normalQuantile(probability) : tQuantileOf(probability, degreesOfFreedom);
}

/** P(X > x) of chi-square. */
export function chiSquareSurvival(x: number, degreesOfFreedom: number): number {
  return x <= 0 ? 1 : gammainc(x / 2, degreesOfFreedom / 2, true, true);
}

/** P(X > x) of F. */
export function fSurvival(x: number, numerator: number, denominator: number): number {
  if (x <= 0) return 1;
  if (denominator > normalFrom) return chiSquareSurvival(numerator * x, numerator);
  return betainc(denominator / (denominator + numerator * x), denominator / 2, numerator / 2, true, false);
}
