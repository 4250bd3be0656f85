import { readTraining } from '../mix-model/read-mix.ts';
import { compareOutcomes } from '../reproduction/compare-outcomes.pure.ts';
import { defineReproducible } from '../reproduction/reproducible.ts';
import { requireFinished } from '../runs/run-view.ts';
import { exploreInPool } from './explore-in-pool.ts';
import { mixExplorations } from './mix-exploration.runs.ts';

/** Searches over mix models made again. */
export const reproducibleExploration = defineReproducible({
  finished: (context, id) => requireFinished(mixExplorations, context, id),
  async again(context, { choice, settings, inputs, result }, report) {
    const { read, inputs: now } = await readTraining(context, choice, settings);
    const { model, ...rest } = settings;
    const found = await exploreInPool({ data: read.data, settings: model, ...rest }, context.signal, report);
    return compareOutcomes(result, found, now.dataHash === inputs?.dataHash);
  },
});
