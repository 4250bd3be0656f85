import {
  convergenceOf,
  coordinateOf,
  reportSampler,
  type Convergence,
  type SamplerReport,
} from '../mcmc/diagnose-chains.pure.ts';
import { findMode } from '../mcmc/find-mode.pure.ts';
import { sampleChain, type Chain, type SamplerSettings } from '../mcmc/sample-chain.pure.ts';
import { Whitened } from '../mcmc/whiten.pure.ts';
import { stream } from '../numerics/random/stream.pure.ts';
import { MixDensity } from './mix-density.pure.ts';
import { startOf, type MixLayout } from './mix-layout.pure.ts';
import type { PreparedMix } from './prepare-mix.pure.ts';

/** How a mix model is sampled; chain by chain reproducible from the seed. */
export interface MixSampler {
  readonly seed: number;
  readonly chains: number;
  readonly warmup: number;
  readonly draws: number;
  readonly targetAcceptance: number;
}

export const defaultMixSampler: MixSampler = { seed: 1, chains: 4, warmup: 1000, draws: 1000, targetAcceptance: 0.9 };

/** The posterior of a mix model. */
export interface MixFit {
  readonly mix: PreparedMix;
  readonly layout: MixLayout;
  /** All chains, one after the other. */
  readonly draws: number;
  /** draws x dimension: parameters in their own units. */
  readonly values: Float64Array;
  /** draws x channels: what the saturated media of a channel is multiplied by. */
  readonly factors: Float64Array;
  /** draws x linear terms. */
  readonly coefficients: Float64Array;
  /** One entry per parameter, in the order of the layout. */
  readonly convergence: readonly Convergence[];
  readonly sampler: SamplerReport;
}

const maxDepth = 10;

/** Draws chain number `chain` of a mix model; the part that workers share out. */
export function sampleMixChain(
  mix: PreparedMix,
  sampler: MixSampler,
  chain: number,
  onIteration: (done: number) => void = () => undefined,
): Chain {
  const density = new MixDensity(mix);
  // Shape, carry-over and effect of a channel move together; seen from their curvature near the mode they do not.
  const whitened = new Whitened(density, findMode(density, startOf(density.layout)));
  const { seed, warmup, draws, targetAcceptance } = sampler;
  const settings: SamplerSettings = { seed, warmup, draws, targetAcceptance, maxDepth, radius: 1.5 };
  const drawn = sampleChain(whitened, settings, chain, onIteration);
  const at = new Float64Array(whitened.dimension);
  for (let draw = 0; draw < draws; draw++) {
    const row = drawn.positions.subarray(draw * at.length, (draw + 1) * at.length);
    whitened.locate(row, at);
    row.set(at);
  }
  return drawn;
}

/** Puts chains together, in the order of their numbers, and draws the linear coefficients that go with every draw. */
export function assembleFit(mix: PreparedMix, chains: readonly Chain[], seed: number): MixFit {
  const density = new MixDensity(mix);
  const { layout, dimension } = density;
  const each = chains[0]!.energies.length;
  const draws = each * chains.length;
  const terms = mix.terms.length;
  const values = new Float64Array(draws * dimension);
  const factors = new Float64Array(draws * mix.channels.length);
  const coefficients = new Float64Array(draws * terms);
  chains.forEach(({ positions }, chain) => {
    // A label that no chain has.
    const random = stream(seed, chain, 1);
    for (let draw = 0; draw < each; draw++) {
      const row = chain * each + draw;
      const complete = density.complete(positions.subarray(draw * dimension, (draw + 1) * dimension), random);
      values.set(complete.values, row * dimension);
      coefficients.set(complete.coefficients, row * terms);
      factors.set(density.factors(), row * mix.channels.length);
    }
  });
  const convergence = layout.parameters.map((_, index) => convergenceOf(coordinateOf(chains, dimension, index)));
  const sampler = reportSampler(chains, maxDepth);
  return { mix, layout, draws, values, factors, coefficients, convergence, sampler };
}

/** Fits with all chains in this thread. */
export function fitMixModel(mix: PreparedMix, sampler: MixSampler, onProgress?: (fraction: number) => void): MixFit {
  const iterations = sampler.warmup + sampler.draws;
  const chains = Array.from({ length: sampler.chains }, (_, chain) =>
    sampleMixChain(mix, sampler, chain, (done) => onProgress?.((chain + done / iterations) / sampler.chains)),
  );
  return assembleFit(mix, chains, sampler.seed);
}
