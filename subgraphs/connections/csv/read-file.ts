import { Worker } from 'node:worker_threads';
import type { ReadBatch } from './read-batches.ts';
import type { ReadFileTask } from './read-file.worker.ts';

/** Enough to keep both sides busy; each batch is about a megabyte. */
const batchesAhead = 3;

/**
 * Read a file in a thread of its own, so that parsing goes on while the batch before is stored and the server stays
 * responsive. Ends the thread when the reader stops early or the signal aborts (then it throws the signal's reason).
 */
export async function* readFile(task: Omit<ReadFileTask, 'ahead'>, signal: AbortSignal): AsyncGenerator<ReadBatch> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./read-file.worker.ts', import.meta.url), {
    workerData: { ...task, ahead: batchesAhead } satisfies ReadFileTask,
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  });
  const inbox: ReadBatch[] = [];
  let failure: unknown;
  let ended = false;
  let wake: () => void = () => undefined;
  const stop = (reason: unknown): void => {
    failure ??= reason;
    wake();
  };
  const abort = (): void => stop(signal.reason);
  worker.on('message', (batch: ReadBatch) => {
    inbox.push(batch);
    wake();
  });
  worker.on('error', stop);
  worker.on('exit', () => {
    ended = true;
    wake();
  });
  signal.addEventListener('abort', abort, { once: true });
  try {
    for (;;) {
      if (failure !== undefined) throw failure;
      const batch = inbox.shift();
      if (batch) {
        yield batch;
        if (batch.data === null) return;
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        worker.postMessage('taken');
      } else if (ended) throw new Error('The reader of the file ended before the file did.');
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    signal.removeEventListener('abort', abort);
    await worker.terminate();
  }
}
