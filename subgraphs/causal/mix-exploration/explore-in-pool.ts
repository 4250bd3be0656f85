import { runInPool } from '@liftos/core/worker-pool.ts';
import { checkMixData } from '../mix-model/check-mix-data.pure.ts';
import {
  type exploreStretch,
  gatherExploration,
  type ExplorationResult,
  type ExploreTask,
} from './explore-task.pure.ts';

const workerFile = new URL('./mix-exploration.worker.ts', import.meta.url);
/** Candidates of one task: a fraction of a second. */
const stretch = 250;

/** Searches in worker threads; the result does not depend on how many there are. Throws the Problems of `checkMixData`. */
export async function exploreInPool(
  task: Omit<ExploreTask, 'from' | 'to'> & { readonly candidates: number },
  signal: AbortSignal,
  onProgress: (fraction: number) => void = () => undefined,
): Promise<ExplorationResult> {
  const { candidates, ...shared } = task;
  checkMixData(shared.data, shared.settings);
  let done = 0;
  const stretches = await Promise.all(
    Array.from({ length: Math.ceil(candidates / stretch) }, async (_, index) => {
      const part: ExploreTask = {
        ...shared,
        from: index * stretch,
        to: Math.min(candidates, (index + 1) * stretch),
      };
      const result = await runInPool<ReturnType<typeof exploreStretch>>(workerFile, 'explore', part, { signal });
      done += part.to - part.from;
      onProgress(done / candidates);
      return result;
    }),
  );
  return gatherExploration(shared.data, stretches);
}
