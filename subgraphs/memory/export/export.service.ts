import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { AppError } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import { enqueue } from '@liftos/core/jobs/jobs.ts';
import { isId } from '@liftos/core/subgraph.ts';
import type { StartExportInput } from '../schema.generated.ts';
import type { DataExportTable, MemoryTables, StoredFile } from '../tables.ts';
import { exportJob } from './export.jobs.ts';

const keptMillis = 7 * 86_400_000;
/** Exports whose files an organisation may keep at a time. */
const mostExports = 20;

/** Has all data written to files. Throws CONFLICT while another export runs, QUOTA_EXCEEDED beyond twenty kept ones. */
export function startExport(context: Context, { format }: StartExportInput): Promise<DataExportTable> {
  return transaction(context, async (tx) => {
    const kept = await dataExports(tx);
    if (kept.some(({ state }) => state === 'QUEUED' || state === 'RUNNING')) {
      throw new AppError('CONFLICT', 'Another export is not over yet.');
    }
    if (kept.length >= mostExports) throw new AppError('QUOTA_EXCEEDED', `There are ${mostExports} exports already.`);
    const now = tx.now();
    const row = await tables<MemoryTables>(tx)
      .insertInto('memory.data_export')
      .values({
        organization_id: tx.organizationId,
        id: tx.newId(),
        format,
        state: 'QUEUED',
        requested_by: tx.principal.name,
        link_key: randomBytes(32).toString('base64'),
        records: 0,
        journeys: 0,
        items: 0,
        reason: null,
        finished_at: null,
        files: sql<StoredFile[]>`'[]'::jsonb`,
        created_at: now,
        expires_at: new Date(now.getTime() + keptMillis),
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await enqueue(tx, exportJob, { exportId: row.id }, { subjectKind: 'export', subjectId: row.id });
    await emit(tx, {
      topic: 'export.started',
      subjectKind: 'export',
      subjectId: row.id,
      summary: `${tx.principal.name} began an export of all data.`,
      payload: { format },
      audit: true,
    });
    return row;
  });
}

/** Exports whose time is not over, newest first. */
export function dataExports(context: Context): Promise<DataExportTable[]> {
  return tables<MemoryTables>(context)
    .selectFrom('memory.data_export')
    .selectAll()
    .where('expires_at', '>', context.now())
    .orderBy('id', 'desc')
    .execute();
}

/** An export whose time is not over; undefined when there is none of that id. */
export async function findExport(context: Context, id: string): Promise<DataExportTable | undefined> {
  if (!isId(id)) return undefined;
  return tables<MemoryTables>(context)
    .selectFrom('memory.data_export')
    .selectAll()
    .where('id', '=', id)
    .where('expires_at', '>', context.now())
    .executeTakeFirst();
}
