import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { badInput } from '@liftos/core/errors.ts';
import { decodeCursor, page, pageSize, type Page } from '@liftos/core/pages.ts';
import { isId } from '@liftos/core/subgraph.ts';
import type { QueryLineageArgs } from '../schema.generated.ts';
import type { IngestBatchTable, MemoryTables } from '../tables.ts';

/** A page of batches, newest first. */
export async function batchPage(context: Context, args: QueryLineageArgs): Promise<Page<IngestBatchTable>> {
  const size = pageSize(args.first);
  const after = placeAfter(context, args.after);
  let batches = tables<MemoryTables>(context).selectFrom('memory.ingest_batch').selectAll();
  if (args.connectionId != null) {
    if (!isId(args.connectionId)) return page(context.organizationId, [], size, keyOf);
    batches = batches.where('connection_id', '=', args.connectionId);
  }
  if (args.kind) batches = batches.where('kind', '=', args.kind.toLowerCase() as IngestBatchTable['kind']);
  if (after) batches = batches.where(sql<boolean>`(ingested_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)`);
  const rows = await batches
    .orderBy('ingested_at', 'desc')
    .orderBy('id', 'desc')
    .limit(size + 1)
    .execute();
  return page(context.organizationId, rows, size, keyOf);
}

function keyOf(row: IngestBatchTable): string {
  return `${row.ingested_at.toISOString()}/${row.id}`;
}

function placeAfter(context: Context, cursor: string | null | undefined) {
  const key = decodeCursor(context.organizationId, cursor);
  if (key === undefined) return undefined;
  const [at, id] = key.split('/');
  if (!at || !id) throw badInput('after', 'This cursor belongs to another list.');
  return { at, id };
}
