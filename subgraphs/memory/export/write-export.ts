import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { decodeBlock } from '../journeys/journey-block.pure.ts';
import type { DataExportTable, MemoryTables } from '../tables.ts';
import { csvLine } from './cells.pure.ts';
import type { ExportFiles } from './export-files.ts';
import {
  journeyCsv,
  journeyJson,
  journeyLayouts,
  journeysOf,
  layoutOf,
  type ExportedJourney,
} from './journey-lines.pure.ts';
import { recordColumns, recordCsv, recordJson, type ExportedRecord } from './record-lines.pure.ts';

const decompress = promisify(zstdDecompress);

/** Rows and blocks of one statement; also what is held in memory at a time. */
const recordsAtOnce = 5000;
const blocksAtOnce = 8;

export interface Writing {
  format: DataExportTable['format'];
  files: ExportFiles;
  /** Called after each page with how many have been written. */
  onProgress(written: number): void;
}

type Row = ExportedRecord & { entity_id: string };

/** Writes all daily figures, a file per source and stream. Gives their number. */
export async function writeRecords(context: Context, { format, files, onProgress }: Writing): Promise<number> {
  const header = format === 'CSV' ? csvLine(recordColumns) : '';
  const lineOf = format === 'CSV' ? recordCsv : recordJson;
  let written = 0;
  let last: Row | undefined;
  do {
    context.signal.throwIfAborted();
    const rows = await recordsAfter(context, last);
    for (const row of rows) {
      files.add(['records', row.source_kind, row.stream, row.connection_id], header, lineOf(row), 1);
    }
    await files.flush();
    written += rows.length;
    onProgress(written);
    last = rows.length < recordsAtOnce ? undefined : rows.at(-1);
  } while (last);
  return written;
}

async function recordsAfter(context: Context, last: Row | undefined): Promise<Row[]> {
  const after = last ? sql`and (date, entity_id) > (${last.date}::date, ${last.entity_id}::uuid)` : sql``;
  // The page is cut before anything is joined to it: the key gives it in order, whatever the planner knows.
  const { rows } = await sql<Row>`
    with f as materialized (
      select * from memory.fact where organization_id = ${context.organizationId}::uuid ${after}
      order by organization_id, date, entity_id limit ${recordsAtOnce}
    )
    select f.date, f.entity_id, e.connection_id, e.source_kind, e.stream, e.channel, e.campaign, e.ad_group, e.ad,
      f.currency, f.spend::text as spend, f.impressions, f.clicks, f.conversions, f.revenue::text as revenue,
      e.region
    from f join memory.entity e on e.organization_id = ${context.organizationId}::uuid and e.id = f.entity_id
    order by f.date, f.entity_id`.execute(context.db);
  return rows;
}

/**
 * Writes all journeys, a file per source and layout. Gives their number. Blocks that come while it runs are left out,
 * so that no journey stands in the files twice.
 */
export async function writeJourneys(context: Context, writing: Writing): Promise<number> {
  const newest = await newestBlock(context);
  let written = 0;
  let after: string | undefined;
  let isOver = newest === undefined;
  while (!isOver) {
    context.signal.throwIfAborted();
    const blocks = await blocksAfter(context, after, newest!);
    for (const row of blocks) {
      const block = decodeBlock(await decompress(Buffer.from(row.content, 'base64')));
      const source = { connectionId: row.connection_id, sourceKind: row.source_kind };
      for (const journey of journeysOf({ ...row, block }, row.id)) {
        addJourney(writing, journey, source);
        written += 1;
      }
      await writing.files.flush();
      await setImmediate();
    }
    writing.onProgress(written);
    after = blocks.at(-1)?.id;
    isOver = blocks.length < blocksAtOnce;
  }
  return written;
}

function addJourney(
  { format, files }: Writing,
  journey: ExportedJourney,
  source: { connectionId: string; sourceKind: string },
): void {
  const { connectionId, sourceKind } = source;
  if (format === 'JSON_LINES') {
    files.add(['journeys', sourceKind, connectionId], '', journeyJson(journey, source), 1);
    return;
  }
  const layout = layoutOf(journey);
  const { text, rows } = journeyCsv(journey, layout);
  files.add(['journeys', sourceKind, layout, connectionId], csvLine(journeyLayouts[layout]), text, rows);
}

async function newestBlock(context: Context): Promise<string | undefined> {
  const query = tables<MemoryTables>(context).selectFrom('memory.journey_block').select('id');
  return (await query.orderBy('id', 'desc').limit(1).executeTakeFirst())?.id;
}

function blocksAfter(context: Context, after: string | undefined, newest: string) {
  let blocks = tables<MemoryTables>(context)
    .selectFrom('memory.journey_block')
    .select(['id', 'connection_id', 'source_kind', 'replaced', 'channels', 'campaigns', 'currencies'])
    .select(sql<string>`encode(content, 'base64')`.as('content'))
    .where('id', '<=', newest);
  if (after !== undefined) blocks = blocks.where('id', '>', after);
  return blocks.orderBy('id').limit(blocksAtOnce).execute();
}
