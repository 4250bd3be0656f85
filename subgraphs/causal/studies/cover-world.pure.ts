import { concludeMix } from '../mix-model/conclude-mix.pure.ts';
import { fitMixModel, type MixSampler } from '../mix-model/fit-mix-model.pure.ts';
import type { MixData } from '../mix-model/mix-data.pure.ts';
import type { MixSettings } from '../mix-model/mix-settings.pure.ts';
import { prepareMix } from '../mix-model/prepare-mix.pure.ts';

/** Data that was made from a known truth. */
export interface StudyWorld {
  readonly name: string;
  readonly data: MixData;
  /** By channel of the data: what its spend really brought per unit. */
  readonly truths: readonly number[];
}

/** What the model said of one channel beside its truth; 90 % interval. */
export interface CoveredChannel {
  readonly channel: string;
  readonly truth: number;
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** What one world came to. */
export interface CoveredWorld {
  readonly name: string;
  /** Empty where the diagnosis kept the results back. */
  readonly channels: readonly CoveredChannel[];
  readonly refusals: readonly string[];
  readonly worstRHat: number;
}

/** Fits the model to one world and puts its returns beside the truth. Throws the Problems of the data. */
export function coverWorld(world: StudyWorld, settings: MixSettings, sampler: MixSampler): CoveredWorld {
  const { summary, diagnosis } = concludeMix(fitMixModel(prepareMix(world.data, settings), sampler));
  const channels = (summary?.channels ?? []).map(({ name, roi }, index) => ({
    channel: name,
    truth: world.truths[index]!,
    ...roi,
  }));
  return { name: world.name, channels, refusals: diagnosis.refusals, worstRHat: diagnosis.worstRHat };
}
