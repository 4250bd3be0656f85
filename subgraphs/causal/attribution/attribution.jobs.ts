import { AppError } from '@liftos/core/errors.ts';
import { defineRunJob } from '../runs/run-job.ts';
import { addSpend } from './add-spend.pure.ts';
import { attributionRuns } from './attribution.runs.ts';
import { computeInPool } from './compute-in-pool.ts';
import { journeyCount } from './journey-frame.pure.ts';
import { readJourneys, readSpend } from './read-journeys.ts';

/** Computes a stored run in a worker thread. */
export const attributionJob = defineRunJob(attributionRuns, {
  type: 'causal.attribution',
  timeoutSeconds: 600,
  async compute(context, { settings }, report) {
    const { journeys, about, warnings: readWarnings } = await readJourneys(context, settings);
    const [rows, touches] = [journeyCount(journeys), journeys.touches.length];
    context.logLine('info', `${rows} rows of journeys with ${touches} touches were read.`);
    const spend = await readSpend(context, settings, about);
    const computed = await computeInPool(journeys, settings, context.signal, report);
    const { attribution, dataHash, computeMillis } = computed;
    if (attribution.kind === 'unavailable') throw new AppError('BAD_USER_INPUT', attribution.reason);
    const { results, warnings } = addSpend(attribution.results, spend, about.currency);
    const count = attribution.summary.journeys.toLocaleString('en');
    return {
      columns: {
        inputs: JSON.stringify({ ...attribution.summary, ...about, dataHash }),
        results: JSON.stringify(results),
        agreement: JSON.stringify(attribution.agreement),
        warnings: JSON.stringify([...readWarnings, ...attribution.warnings, ...warnings]),
      },
      computeMillis,
      summary: `Attribution of ${count} journeys is ready.`,
    };
  },
});
