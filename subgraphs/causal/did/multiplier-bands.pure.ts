import { normalQuantile } from '../numerics/distributions.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { quantileOfSorted, rademacher } from '../numerics/random/resample.pure.ts';
import type { RandomStream } from '../numerics/random/stream.pure.ts';

export interface Bands {
  /** By how many standard errors the bands reach: above the usual 1.96, since all effects are covered at once. */
  readonly criticalValue: number;
  readonly standardErrors: readonly number[];
  readonly bands: readonly { readonly low: number; readonly high: number }[];
}

interface Effect {
  readonly name: string;
  readonly estimate: number;
  readonly influence: Float64Array;
}

/**
 * Bands that hold all effects at once with probability 1 - alpha, by the multiplier bootstrap of influence functions
 * with Rademacher signs per unit. Standard errors are from the interquartile range of the draws (Callaway & Sant'Anna
 * 2021, algorithm 1).
 */
export function simultaneousBands(
  effects: readonly Effect[],
  random: RandomStream,
  { alpha = 0.05, replications = 1_000 }: { alpha?: number; replications?: number } = {},
): Bands {
  if (effects.length === 0) throw new Problem('TOO_FEW', 'There are no effects to draw bands around.');
  const units = effects[0]!.influence.length;
  const draws = effects.map(() => new Float64Array(replications));
  for (let draw = 0; draw < replications; draw++) {
    const signs = rademacher(random, units);
    effects.forEach(({ influence }, k) => (draws[k]![draw] = meanProduct(influence, signs)));
  }
  const spread = normalQuantile(0.75) - normalQuantile(0.25);
  const standardErrors = draws.map((values, k) => {
    const sorted = values.slice().sort();
    const error = (quantileOfSorted(sorted, 0.75) - quantileOfSorted(sorted, 0.25)) / spread;
    if (error > 0) return error;
    throw new Problem('ZERO_VARIANCE', `The effect of ${effects[k]!.name} has no spread to judge it by.`);
  });
  const largest = Float64Array.from({ length: replications }, (_, draw) =>
    Math.max(...draws.map((values, k) => Math.abs(values[draw]!) / standardErrors[k]!)),
  ).sort();
  const criticalValue = quantileOfSorted(largest, 1 - alpha);
  return {
    criticalValue,
    standardErrors,
    bands: effects.map(({ estimate }, k) => ({
      low: estimate - criticalValue * standardErrors[k]!,
      high: estimate + criticalValue * standardErrors[k]!,
    })),
  };
}

function meanProduct(influence: Float64Array, signs: Float64Array): number {
  let sum = 0;
  for (let u = 0; u < influence.length; u++) sum += influence[u]! * signs[u]!;
  return sum / influence.length;
}
