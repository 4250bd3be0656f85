import { AppError } from '@liftos/core/errors.ts';
import type { JobContext } from '@liftos/core/jobs/define-job.ts';
import { mixModels, type StoredMix } from '../mix-model/mix-model.runs.ts';
import { readTraining } from '../mix-model/read-mix.ts';
import { defineRunJob } from '../runs/run-job.ts';
import { requireRun } from '../runs/run-view.ts';
import { backTest, type TestedFold } from './back-test.ts';
import { measureFold, type FoldMetrics } from './fold-metrics.pure.ts';
import { modelVersions } from './model-version.runs.ts';
import type { KeptFold, VersionInputs } from './tables.ts';

const lookMillis = 400;
/** Share of the progress that the back-test has. */
const testShare = 0.5;

/** Tests a version on its folds while its mix model is being trained by a job of its own, then waits for that. */
export const modelVersionJob = defineRunJob(modelVersions, {
  type: 'causal.modelVersion',
  timeoutSeconds: 3600,
  async compute(context, { mixModelId, backTest: plan }, report) {
    const begin = performance.now();
    const { choice, settings } = await requireRun(mixModels, context, mixModelId);
    const { read, inputs } = await readTraining(context, choice, settings);
    context.logLine('info', `Testing on ${plan.folds} folds of ${plan.periods} periods.`);
    const tested = await backTest(read.data, settings.model, settings.sampler, plan, context.signal, (fraction) =>
      report(testShare * fraction),
    );
    const trained = await trainedMix(context, mixModelId, report);
    const folds = keptFolds(tested, choice.period === 'WEEK' ? 7 : 1);
    const metrics = measureFold(tested.flatMap(({ points }) => points));
    const kept: VersionInputs = {
      periods: inputs.periods,
      channels: inputs.channels,
      currency: inputs.currency,
      kpi: choice.kpi === 'revenue' ? 'REVENUE' : 'CONVERSIONS',
      firstDate: inputs.firstDate,
      lastDate: inputs.lastDate,
      dataHash: inputs.dataHash,
      mock: choice.mock,
    };
    return {
      columns: {
        inputs: JSON.stringify(kept),
        folds: JSON.stringify(folds),
        metrics: JSON.stringify(metrics),
        warnings: JSON.stringify(warningsOf(trained, metrics, inputs.dataHash)),
      },
      computeMillis: performance.now() - begin,
      summary: `A version of a model is trained and tested on ${plan.folds} folds.`,
    };
  },
});

/** The version's mix model once it has ended. Throws what it failed with. */
async function trainedMix(context: JobContext, id: string, report: (fraction: number) => void): Promise<StoredMix> {
  for (;;) {
    const mix = await requireRun(mixModels, context, id);
    if (mix.state === 'SUCCEEDED') return mix;
    if (mix.state === 'FAILED') throw new AppError('BAD_USER_INPUT', mix.error ?? 'The training failed.');
    if (mix.state === 'CANCELLED') throw new AppError('BAD_USER_INPUT', 'The training of its mix model was cancelled.');
    report(testShare + (1 - testShare) * mix.progress);
    await pause(context.signal);
  }
}

/** Waits a moment. Rejects when the signal aborts. */
function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    }, lookMillis);
    signal.addEventListener('abort', abort, { once: true });
    if (signal.aborted) abort();
  });
}

function keptFolds(tested: readonly TestedFold[], periodDays: number): KeptFold[] {
  return tested.flatMap(({ lastKnown, metrics, points }) =>
    metrics === null
      ? []
      : [
          {
            trainedUntil: dayAfter(lastKnown, periodDays - 1),
            from: points[0]!.date,
            to: dayAfter(points.at(-1)!.date, periodDays - 1),
            metrics,
            points,
          },
        ],
  );
}

function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function warningsOf({ diagnosis, inputs }: StoredMix, metrics: FoldMetrics | null, dataHash: string): string[] {
  const warnings = [...(diagnosis?.refusals ?? [])];
  if (inputs?.dataHash !== dataHash) {
    warnings.push(
      'Data arrived while the version was trained: the back-test and the model read different states of it.',
    );
  }
  if (metrics === null) warnings.push('Nothing happened in the periods of the folds, so they measure nothing.');
  else if (metrics.coverage < 0.7) {
    warnings.push(
      `Only ${Math.round(100 * metrics.coverage)} % of the values foretold in the back-test lie inside their 90 % interval: the intervals are too narrow.`,
    );
  }
  return warnings;
}
