import { readTraining } from '../mix-model/read-mix.ts';
import { defineRunJob } from '../runs/run-job.ts';
import { exploreInPool } from './explore-in-pool.ts';
import { mixExplorations } from './mix-exploration.runs.ts';

/** Searches over mix models in worker threads. */
export const mixExplorationJob = defineRunJob(mixExplorations, {
  type: 'causal.mixExploration',
  timeoutSeconds: 1800,
  async compute(context, { choice, settings }, report) {
    const { read, inputs } = await readTraining(context, choice, settings);
    const begin = performance.now();
    const { model, candidates, nonNegative, seed } = settings;
    const task = { data: read.data, settings: model, candidates, nonNegative, seed };
    const result = await exploreInPool(task, context.signal, report);
    return {
      columns: {
        inputs: JSON.stringify(inputs),
        result: JSON.stringify(result),
        warnings: JSON.stringify(read.warnings),
      },
      computeMillis: performance.now() - begin,
      summary: `${candidates} candidates of a mix model were searched; ${result.front.length} remain.`,
    };
  },
});
