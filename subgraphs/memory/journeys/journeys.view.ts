import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import type { JourneyFrame, JourneyQuery, SourceKind } from '@liftos/core/ports/memory.ts';
import type { MemoryTables } from '../tables.ts';
import { FrameBuilder, selectJourneys, type Selected } from './build-frame.pure.ts';
import { decodeBlock } from './journey-block.pure.ts';

const decompress = promisify(zstdDecompress);

/** Blocks read by one statement. */
const pageSize = 128;

/** The journeys a query asks for, in the order they were stored. Other requests get their turn in between. */
export async function journeyFrame(context: Context, query: JourneyQuery): Promise<JourneyFrame> {
  const selected: Selected[] = [];
  const sourceKinds = new Set<SourceKind>();
  for await (const row of storedBlocks(context, query)) {
    const block = decodeBlock(await decompress(Buffer.from(row.content, 'base64')));
    const { replaced, channels, campaigns, currencies } = row;
    const found = selectJourneys({ block, replaced, channels, campaigns, currencies }, query);
    if (found.journeys === 0) continue;
    selected.push(found);
    sourceKinds.add(row.source_kind);
  }
  const sum = (column: 'journeys' | 'touches'): number => selected.reduce((total, item) => total + item[column], 0);
  const builder = new FrameBuilder(query.unit, sum('journeys'), sum('touches'));
  for (const item of selected) {
    context.signal.throwIfAborted();
    builder.add(item);
    await setImmediate();
  }
  return { ...builder.finish(), sourceKinds: [...sourceKinds] };
}

async function* storedBlocks(context: Context, query: JourneyQuery) {
  if (query.sourceKinds.length === 0 || query.connectionIds?.length === 0) return;
  let last: string | undefined;
  for (;;) {
    const page = await blocksAfter(context, query, last);
    yield* page;
    last = page.at(-1)?.id;
    if (page.length < pageSize) return;
  }
}

function blocksAfter(context: Context, query: JourneyQuery, after: string | undefined) {
  let blocks = tables<MemoryTables>(context)
    .selectFrom('memory.journey_block')
    .select(['id', 'source_kind', 'replaced', 'channels', 'campaigns', 'currencies'])
    // The embedded driver reads bytes digit by digit; Node reads base64 at once.
    .select(sql<string>`encode(content, 'base64')`.as('content'))
    .where('source_kind', 'in', query.sourceKinds);
  if (query.connectionIds) blocks = blocks.where('connection_id', 'in', query.connectionIds);
  if (query.from !== undefined) blocks = blocks.where('last_date', '>=', query.from);
  if (query.to !== undefined) blocks = blocks.where('first_date', '<=', query.to);
  if (after !== undefined) blocks = blocks.where('id', '>', after);
  return blocks.orderBy('id').limit(pageSize).execute();
}
