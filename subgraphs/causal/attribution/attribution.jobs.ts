import { transaction } from '@liftos/core/create-context.ts';
import { AppError } from '@liftos/core/errors.ts';
import { defineJob, type JobContext } from '@liftos/core/jobs/define-job.ts';
import { addSpend } from './add-spend.pure.ts';
import { runById } from './attribution.view.ts';
import { computeInPool } from './compute-in-pool.ts';
import { journeyCount } from './journey-frame.pure.ts';
import { readJourneys, readSpend } from './read-journeys.ts';
import { abandonRun, beginRun, finishRun, noteProgress } from './run-state.ts';
import type { AttributionSettings } from './settings.pure.ts';

/** Progress is stored and told at most so often. */
const progressMillis = 1000;

/** Computes a stored run in a worker thread. */
export const attributionJob = defineJob<{ runId: string }>({
  type: 'causal.attribution',
  timeoutSeconds: 600,
  maxAttempts: 2,
  async handler(context, { runId }) {
    const run = await runById(context, runId);
    if (!run || !(await transaction(context, (tx) => beginRun(tx, runId)))) return;
    await computeRun(context, runId, run.settings);
  },
  async onEnd(tx, { runId }, { state, code, message }) {
    const told = code === 'INTERNAL' ? 'The computation broke off; the log of its job says more.' : message;
    await abandonRun(tx, runId, state === 'failed' ? 'FAILED' : 'CANCELLED', told);
  },
});

async function computeRun(context: JobContext, runId: string, settings: AttributionSettings): Promise<void> {
  const { journeys, about, warnings: readWarnings } = await readJourneys(context, settings);
  context.logLine(
    'info',
    `${journeyCount(journeys)} rows of journeys with ${journeys.touches.length} touches were read.`,
  );
  const spend = await readSpend(context, settings, about);
  const computed = await computeInPool(journeys, settings, context.signal, reportTo(context, runId));
  const { attribution, dataHash, computeMillis } = computed;
  if (attribution.kind === 'unavailable') throw new AppError('BAD_USER_INPUT', attribution.reason);
  const { results, warnings } = addSpend(attribution.results, spend, about.currency);
  context.logLine('info', `The models took ${Math.round(computeMillis)} ms.`);
  await transaction(context, (tx) =>
    finishRun(tx, runId, {
      inputs: { ...attribution.summary, ...about, dataHash },
      results,
      agreement: attribution.agreement,
      warnings: [...readWarnings, ...attribution.warnings, ...warnings],
      computeMillis,
    }),
  );
}

function reportTo(context: JobContext, runId: string): (fraction: number) => void {
  let told = performance.now();
  return (fraction) => {
    context.progress(fraction);
    if (performance.now() - told < progressMillis) return;
    told = performance.now();
    transaction(context, (tx) => noteProgress(tx, runId, fraction)).catch((error: unknown) =>
      context.log.warn({ error }, 'The progress of an attribution run was not written.'),
    );
  };
}
