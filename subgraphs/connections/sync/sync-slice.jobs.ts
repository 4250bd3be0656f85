import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { AppError } from '@liftos/core/errors.ts';
import { defineJob, type JobContext } from '@liftos/core/jobs/define-job.ts';
import type { SourceKind } from '@liftos/core/ports/memory.ts';
import type { Page, Source } from '../platforms/connector.ts';
import { streamOf } from '../platforms/registry.ts';
import type { ConnectionsTables, ConnectionTable, SyncRunTable, SyncSliceTable } from '../tables.ts';
import { fileSettings } from '../upload/stored-file.ts';
import { announceProgress } from './announce.ts';
import { finishIfDone } from './finish-run.ts';
import { keepRejected } from './rejected-rows.ts';

export interface SlicePayload {
  sliceId: string;
}

interface Work {
  slice: SyncSliceTable;
  run: SyncRunTable;
  connection: ConnectionTable;
}

/**
 * Fetches one slice and stores it page by page. Memory commits a page's rows first, under an id that depends only on
 * the slice and the page's place; then the checkpoint is committed here. After a crash in between the same page is sent
 * again and changes nothing, so nothing is lost or doubled and the checkpoint is never ahead of the data.
 */
export const sliceJob = defineJob<SlicePayload>({
  type: 'connections.sync-slice',
  maxAttempts: 4,
  retryDelaySeconds: 2,
  timeoutSeconds: 6 * 3600,
  async handler(context, { sliceId }) {
    const work = await beginSlice(context, sliceId);
    if (!work) return;
    const { slice, run, connection } = work;
    const source = await sourceOf(context, work);
    const stream = streamOf(connection.platform, slice.stream);
    const request = { stream: slice.stream, from: slice.first_day, to: slice.last_day, checkpoint: slice.checkpoint };
    if (slice.batches > 0) context.logLine('info', `Goes on behind batch ${slice.batches}.`);
    let batch = slice.batches;
    for await (const page of stream.fetchPages(request, source, context.signal)) {
      await storePage(context, work, page, batch);
      batch += 1;
      context.progress(page.fraction);
    }
    await endSlice(context, slice.id, run.id);
  },
  async onEnd(tx, { sliceId }, { state, code, message }) {
    // What went wrong inside is for the job's log, not for every reader.
    const reason = code === 'INTERNAL' ? 'Something went wrong inside; the log of its job says more.' : message;
    await closeSlice(tx, sliceId, state === 'cancelled' ? 'CANCELLED' : 'FAILED', reason);
  },
});

async function beginSlice(context: JobContext, sliceId: string): Promise<Work | undefined> {
  return transaction(context, async (tx) => {
    const db = tables<ConnectionsTables>(tx);
    const slice = await db
      .updateTable('connections.sync_slice')
      .set((eb) => ({ state: 'RUNNING', attempts: eb('attempts', '+', 1), job_id: context.job.id, reason: null }))
      .where('id', '=', sliceId)
      .where('state', 'in', ['QUEUED', 'RUNNING', 'FAILED'])
      .returningAll()
      .executeTakeFirst();
    if (!slice) return undefined;
    await refuseBesideOther(tx, slice);
    const run = await db
      .updateTable('connections.sync_run')
      .set((eb) => ({
        state: 'RUNNING',
        started_at: eb.fn.coalesce('started_at', eb.val(tx.now())),
        finished_at: null,
      }))
      .where('id', '=', slice.run_id)
      .returningAll()
      .executeTakeFirstOrThrow();
    const connection = await db
      .selectFrom('connections.connection')
      .selectAll()
      .where('id', '=', slice.connection_id)
      .executeTakeFirstOrThrow();
    await announceProgress(tx, run);
    return { slice, run, connection };
  });
}

/** A failed slice may be tried again after its run was over, but not beside another run. */
async function refuseBesideOther(tx: Context, slice: SyncSliceTable): Promise<void> {
  const other = await tables<ConnectionsTables>(tx)
    .selectFrom('connections.sync_run')
    .select('id')
    .where('connection_id', '=', slice.connection_id)
    .where('id', '!=', slice.run_id)
    .where('state', 'in', ['QUEUED', 'RUNNING'])
    .executeTakeFirst();
  if (other) throw new AppError('CONFLICT', 'Another sync of this connection is not over yet.');
}

async function sourceOf(context: Context, { run, connection }: Work): Promise<Source> {
  return {
    connectionId: connection.id,
    settings: run.plan ? await fileSettings(context, run.upload_id!, run.plan) : connection.settings,
    currency: connection.currency,
    timeZone: connection.time_zone,
  };
}

async function storePage(context: Context, work: Work, page: Page, batch: number): Promise<void> {
  context.signal.throwIfAborted();
  const { slice, run, connection } = work;
  if (page.data) {
    await context.ports.memory.ingest(context, {
      ...page.data,
      batchId: batchIdOf(slice.id, batch),
      connectionId: connection.id,
      sourceKind: connection.mode.toLowerCase() as SourceKind,
      stream: slice.stream,
      syncRunId: run.id,
    });
  }
  const stored = await transaction(context, async (tx) => {
    const updated = await saveCheckpoint(tx, slice.id, page, batch + 1);
    if (!updated) return false;
    await keepRejected(tx, run.id, slice.position, page.refused);
    await announceProgress(tx, run);
    return true;
  });
  if (stored) return;
  await forgetIfDeleted(context, connection.id);
  throw new AppError('CANCELLED', 'The sync was cancelled.');
}

/** The same slice and place give the same id, in the form of a UUID. */
function batchIdOf(sliceId: string, batch: number): string {
  const hex = createHash('sha256').update(`${sliceId}/${batch}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/** Whether the slice still runs. */
async function saveCheckpoint(tx: Context, sliceId: string, page: Page, batches: number): Promise<boolean> {
  const { rows } = await sql`
    update connections.sync_slice set batches = ${batches}, checkpoint = ${JSON.stringify(page.checkpoint)}::jsonb,
      fraction = ${page.fraction}, rows_read = rows_read + ${page.rowsRead},
      rows_accepted = rows_accepted + ${page.rowsAccepted}, rows_rejected = rows_rejected + ${page.rowsRejected},
      notes = notes || ${[...(page.notes ?? [])]}::text[]
    where id = ${sliceId} and state = 'RUNNING' returning id`.execute(tx.db);
  return rows.length > 0;
}

/** A page may reach memory just after its connection was deleted; then it must go as well. */
async function forgetIfDeleted(context: Context, connectionId: string): Promise<void> {
  const found = await tables<ConnectionsTables>(context)
    .selectFrom('connections.connection')
    .select('id')
    .where('id', '=', connectionId)
    .executeTakeFirst();
  if (!found) await context.ports.memory.forgetConnection(context, connectionId);
}

function endSlice(context: Context, sliceId: string, runId: string): Promise<void> {
  return transaction(context, async (tx) => {
    await sql`
      update connections.sync_slice set fraction = 1,
        state = case when rows_rejected = 0 then 'SUCCEEDED' else 'PARTIAL' end
      where id = ${sliceId} and state = 'RUNNING'`.execute(tx.db);
    await finishIfDone(tx, runId);
  });
}

async function closeSlice(tx: Context, sliceId: string, state: 'FAILED' | 'CANCELLED', reason: string): Promise<void> {
  const slice = await tables<ConnectionsTables>(tx)
    .updateTable('connections.sync_slice')
    .set({ state, reason })
    .where('id', '=', sliceId)
    .where('state', 'in', ['QUEUED', 'RUNNING'])
    .returning('run_id')
    .executeTakeFirst();
  if (slice) await finishIfDone(tx, slice.run_id);
}
