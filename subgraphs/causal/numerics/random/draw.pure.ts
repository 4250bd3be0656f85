import { normalQuantile, normalSurvival } from '../distributions.pure.ts';
import { Problem } from '../problem.pure.ts';
import type { RandomStream } from './stream.pure.ts';

/** A gamma with mean shape / rate (Marsaglia & Tsang 2000). */
export function drawGamma(random: RandomStream, shape: number, rate: number): number {
  if (!(shape > 0 && rate > 0)) throw new Problem('OUT_OF_RANGE', 'A gamma needs a positive shape and rate.');
  if (shape < 1) return drawGamma(random, shape + 1, rate) * (1 - random.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = random.normal();
    const v = (1 + c * x) ** 3;
    if (v <= 0) continue;
    const u = 1 - random.uniform();
    if (Math.log(u) < 0.5 * x * x + d * (1 - v + Math.log(v))) return (d * v) / rate;
  }
}

/** An inverse gamma with mean scale / (shape - 1). */
export function drawInverseGamma(random: RandomStream, shape: number, scale: number): number {
  return 1 / drawGamma(random, shape, scale);
}

/** A standard exponential. */
export function drawExponential(random: RandomStream): number {
  return -Math.log(1 - random.uniform());
}

/** A normal kept to [low, high]; bounds may be infinite. Exact also far in the tails (Robert 1995). */
export function drawTruncatedNormal(
  random: RandomStream,
  { mean, sd, low, high }: { mean: number; sd: number; low: number; high: number },
): number {
  if (!(low < high) || !(sd > 0)) throw new Problem('OUT_OF_RANGE', 'A truncated normal needs low < high and sd > 0.');
  return mean + sd * drawStandard(random, (low - mean) / sd, (high - mean) / sd);
}

function drawStandard(random: RandomStream, low: number, high: number): number {
  if (high < 0) return -drawStandard(random, -high, -low);
  if (low > 4) return drawTail(random, low, high);
  if (low < -1 && high > 1) return drawByRejection(random, low, high);
  const [above, below] = [normalSurvival(high), normalSurvival(low)];
  return Math.min(high, Math.max(low, -normalQuantile(above + (1 - random.uniform()) * (below - above))));
}

function drawByRejection(random: RandomStream, low: number, high: number): number {
  for (;;) {
    const x = random.normal();
    if (x >= low && x <= high) return x;
  }
}

/** From an exponential, itself kept to [low, high] so that a narrow interval costs no more than a wide one. */
function drawTail(random: RandomStream, low: number, high: number): number {
  const rate = (low + Math.sqrt(low * low + 4)) / 2;
  const kept = -Math.expm1(-rate * (high - low));
  for (;;) {
    const x = low - Math.log1p(-random.uniform() * kept) / rate;
    // The ratio is greatest at the nearer of the exponential's rate and the upper bound.
    const peak = Math.min(rate, high);
    const ratio = -0.5 * x * x + rate * x - (-0.5 * peak * peak + rate * peak);
    if (Math.log(1 - random.uniform()) <= ratio) return x;
  }
}

/** An index with probability in proportion to its weight. Weights must not be negative, and not all zero. */
export function drawCategory(random: RandomStream, weights: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < weights.length; index++) {
    if (!(weights[index]! >= 0)) throw new Problem('OUT_OF_RANGE', 'A weight is negative or missing.');
    total += weights[index]!;
  }
  if (!(total > 0)) throw new Problem('OUT_OF_RANGE', 'The weights are all zero.');
  let rest = random.uniform() * total;
  let last = 0;
  for (let index = 0; index < weights.length; index++) {
    const weight = weights[index]!;
    if (weight === 0) continue;
    last = index;
    rest -= weight;
    if (rest < 0) return index;
  }
  return last;
}
