import { normalQuantile } from '../numerics/distributions.pure.ts';
import { quantileOfSorted } from '../numerics/random/resample.pure.ts';
import { meanOf, sumOf } from '../numerics/moments.pure.ts';
import type { Chain } from './sample-chain.pure.ts';

/** How far the draws of one quantity may be trusted. */
export interface Convergence {
  /** Rank-normalised split R-hat, the larger of bulk and folded; 1 when the chains agree. */
  readonly rHat: number;
  /** Effective draws for the centre of the distribution. */
  readonly bulkEss: number;
  /** Effective draws for its 5 % and 95 % quantiles, the smaller. */
  readonly tailEss: number;
}

/** What the sampler reports of all chains together. */
export interface SamplerReport {
  readonly divergences: number;
  /** Draws whose trajectory reached the greatest depth. */
  readonly atMaxDepth: number;
  /** The lowest energy fraction of missing information over the chains; below 0.3 the tails are badly explored. */
  readonly lowestEnergyFraction: number;
  readonly acceptance: number;
  readonly evaluations: number;
}

/**
 * Convergence of one quantity, an array of equal length per chain. After Vehtari, Gelman, Simpson, Carpenter and
 * Bürkner 2021, "Rank-normalization, folding, and localization". Values that never change give an R-hat of NaN.
 */
export function convergenceOf(chains: readonly Float64Array[]): Convergence {
  const halves = splitChains(chains);
  const ranked = normalScores(halves);
  const center = quantileOf(halves, 0.5);
  const folded = normalScores(halves.map((half) => half.map((value) => Math.abs(value - center))));
  return {
    rHat: Math.max(rHatOf(ranked), rHatOf(folded)),
    bulkEss: effectiveSize(ranked),
    tailEss: Math.min(...[0.05, 0.95].map((level) => effectiveSize(below(halves, quantileOf(halves, level))))),
  };
}

/** One coordinate of every chain. */
export function coordinateOf(chains: readonly Chain[], dimension: number, coordinate: number): Float64Array[] {
  return chains.map(({ positions, energies }) =>
    Float64Array.from(energies, (_, draw) => positions[draw * dimension + coordinate]!),
  );
}

export function reportSampler(chains: readonly Chain[], maxDepth = 10): SamplerReport {
  const sum = (count: (chain: Chain) => number): number => chains.reduce((total, chain) => total + count(chain), 0);
  return {
    divergences: sum(({ divergent }) => sumOf(divergent)),
    atMaxDepth: sum(({ depths }) => depths.reduce((total, depth) => total + (depth >= maxDepth ? 1 : 0), 0)),
    lowestEnergyFraction: Math.min(...chains.map(({ energies }) => energyFraction(energies))),
    acceptance: sum(({ acceptance }) => acceptance) / chains.length,
    evaluations: sum(({ evaluations }) => evaluations),
  };
}

/** E-BFMI: squared changes of energy over its variance (Betancourt 2016). */
function energyFraction(energies: Float64Array): number {
  const mean = meanOf(energies);
  let [changes, spread] = [0, 0];
  for (let draw = 0; draw < energies.length; draw++) {
    if (draw > 0) changes += (energies[draw]! - energies[draw - 1]!) ** 2;
    spread += (energies[draw]! - mean) ** 2;
  }
  return changes / spread;
}

function splitChains(chains: readonly Float64Array[]): Float64Array[] {
  return chains.flatMap((chain) => {
    const half = Math.floor(chain.length / 2);
    return [chain.subarray(0, half), chain.subarray(chain.length - half)];
  });
}

/** Ranks over all chains, equal values sharing their mean rank, as normal scores (Blom's offset of 3/8). */
function normalScores(chains: readonly Float64Array[]): Float64Array[] {
  const length = chains[0]!.length;
  const all = joined(chains);
  const order = Uint32Array.from(all, (_, index) => index).sort((a, b) => all[a]! - all[b]!);
  const scores = new Float64Array(all.length);
  for (let begin = 0; begin < order.length;) {
    let end = begin + 1;
    while (end < order.length && all[order[end]!] === all[order[begin]!]) end++;
    const rank = (begin + 1 + end) / 2;
    const score = normalQuantile((rank - 0.375) / (all.length + 0.25));
    for (let place = begin; place < end; place++) scores[order[place]!] = score;
    begin = end;
  }
  return chains.map((_, chain) => scores.subarray(chain * length, (chain + 1) * length));
}

function joined(chains: readonly Float64Array[]): Float64Array {
  const length = chains[0]!.length;
  const all = new Float64Array(length * chains.length);
  chains.forEach((chain, index) => all.set(chain, index * length));
  return all;
}

function quantileOf(chains: readonly Float64Array[], level: number): number {
  return quantileOfSorted(joined(chains).sort(), level);
}

function below(chains: readonly Float64Array[], limit: number): Float64Array[] {
  return chains.map((chain) => chain.map((value) => (value <= limit ? 1 : 0)));
}

function rHatOf(chains: readonly Float64Array[]): number {
  const { within, total } = variances(chains);
  return Math.sqrt(total / within);
}

/** Mean variance within chains, and the pooled estimate that adds the variance between them. */
function variances(chains: readonly Float64Array[]): { within: number; total: number } {
  const length = chains[0]!.length;
  const means = Float64Array.from(chains, meanOf);
  const within = meanOf(Float64Array.from(chains, varianceOf));
  return { within, total: (within * (length - 1)) / length + varianceOf(means) };
}

/** Geyer's initial monotone sequence over the autocorrelations of all chains; at most draws x log10(draws). */
function effectiveSize(chains: readonly Float64Array[]): number {
  const length = chains[0]!.length;
  const count = length * chains.length;
  const { within, total } = variances(chains);
  if (!(total > 0)) return NaN;
  const means = chains.map(meanOf);
  const correlation = (lag: number): number => {
    let sum = 0;
    chains.forEach((chain, index) => (sum += autocovariance(chain, means[index]!, lag)));
    return 1 - (within - ((sum / chains.length) * length) / (length - 1)) / total;
  };
  let [previous, sum] = [Infinity, 0];
  for (let lag = 0; lag + 1 < length - 1; lag += 2) {
    const pair = (lag === 0 ? 1 : correlation(lag)) + correlation(lag + 1);
    if (pair < 0) break;
    previous = Math.min(previous, pair);
    sum += previous;
  }
  return count / Math.max(2 * sum - 1, 1 / Math.log10(count));
}

function autocovariance(chain: Float64Array, mean: number, lag: number): number {
  let sum = 0;
  for (let draw = lag; draw < chain.length; draw++) sum += (chain[draw]! - mean) * (chain[draw - lag]! - mean);
  return sum / chain.length;
}

function varianceOf(values: Float64Array): number {
  const mean = meanOf(values);
  let sum = 0;
  for (const value of values) sum += (value - mean) ** 2;
  return sum / (values.length - 1);
}
