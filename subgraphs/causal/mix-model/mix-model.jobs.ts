import { defineRunJob } from '../runs/run-job.ts';
import { mixModels } from './mix-model.runs.ts';
import { readTraining } from './read-mix.ts';
import { resultText } from './store-result.pure.ts';
import { trainInPool } from './train-in-pool.ts';

/** Trains a stored mix model in worker threads. */
export const mixModelJob = defineRunJob(mixModels, {
  type: 'causal.mixModel',
  timeoutSeconds: 1800,
  async compute(context, { choice, settings }, report) {
    const { read, inputs } = await readTraining(context, choice, settings);
    const { channels, periods } = inputs;
    context.logLine('info', `${channels.length} channels over ${periods} periods were read.`);
    const begin = performance.now();
    const task = {
      data: read.data,
      settings: settings.model,
      sampler: settings.sampler,
      trained: periods - choice.holdout,
    };
    const result = await trainInPool(task, context.signal, report);
    return {
      columns: {
        inputs: JSON.stringify(inputs),
        result: resultText(result, read.data.dates),
        warnings: JSON.stringify(read.warnings),
      },
      computeMillis: performance.now() - begin,
      summary: `A mix model of ${channels.length} channels over ${periods} periods is trained.`,
    };
  },
});
