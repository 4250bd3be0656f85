import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';

const pools = new Map<string, Piscina>();

/** How much less urgent worker threads are than the event loop, 0 to 19 as `nice` counts. */
const niceIncrement = 10;

export interface PoolTask {
  signal?: AbortSignal;
  /** Buffers to move instead of copying; they are empty here afterwards. */
  transfer?: readonly ArrayBuffer[];
}

/**
 * Runs a named export of a module in a worker thread, so that heavy numerics leave the event loop free. An aborted task
 * ends with its thread, at once. Data and result are structured-cloned or moved.
 */
export async function runInPool<T>(file: URL, name: string, data: unknown, task: PoolTask = {}): Promise<T> {
  let pool = pools.get(file.href);
  if (!pool) {
    // As many as cores: the threads give way to the event loop, since the system is told that theirs can wait.
    const maxThreads = availableParallelism();
    pool = new Piscina({ filename: file.href, minThreads: 0, maxThreads, idleTimeout: 30_000, niceIncrement });
    pools.set(file.href, pool);
  }
  const { signal, transfer } = task;
  return (await pool.run(data, {
    name,
    ...(signal ? { signal } : {}),
    ...(transfer ? { transferList: [...transfer] } : {}),
  })) as T;
}

/** Ends all worker threads. */
export async function closePools(): Promise<void> {
  await Promise.all([...pools.values()].map((pool) => pool.destroy()));
  pools.clear();
}
