import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { tables, type Context } from '@liftos/core/context.ts';
import { decodeCursor, page, pageSize } from '@liftos/core/pages.ts';
import { isId } from '@liftos/core/subgraph.ts';
import type { ConnectionsTables, RawPageTable } from '../tables.ts';

const unpack = promisify(zstdDecompress);
const shownCharacters = 200_000;

export type RawPageRow = Omit<RawPageTable, 'content' | 'at'>;

const columns = [
  'organization_id',
  'id',
  'connection_id',
  'run_id',
  'slice_id',
  'page',
  'stream',
  'account_id',
  'request',
  'status',
  'rows',
  'bytes',
  'fetched_at',
] as const;

/** Answers that a run has kept, in the order in which they came. */
export async function listRawPages(context: Context, runId: string, first?: number | null, after?: string | null) {
  const size = pageSize(first, 50);
  const behind = decodeCursor(context.organizationId, after);
  let query = tables<ConnectionsTables>(context).selectFrom('connections.raw_page').select(columns);
  query = query.where('run_id', '=', isId(runId) ? runId : null);
  if (behind) query = query.where('id', '>', behind);
  const rows: RawPageRow[] = await query
    .orderBy('id')
    .limit(size + 1)
    .execute();
  return page(context.organizationId, rows, size, ({ id }) => id);
}

/** What a stored answer says; null when it is not there any more. */
export async function readRawPage(context: Context, id: string) {
  if (!isId(id)) return null;
  const row = await tables<ConnectionsTables>(context)
    .selectFrom('connections.raw_page')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) return null;
  const text = (await unpack(row.content)).toString('utf8').replaceAll('\u0000', '\u2400').toWellFormed();
  return { page: row, text: text.slice(0, shownCharacters), truncated: text.length > shownCharacters };
}
