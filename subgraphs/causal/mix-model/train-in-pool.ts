import { runInPool } from '@liftos/core/worker-pool.ts';
import type { Chain } from '../mcmc/sample-chain.pure.ts';
import { checkMixData } from './check-mix-data.pure.ts';
import type { MixResult } from './conclude-mix.pure.ts';
import type { ChainTask, MixTask } from './mix-model.worker.ts';

const workerFile = new URL('./mix-model.worker.ts', import.meta.url);
const reportMillis = 200;

/**
 * Fits a mix model in worker threads, one chain each as threads are free. The result depends on the task alone, not on
 * how many threads there are. Aborting the signal ends the threads at once. Throws the Problems of `checkMixData`.
 */
export async function trainInPool(
  task: MixTask,
  signal: AbortSignal,
  onProgress: (fraction: number) => void = () => undefined,
): Promise<MixResult> {
  checkMixData(task.data, task.settings, task.trained);
  const { chains, warmup, draws } = task.sampler;
  const progress = new SharedArrayBuffer(chains * Int32Array.BYTES_PER_ELEMENT);
  const done = new Int32Array(progress);
  const timer = setInterval(() => {
    const iterations = done.reduce((sum, _, chain) => sum + Atomics.load(done, chain), 0);
    onProgress(iterations / (chains * (warmup + draws)));
  }, reportMillis);
  try {
    const drawn = await Promise.all(
      Array.from({ length: chains }, (_, chain) => {
        const part: ChainTask = { task, chain, progress };
        return runInPool<Chain>(workerFile, 'drawChain', part, { signal });
      }),
    );
    return await runInPool<MixResult>(workerFile, 'conclude', { task, chains: drawn }, { signal });
  } finally {
    clearInterval(timer);
  }
}
