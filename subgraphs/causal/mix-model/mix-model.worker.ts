import type { Chain } from '../mcmc/sample-chain.pure.ts';
import { concludeMix, type MixResult } from './conclude-mix.pure.ts';
import { assembleFit, sampleMixChain, type MixSampler } from './fit-mix-model.pure.ts';
import type { MixData } from './mix-data.pure.ts';
import type { MixSettings } from './mix-settings.pure.ts';
import { prepareMix } from './prepare-mix.pure.ts';

/** Everything a fit depends on. */
export interface MixTask {
  readonly data: MixData;
  readonly settings: MixSettings;
  readonly sampler: MixSampler;
  /** Periods used for fitting, the first ones; the rest tests the model. */
  readonly trained: number;
}

export interface ChainTask {
  readonly task: MixTask;
  readonly chain: number;
  /** Iterations done, one number per chain. */
  readonly progress: SharedArrayBuffer;
}

/** Entry of the worker thread: draws one chain. */
export function drawChain({ task, chain, progress }: ChainTask): Chain {
  const done = new Int32Array(progress);
  const mix = prepareMix(task.data, task.settings, task.trained);
  return sampleMixChain(mix, task.sampler, chain, (iterations) => void Atomics.store(done, chain, iterations));
}

/** Entry of the worker thread: puts chains together and draws conclusions. */
export function conclude({ task, chains }: { task: MixTask; chains: readonly Chain[] }): MixResult {
  const mix = prepareMix(task.data, task.settings, task.trained);
  return concludeMix(assembleFit(mix, chains, task.sampler.seed));
}
