import { runInPool } from '@liftos/core/worker-pool.ts';
import { progressParts, type Computed, type ComputeTask } from './attribution.worker.ts';
import type { OnProgress } from './attribute-journeys.pure.ts';
import { detachable, type Journeys } from './journey-frame.pure.ts';
import type { AttributionSettings } from './settings.pure.ts';

const workerFile = new URL('./attribution.worker.ts', import.meta.url);
const reportMillis = 200;

/**
 * Run the models in a worker thread. The columns move there: they are empty here afterwards. Aborting the signal ends
 * the thread at once. Progress is read from shared memory, so the thread never waits for this one.
 */
export async function computeInPool(
  journeys: Journeys,
  settings: AttributionSettings,
  signal: AbortSignal,
  onProgress: OnProgress = () => undefined,
): Promise<Computed> {
  const progress = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const done = new Int32Array(progress);
  const timer = setInterval(() => onProgress(Atomics.load(done, 0) / progressParts), reportMillis);
  const { journeys: columns, buffers } = detachable(journeys);
  const task: ComputeTask = { journeys: columns, settings, progress };
  try {
    return await runInPool<Computed>(workerFile, 'compute', task, { signal, transfer: buffers });
  } finally {
    clearInterval(timer);
  }
}
