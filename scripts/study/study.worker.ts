import { coverWorld, type CoveredWorld } from '@liftos/causal/studies/cover-world.pure.ts';
import { completeTraining } from '@liftos/causal/mix-model/train-choice.pure.ts';
import { mockWorld } from './mock-world.ts';

export interface CoverageTask {
  readonly world: number;
  readonly weeks: number;
  readonly chains: number;
  readonly draws: number;
}

/** Entry of the worker thread: makes one world and fits the model as a training without any choice would. */
export function cover({ world, weeks, chains, draws }: CoverageTask): CoveredWorld {
  const made = mockWorld(world, weeks);
  const { from, to } = { from: made.data.dates[0]!, to: made.data.dates.at(-1)! };
  const { settings } = completeTraining({ from, to, chains, draws });
  return coverWorld(made, settings.model, settings.sampler);
}
