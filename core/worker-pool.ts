import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';

const pools = new Map<string, Piscina>();

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
    // One core stays with the event loop.
    const maxThreads = Math.max(1, availableParallelism() - 1);
    pool = new Piscina({ filename: file.href, minThreads: 0, maxThreads, idleTimeout: 30_000 });
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
