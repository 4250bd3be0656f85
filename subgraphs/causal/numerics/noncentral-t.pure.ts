import betainc from '@stdlib/math-base-special-betainc/dist/index.js';
import gammaln from '@stdlib/math-base-special-gammaln/dist/index.js';
import { normalSurvival, tSurvival } from './distributions.pure.ts';

const maxTerms = 20_000;
/** Beyond this noncentrality the weights of the series underflow, and the normal approximation is good to five digits. */
const seriesTo = 37;
/** Beyond this many degrees of freedom likewise. */
const normalFrom = 1e7;

/**
 * P(T > x) of the noncentral t: (Z + noncentrality) / sqrt(chi-square / df). Lenth's series (Applied Statistics
 * algorithm 243, 1989), summed from the middle of its Poisson weights; accurate to about 1e-12.
 */
export function noncentralTSurvival(x: number, degreesOfFreedom: number, noncentrality: number): number {
  if (noncentrality === 0) return tSurvival(x, degreesOfFreedom);
  if (x < 0) return 1 - noncentralTSurvival(-x, degreesOfFreedom, -noncentrality);
  if (degreesOfFreedom > normalFrom || Math.abs(noncentrality) > seriesTo) {
    return normalTail(x, degreesOfFreedom, noncentrality);
  }
  const y = (x * x) / (x * x + degreesOfFreedom);
  const rest = degreesOfFreedom / (x * x + degreesOfFreedom);
  const half = (noncentrality * noncentrality) / 2;
  const start = Math.floor(half);
  let sum = 0;
  for (let term = start; term < start + maxTerms; term++) {
    const added = termOf(term, half, noncentrality, rest, degreesOfFreedom / 2);
    sum += added;
    if (Math.abs(added) < 1e-17 && term > start + 5) break;
  }
  for (let term = start - 1; term >= 0; term--) {
    const added = termOf(term, half, noncentrality, rest, degreesOfFreedom / 2);
    sum += added;
    if (Math.abs(added) < 1e-17) break;
  }
  // P(0 < T < x) holds the mass of I_y; with its complement in place of it, the sum is P(T > x).
  return y === 0 ? normalSurvival(-noncentrality) : Math.min(1, Math.max(0, sum));
}

/** Half the term's weights times P(beta > y), i.e. I_{1-y}(df/2, j + 1/2) and, for odd powers, I_{1-y}(df/2, j + 1). */
function termOf(j: number, half: number, noncentrality: number, rest: number, halfDf: number): number {
  const even = Math.exp(-half + j * Math.log(half) - gammaln(j + 1));
  const odd = (noncentrality / Math.SQRT2) * Math.exp(-half + j * Math.log(half) - gammaln(j + 1.5));
  return 0.5 * (even * betainc(rest, halfDf, j + 0.5, true, false) + odd * betainc(rest, halfDf, j + 1, true, false));
}

/** Abramowitz & Stegun 26.7.10. */
function normalTail(x: number, df: number, noncentrality: number): number {
  return normalSurvival((x * (1 - 1 / (4 * df)) - noncentrality) / Math.sqrt(1 + (x * x) / (2 * df)));
}
