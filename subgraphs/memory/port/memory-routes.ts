import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from '@liftos/core/context.ts';
import { AppError } from '@liftos/core/errors.ts';
import type {
  CalendarQuery,
  ItemQuery,
  JourneyQuery,
  MemoryPort,
  RecordQuery,
  Withdrawal,
} from '@liftos/core/ports/memory.ts';
import { sendJson, type InternalRoute } from '@liftos/core/serve/internal-calls.ts';

/** Largest batch in bytes; senders cut batches at some thousand rows, far below. */
const largestBody = 256 * 1024 * 1024;

/** The Arrow library is large, and a process that runs everything never needs it. */
const arrow = () => import('@liftos/core/ports/memory-arrow.ts');

/** The unified data API for other processes: frames as Arrow, the rest as JSON. Calls are signed; see `InternalRoute`. */
export function memoryRoutes(port: MemoryPort): Record<string, InternalRoute> {
  return {
    '/ports/memory/ingest': async (context, request, response) =>
      sendJson(response, 200, await port.ingest(context, (await arrow()).batchFromArrow(await readBody(request)))),
    '/ports/memory/records': answering<RecordQuery>(async (context, query, response) =>
      sendArrow(response, (await arrow()).recordsToArrow(await port.records(context, query))),
    ),
    '/ports/memory/items': answering<ItemQuery>(async (context, query, response) =>
      sendArrow(response, (await arrow()).itemsToArrow(await port.items(context, query))),
    ),
    '/ports/memory/journeys': answering<JourneyQuery>(async (context, query, response) =>
      sendArrow(response, (await arrow()).journeysToArrow(await port.journeys(context, query))),
    ),
    '/ports/memory/totals': answering<Parameters<MemoryPort['totals']>[1]>(async (context, query, response) =>
      sendJson(response, 200, await port.totals(context, query)),
    ),
    '/ports/memory/surfacing': answering<Parameters<MemoryPort['surfacing']>[1]>(async (context, query, response) =>
      sendJson(response, 200, await port.surfacing(context, query)),
    ),
    '/ports/memory/relevant': answering<Parameters<MemoryPort['relevant']>[1]>(async (context, query, response) =>
      sendJson(response, 200, await port.relevant(context, query)),
    ),
    '/ports/memory/calendar': answering<CalendarQuery>(async (context, query, response) =>
      sendJson(response, 200, await port.calendar(context, query)),
    ),
    '/ports/memory/withdraw': answering<Withdrawal>(async (context, withdrawal, response) =>
      sendJson(response, 200, await port.withdraw(context, withdrawal)),
    ),
    '/ports/memory/forget': answering<{ connectionId: string }>(async (context, { connectionId }, response) => {
      await port.forgetConnection(context, connectionId);
      sendJson(response, 200, {});
    }),
    '/ports/memory/forget-before': answering<{ connectionId: string; day: string }>(
      async (context, { connectionId, day }, response) =>
        sendJson(response, 200, await port.forgetBefore(context, connectionId, day)),
    ),
  };
}

function answering<T>(work: (context: Context, query: T, response: ServerResponse) => Promise<void>): InternalRoute {
  return async (context, request, response) =>
    work(context, JSON.parse((await readBody(request)).toString()) as T, response);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) throw new AppError('QUOTA_EXCEEDED', 'The batch is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function sendArrow(response: ServerResponse, bytes: Uint8Array): void {
  response
    .writeHead(200, { 'content-type': 'application/vnd.apache.arrow.stream', 'content-length': bytes.byteLength })
    .end(bytes);
}
