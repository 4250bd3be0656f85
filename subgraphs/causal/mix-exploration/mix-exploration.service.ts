import type { Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { badInput } from '@liftos/core/errors.ts';
import { completeChecked } from '../mix-model/mix-model.service.ts';
import type { TrainInput } from '../mix-model/train-choice.pure.ts';
import { insertRun } from '../runs/run-state.ts';
import { mixExplorationJob } from './mix-exploration.jobs.ts';
import { mixExplorations, type StoredExploration } from './mix-exploration.runs.ts';

export interface ExploreInput {
  readonly training: TrainInput;
  readonly candidates?: number | null | undefined;
  readonly nonNegative?: boolean | null | undefined;
}

/** Store a search and send its job, together. Throws BAD_USER_INPUT naming the field that cannot be used. */
export async function startExploration(context: Context, input: ExploreInput): Promise<StoredExploration> {
  const candidates = input.candidates ?? 2000;
  if (!(Number.isInteger(candidates) && candidates >= 100 && candidates <= 20_000)) {
    throw badInput('input.candidates', 'A search has 100 to 20000 candidates.');
  }
  if (input.training.geo === 'REGION') {
    throw badInput('input.training.geo', 'A search takes all regions together; choose a national model.');
  }
  const { choice, settings } = await completeChecked(context, input.training, 'input.training');
  const own = {
    choice: JSON.stringify({ ...choice, holdout: 0 }),
    settings: JSON.stringify({
      model: settings.model,
      candidates,
      nonNegative: input.nonNegative ?? true,
      seed: settings.sampler.seed,
    }),
    inputs: null as never,
    result: null as never,
    warnings: '[]',
  };
  const summary = `A search over ${candidates} candidates of a mix model was started.`;
  return transaction(context, (tx) => insertRun(mixExplorations, tx, mixExplorationJob, own, summary));
}
