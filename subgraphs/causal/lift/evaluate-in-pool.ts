import { runInPool } from '@liftos/core/worker-pool.ts';
import type { LiftData } from './lift-data.pure.ts';
import type { LiftResult } from './lift-result.pure.ts';
import type { LiftSettings } from './lift-settings.pure.ts';
import type { LiftTask } from './lift.worker.ts';
import { expectedEstimates } from './refute-lift.pure.ts';

const workerFile = new URL('./lift.worker.ts', import.meta.url);
const reportMillis = 200;

/** Evaluates in a worker thread. Aborting the signal ends the thread at once. Throws the Problems of the methods. */
export async function evaluateInPool(
  data: LiftData,
  settings: LiftSettings,
  signal: AbortSignal,
  onProgress: (fraction: number) => void = () => undefined,
): Promise<LiftResult> {
  const progress = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const done = new Int32Array(progress);
  const timer = setInterval(() => onProgress(Math.min(0.99, Atomics.load(done, 0) / expectedEstimates)), reportMillis);
  try {
    const task: LiftTask = { data, settings, progress };
    return await runInPool<LiftResult>(workerFile, 'evaluateTask', task, { signal });
  } finally {
    clearInterval(timer);
  }
}
