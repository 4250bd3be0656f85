import { runInPool } from '@liftos/core/worker-pool.ts';
import type { MixSampler } from '../mix-model/fit-mix-model.pure.ts';
import type { MixData } from '../mix-model/mix-data.pure.ts';
import type { MixSettings } from '../mix-model/mix-settings.pure.ts';
import type { FoldTask } from './back-test.worker.ts';
import { measureFold, type FoldMetrics, type FoldPoint } from './fold-metrics.pure.ts';
import { firstPeriods, planFolds, type BackTest } from './plan-folds.pure.ts';

const workerFile = new URL('./back-test.worker.ts', import.meta.url);
const reportMillis = 200;
/** A forecast needs fewer draws than an interval of an effect. */
const [mostChains, mostDraws] = [2, 300];

/** One step of the rolling origin, measured. */
export interface TestedFold {
  /** First day of the last period that was known. */
  readonly lastKnown: string;
  readonly metrics: FoldMetrics | null;
  readonly points: readonly FoldPoint[];
}

/**
 * Tests settings on the folds of data, in worker threads; the result depends on what is given alone. Aborting the
 * signal ends the threads at once. Throws Problems: TOO_FEW where folds leave too little, and those of `checkMixData`.
 */
export async function backTest(
  data: MixData,
  settings: MixSettings,
  sampler: MixSampler,
  plan: BackTest,
  signal: AbortSignal,
  onProgress: (fraction: number) => void,
): Promise<TestedFold[]> {
  const spans = planFolds(data.dates.length, plan);
  const progress = new SharedArrayBuffer(spans.length * Int32Array.BYTES_PER_ELEMENT);
  const done = new Int32Array(progress);
  const draws = Math.min(mostDraws, sampler.draws);
  const light = { ...sampler, chains: Math.min(mostChains, sampler.chains), draws, warmup: draws };
  const timer = setInterval(() => {
    onProgress(spans.reduce((sum, _, fold) => sum + Atomics.load(done, fold), 0) / (1000 * spans.length));
  }, reportMillis);
  try {
    return await Promise.all(
      spans.map(async ({ trained, end }, fold) => {
        const task: FoldTask = { data: firstPeriods(data, end), settings, sampler: light, trained, fold, progress };
        const points = await runInPool<FoldPoint[]>(workerFile, 'foretellFold', task, { signal });
        return { lastKnown: data.dates[trained - 1]!, metrics: measureFold(points), points };
      }),
    );
  } finally {
    clearInterval(timer);
  }
}
