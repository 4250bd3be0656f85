import type { Context } from '../context.ts';
import type { InternalTokens } from '../internal-token.ts';
import { callPort } from './call-port.ts';
import type { RelevantEntity, SurfacingEntity } from './memory-context.ts';
import type { CalendarHoliday, IngestResult, MemoryPort, UnitTotals } from './memory.ts';

const jsonType = 'application/json';

/** The Arrow library is large, and a process without remote modules never needs it. */
const arrow = () => import('./memory-arrow.ts');

/** The unified data API of a memory subgraph that runs in another process. */
export function remoteMemory(address: string, tokens: InternalTokens): MemoryPort {
  const call = (
    context: Context,
    name: string,
    type: string,
    body: Uint8Array<ArrayBuffer> | string,
  ): Promise<Response> =>
    callPort({
      url: new URL(`/ports/memory/${name}`, address).href,
      tokens,
      principal: context.principal,
      correlationId: context.correlationId,
      headers: { 'content-type': type },
      body,
      signal: context.signal,
    });
  const ask = (context: Context, name: string, query: unknown) => call(context, name, jsonType, JSON.stringify(query));
  return {
    async ingest(context, batch) {
      const { arrowType, batchToArrow } = await arrow();
      return (await (await call(context, 'ingest', arrowType, batchToArrow(batch))).json()) as IngestResult;
    },
    async records(context, query) {
      return (await arrow()).recordsFromArrow(await bytesOf(await ask(context, 'records', query)));
    },
    async items(context, query) {
      return (await arrow()).itemsFromArrow(await bytesOf(await ask(context, 'items', query)));
    },
    async journeys(context, query) {
      return (await arrow()).journeysFromArrow(await bytesOf(await ask(context, 'journeys', query)));
    },
    async totals(context, query) {
      return (await (await ask(context, 'totals', query)).json()) as UnitTotals[];
    },
    async surfacing(context, query) {
      return (await (await ask(context, 'surfacing', query)).json()) as SurfacingEntity[];
    },
    async relevant(context, query) {
      return (await (await ask(context, 'relevant', query)).json()) as RelevantEntity[];
    },
    async calendar(context, query) {
      return (await (await ask(context, 'calendar', query)).json()) as CalendarHoliday[];
    },
    async withdraw(context, withdrawal) {
      return (await (await ask(context, 'withdraw', withdrawal)).json()) as number;
    },
    async forgetConnection(context, connectionId) {
      await (await ask(context, 'forget', { connectionId })).json();
    },
    async forgetBefore(context, connectionId, day) {
      return (await (await ask(context, 'forget-before', { connectionId, day })).json()) as number;
    },
  };
}

async function bytesOf(response: Response): Promise<Uint8Array> {
  return new Uint8Array(await response.arrayBuffer());
}
