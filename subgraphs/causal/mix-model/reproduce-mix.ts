import { compareOutcomes } from '../reproduction/compare-outcomes.pure.ts';
import { defineReproducible } from '../reproduction/reproducible.ts';
import { requireFinished } from '../runs/run-view.ts';
import { mixModels } from './mix-model.runs.ts';
import { readTraining } from './read-mix.ts';
import { resultText } from './store-result.pure.ts';
import { trainInPool } from './train-in-pool.ts';

/** Mix models trained again. */
export const reproducibleMix = defineReproducible({
  finished: (context, id) => requireFinished(mixModels, context, id),
  async again(context, { choice, settings, inputs, result }, report) {
    const { read, inputs: now } = await readTraining(context, choice, settings);
    const trained = now.periods - choice.holdout;
    const task = { data: read.data, settings: settings.model, sampler: settings.sampler, trained };
    const text = resultText(await trainInPool(task, context.signal, report), read.data.dates);
    return compareOutcomes(result, JSON.parse(text), now.dataHash === inputs?.dataHash);
  },
});
