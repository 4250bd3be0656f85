import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import { csvLine } from './cells.pure.ts';
import { itemColumns, itemCsv, itemJson, type ExportedItem } from './item-lines.pure.ts';
import type { Writing } from './write-export.ts';

/** Rows of one statement; also what is held in memory at a time. */
const itemsAtOnce = 2000;

/** Writes all items that are not gone, a file per source and stream. Gives their number. */
export async function writeItems(context: Context, { format, files, onProgress }: Writing): Promise<number> {
  const header = format === 'CSV' ? csvLine(itemColumns) : '';
  const lineOf = format === 'CSV' ? itemCsv : itemJson;
  let written = 0;
  let last: ExportedItem | undefined;
  do {
    context.signal.throwIfAborted();
    const rows = await itemsAfter(context, last?.id);
    for (const row of rows) {
      files.add(['items', row.source_kind, row.stream, row.connection_id], header, lineOf(row), 1);
    }
    await files.flush();
    written += rows.length;
    onProgress(written);
    last = rows.length < itemsAtOnce ? undefined : rows.at(-1);
  } while (last);
  return written;
}

async function itemsAfter(context: Context, id: string | undefined): Promise<ExportedItem[]> {
  const { rows } = await sql<ExportedItem>`
    select id, connection_id, source_kind, stream, basis, key, kind, date, occurred_at, updated_at, channel, campaign,
      ad_group, ad, currency, spend::text, impressions, clicks, conversions, revenue::text, details,
      region
    from memory.item
    where organization_id = ${context.organizationId}::uuid and not deleted ${id ? sql`and id > ${id}::uuid` : sql``}
    order by organization_id, id limit ${itemsAtOnce}`.execute(context.db);
  return rows;
}
