import { runInPool } from '@liftos/core/worker-pool.ts';
import type { Foretold, ForetellTask } from './foretell.worker.ts';

const workerFile = new URL('./foretell.worker.ts', import.meta.url);

/** Foretells in a worker thread, which ends at once when the signal aborts. Throws SHAPE where data and draws differ. */
export function foretellInPool(task: ForetellTask, signal: AbortSignal): Promise<Foretold> {
  return runInPool<Foretold>(workerFile, 'foretell', task, { signal });
}
