import { mkdir, rm } from 'node:fs/promises';
import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { emit } from '@liftos/core/events/events.ts';
import { defineJob } from '@liftos/core/jobs/define-job.ts';
import type { DataExportTable, MemoryTables, StoredFile } from '../tables.ts';
import { ExportFiles, exportFolder } from './export-files.ts';
import { writeItems } from './write-items.ts';
import { writeJourneys, writeRecords } from './write-export.ts';

const endings = { CSV: 'csv', JSON_LINES: 'jsonl' } as const;

/** Writes the files of an export. An attempt that was cut off is begun anew. */
export const exportJob = defineJob<{ exportId: string }>({
  type: 'memory.export',
  concurrency: 1,
  timeoutSeconds: 6 * 3600,
  async handler(context, { exportId }) {
    const wanted = await begin(context, exportId);
    if (!wanted) return;
    const folder = exportFolder(context.runtime, context.organizationId, exportId);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    const files = new ExportFiles(folder, endings[wanted.format]);
    const total = await expectedRows(context);
    try {
      const progress = (written: number): void => context.progress(Math.min(0.99, written / Math.max(1, total)));
      const writing = { format: wanted.format, files, onProgress: progress };
      const records = await writeRecords(context, writing);
      const journeys = await writeJourneys(context, { ...writing, onProgress: (count) => progress(records + count) });
      const before = records + journeys;
      const items = await writeItems(context, { ...writing, onProgress: (count) => progress(before + count) });
      await finish(context, exportId, { records, journeys, items, files: files.finish() });
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  },
  async onEnd(tx, { exportId }, { state, code, message }) {
    await tables<MemoryTables>(tx)
      .updateTable('memory.data_export')
      .set({
        state: state === 'cancelled' ? 'CANCELLED' : 'FAILED',
        reason: code === 'INTERNAL' ? 'Something went wrong inside; the log of its job says more.' : message,
        finished_at: tx.now(),
      })
      .where('id', '=', exportId)
      .where('state', 'in', ['QUEUED', 'RUNNING'])
      .execute();
  },
});

function begin(context: Context, id: string): Promise<DataExportTable | undefined> {
  return tables<MemoryTables>(context)
    .updateTable('memory.data_export')
    .set({ state: 'RUNNING', reason: null, finished_at: null })
    .where('id', '=', id)
    .where('state', '!=', 'SUCCEEDED')
    .where('expires_at', '>', context.now())
    .returningAll()
    .executeTakeFirst();
}

async function expectedRows(context: Context): Promise<number> {
  const { rows } = await sql<{ rows: number }>`
    select coalesce(sum(records + journeys + items), 0)::bigint as rows from memory.coverage
    where organization_id = ${context.organizationId}::uuid`.execute(context.db);
  return rows[0]!.rows;
}

interface Written {
  records: number;
  journeys: number;
  items: number;
  files: StoredFile[];
}

function finish(context: Context, id: string, { files, ...counts }: Written): Promise<void> {
  return transaction(context, async (tx) => {
    await tables<MemoryTables>(tx)
      .updateTable('memory.data_export')
      .set({ state: 'SUCCEEDED', ...counts, finished_at: tx.now() })
      .set({ files: sql`${JSON.stringify(files)}::jsonb` })
      .where('id', '=', id)
      .execute();
    const [records, journeys, items] = [counts.records, counts.journeys, counts.items].map((count) =>
      count.toLocaleString('en'),
    );
    await emit(tx, {
      topic: 'export.finished',
      subjectKind: 'export',
      subjectId: id,
      summary: `An export of ${records} records, ${items} items and ${journeys} journeys is ready.`,
      payload: { ...counts, files: files.length },
    });
  });
}
