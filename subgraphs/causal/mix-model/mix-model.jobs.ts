import { transaction } from '@liftos/core/create-context.ts';
import { defineJob, type JobContext } from '@liftos/core/jobs/define-job.ts';
import { abandonMix, beginMix, finishMix, noteMixProgress } from './mix-model.state.ts';
import { mixById, type StoredMix } from './mix-model.view.ts';
import { readMix } from './read-mix.ts';
import { resultText } from './store-result.pure.ts';
import { trainInPool } from './train-in-pool.ts';

/** Progress is stored and told at most so often. */
const progressMillis = 1000;

/** Trains a stored mix model in worker threads. */
export const mixModelJob = defineJob<{ modelId: string }>({
  type: 'causal.mixModel',
  timeoutSeconds: 1800,
  maxAttempts: 2,
  async handler(context, { modelId }) {
    const model = await mixById(context, modelId);
    if (!model || !(await transaction(context, (tx) => beginMix(tx, modelId)))) return;
    await train(context, model);
  },
  async onEnd(tx, { modelId }, { state, code, message }) {
    const told = code === 'INTERNAL' ? 'The training broke off; the log of its job says more.' : message;
    await abandonMix(tx, modelId, state === 'failed' ? 'FAILED' : 'CANCELLED', told);
  },
});

async function train(context: JobContext, { id, choice, settings }: StoredMix): Promise<void> {
  const { read, inputs } = await readMix(context, choice);
  context.logLine('info', `${inputs.channels.length} channels over ${inputs.periods} periods were read.`);
  const { model, sampler } = settings;
  const begin = performance.now();
  const task = { data: read.data, settings: model, sampler, trained: inputs.periods - choice.holdout };
  const result = await trainInPool(task, context.signal, reportTo(context, id));
  const computeMillis = performance.now() - begin;
  context.logLine('info', `Training took ${Math.round(computeMillis)} ms.`);
  const text = resultText(result, read.data.dates);
  await transaction(context, (tx) =>
    finishMix(tx, id, { inputs, result: text, warnings: read.warnings, computeMillis }),
  );
}

function reportTo(context: JobContext, id: string): (fraction: number) => void {
  let told = performance.now();
  return (fraction) => {
    context.progress(fraction);
    if (performance.now() - told < progressMillis) return;
    told = performance.now();
    transaction(context, (tx) => noteMixProgress(tx, id, fraction)).catch((error: unknown) =>
      context.log.warn({ error }, 'The progress of a mix model was not written.'),
    );
  };
}
