import { drawGamma } from '../numerics/random/draw.pure.ts';
import type { RandomStream } from '../numerics/random/stream.pure.ts';
import gammaln from '@stdlib/math-base-special-gammaln';
import type { Support } from './transforms.pure.ts';

/** What is believed of one parameter before the data; a plain object that can be stored, shown and changed. */
export type Prior =
  | { readonly kind: 'normal'; readonly mean: number; readonly sd: number }
  | { readonly kind: 'halfNormal'; readonly sd: number }
  | { readonly kind: 'logNormal'; readonly meanLog: number; readonly sdLog: number }
  | { readonly kind: 'gamma'; readonly shape: number; readonly rate: number }
  | { readonly kind: 'beta'; readonly a: number; readonly b: number };

const halfLogTwoPi = 0.5 * Math.log(2 * Math.PI);

/** Where a parameter with this prior lies. */
export function supportOf(prior: Prior): Support {
  if (prior.kind === 'normal') return 'real';
  return prior.kind === 'beta' ? 'unit' : 'positive';
}

/** Why the prior cannot be used, or null. */
export function invalidPrior(prior: Prior): string | null {
  const positive = (...values: number[]): boolean => values.every((value) => value > 0 && Number.isFinite(value));
  const holds =
    prior.kind === 'normal'
      ? Number.isFinite(prior.mean) && positive(prior.sd)
      : prior.kind === 'logNormal'
        ? Number.isFinite(prior.meanLog) && positive(prior.sdLog)
        : prior.kind === 'gamma'
          ? positive(prior.shape, prior.rate)
          : prior.kind === 'beta'
            ? positive(prior.a, prior.b)
            : positive(prior.sd);
  return holds ? null : `A ${prior.kind} prior needs finite numbers, and spreads and shapes above 0.`;
}

/** ln p(value), normalised. */
export function logPrior(prior: Prior, value: number): number {
  switch (prior.kind) {
    case 'normal':
      return -halfLogTwoPi - Math.log(prior.sd) - 0.5 * ((value - prior.mean) / prior.sd) ** 2;
    case 'halfNormal':
      return Math.LN2 - halfLogTwoPi - Math.log(prior.sd) - 0.5 * (value / prior.sd) ** 2;
    case 'logNormal': {
      const log = Math.log(value);
      return -halfLogTwoPi - Math.log(prior.sdLog) - log - 0.5 * ((log - prior.meanLog) / prior.sdLog) ** 2;
    }
    case 'gamma':
      return (
        prior.shape * Math.log(prior.rate) -
        gammaln(prior.shape) +
        (prior.shape - 1) * Math.log(value) -
        prior.rate * value
      );
    case 'beta':
      return (
        gammaln(prior.a + prior.b) -
        gammaln(prior.a) -
        gammaln(prior.b) +
        (prior.a - 1) * Math.log(value) +
        (prior.b - 1) * Math.log1p(-value)
      );
  }
}

/** d ln p / d value. */
export function logPriorSlope(prior: Prior, value: number): number {
  switch (prior.kind) {
    case 'normal':
      return (prior.mean - value) / prior.sd ** 2;
    case 'halfNormal':
      return -value / prior.sd ** 2;
    case 'logNormal':
      return -(1 + (Math.log(value) - prior.meanLog) / prior.sdLog ** 2) / value;
    case 'gamma':
      return (prior.shape - 1) / value - prior.rate;
    case 'beta':
      return (prior.a - 1) / value - (prior.b - 1) / (1 - value);
  }
}

/** One draw from the prior. */
export function drawPrior(prior: Prior, random: RandomStream): number {
  switch (prior.kind) {
    case 'normal':
      return prior.mean + prior.sd * random.normal();
    case 'halfNormal':
      return Math.abs(prior.sd * random.normal());
    case 'logNormal':
      return Math.exp(prior.meanLog + prior.sdLog * random.normal());
    case 'gamma':
      return drawGamma(random, prior.shape, prior.rate);
    case 'beta': {
      const first = drawGamma(random, prior.a, 1);
      return first / (first + drawGamma(random, prior.b, 1));
    }
  }
}
