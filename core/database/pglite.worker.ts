import { PGlite } from '@electric-sql/pglite';
import { vector } from '@electric-sql/pglite-pgvector';
import { parentPort, workerData } from 'node:worker_threads';
import { keepText, readInt8, typeIds } from './values.ts';
import { failure, type Reply, type Request, type WorkerOptions } from './pglite.protocol.ts';

const port = parentPort;
if (!port) throw new Error('This file runs in a worker thread.');

const options = workerData as WorkerOptions;
const database = await PGlite.create({
  ...(options.dataDir ? { dataDir: options.dataDir } : {}),
  ...(options.template ? { loadDataDir: new Blob([options.template]) } : {}),
  extensions: { vector },
  parsers: { [typeIds.int8]: readInt8, [typeIds.date]: keepText, [typeIds.numeric]: keepText },
  relaxedDurability: false,
  // The default of 128 MB is never given back; the file system's cache stands behind it.
  startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=64MB'],
});
const listeners = new Map<string, () => Promise<void>>();

async function answer(request: Request): Promise<unknown> {
  switch (request.kind) {
    case 'query': {
      if (request.before) await database.exec(request.before);
      const { rows, affectedRows } = await database.query(request.text, request.parameters as unknown[]);
      return { rows, affectedRows: affectedRows ?? 0 };
    }
    case 'scoped':
      return scoped(request.before, request.text, request.parameters as unknown[]);
    case 'script': {
      if (request.before) await database.exec(request.before);
      const results = await database.exec(request.text);
      return { rows: results.flatMap((result) => result.rows), affectedRows: 0 };
    }
    case 'listen':
      listeners.set(
        request.channel,
        await database.listen(request.channel, (payload) => send({ notification: request.channel, payload })),
      );
      return undefined;
    case 'unlisten':
      await listeners.get(request.channel)?.();
      return undefined;
    case 'dump':
      return new Uint8Array(await (await database.dumpDataDir('gzip')).arrayBuffer());
    case 'close':
      await database.close();
      return undefined;
  }
}

/** One statement under row-level security, in one message instead of four. */
async function scoped(before: string, text: string, parameters: unknown[]): Promise<unknown> {
  await database.exec(`begin; ${before}`);
  try {
    const { rows, affectedRows } = await database.query(text, parameters);
    await database.exec('commit');
    return { rows, affectedRows: affectedRows ?? 0 };
  } catch (error) {
    await database.exec('rollback');
    throw error;
  }
}

function send(reply: Reply): void {
  port?.postMessage(reply);
}

port.on('message', (request: Request) => {
  answer(request).then(
    (value) => send({ id: request.id, value }),
    (error: unknown) => send({ id: request.id, error: failure(error) }),
  );
});
send({ ready: true });
