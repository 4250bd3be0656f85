import { on } from 'node:events';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import type { ImportPlan } from './import-plan.pure.ts';
import { readBatches, type ReadBatch } from './read-batches.ts';

export interface ReadFileTask {
  path: string;
  bytes: number;
  plan: ImportPlan;
  /** Batches that were stored before and need not be sent again. */
  skip: number;
  /** Batches that may wait to be stored; reading stops meanwhile. */
  ahead: number;
}

/** Sends the batches of a file to the parent, no more than `ahead` of them before the parent has taken one. */
async function send(port: MessagePort, task: ReadFileTask): Promise<void> {
  const taken = on(port, 'message');
  let sent = 0;
  for await (const batch of readBatches(task.path, task.bytes, task.plan)) {
    if (batch.index < task.skip) continue;
    if (sent >= task.ahead) await taken.next();
    port.postMessage(batch, buffersOf(batch));
    sent += 1;
  }
  port.close();
}

function buffersOf({ data }: ReadBatch): ArrayBuffer[] {
  if (!data) return [];
  return Object.values(data.columns).flatMap((column: unknown) =>
    ArrayBuffer.isView(column) ? [column.buffer as ArrayBuffer] : [],
  );
}

await send(parentPort!, workerData as ReadFileTask);
