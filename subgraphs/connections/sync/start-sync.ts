import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { AppError } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import type { ImportPlan } from '../csv/import-plan.pure.ts';
import type { SyncScope, SyncTrigger } from '../schema.generated.ts';
import { lanes, type ConnectionsTables, type ConnectionTable, type SyncRunTable } from '../tables.ts';
import { announceProgress } from './announce.ts';
import { finishIfDone } from './finish-run.ts';
import { insertSlices, type NewSlice } from './insert-slices.ts';

/** Name of the job that plans the slices of a live run. */
export const planJobType = 'connections.plan-sync';

export interface NewRun {
  connection: Pick<ConnectionTable, 'id'>;
  trigger: SyncTrigger;
  scope?: SyncScope;
  /** Null when the platform has to be asked first what there is. */
  slices: readonly NewSlice[] | null;
  /** Only these days, for a run that is planned later. */
  days?: { from: string; to: string } | undefined;
  file?: { uploadId: string; plan: ImportPlan };
}

/**
 * Creates a run with its slices. Last in a transaction, which must hold the connection's row.
 * Throws CONFLICT while another run of the connection is not over.
 */
export async function createRun(
  tx: Context,
  { connection, trigger, scope, slices, days, file }: NewRun,
): Promise<SyncRunTable> {
  await refuseSecondRun(tx, connection.id);
  const run = await tables<ConnectionsTables>(tx)
    .insertInto('connections.sync_run')
    .values({
      organization_id: tx.organizationId,
      id: tx.newId(),
      connection_id: connection.id,
      state: 'QUEUED',
      trigger,
      scope: scope ?? 'INCREMENTAL',
      upload_id: file?.uploadId ?? null,
      plan: (file ? JSON.stringify(file.plan) : null) as never,
      reasons: [],
      notes: [],
      created_at: tx.now(),
    } as never)
    .returningAll()
    .executeTakeFirstOrThrow();
  await insertSlices(tx, run.id, connection.id, slices ?? []);
  // What the schedule starts is nobody's doing.
  if (tx.principal.kind !== 'system') {
    const payload = { syncRun: run.id, trigger };
    await emit(tx, {
      topic: 'sync.started',
      subjectKind: 'connection',
      subjectId: connection.id,
      payload,
      audit: true,
    });
  }
  if (slices) await finishIfDone(tx, run.id);
  else {
    await planLater(tx, run, days);
    await announceProgress(tx, run);
  }
  return run;
}

/** The platform is asked by a job; its slice stands for all that are not known yet. */
async function planLater(tx: Context, run: SyncRunTable, days: NewRun['days']): Promise<void> {
  const payload = { runId: run.id, ...(days ? { days } : {}) };
  const jobId = await tx.runtime.jobs.send(tx, planJobType, payload, {
    subjectKind: 'syncRun',
    subjectId: run.id,
    priority: 40,
  });
  const slice = { stream: 'accounts', from: null, to: null, source: 'live', lane: lanes.entities } as const;
  await insertSlices(tx, run.id, run.connection_id, [slice]);
  await sql`update connections.sync_slice set job_id = ${jobId} where run_id = ${run.id}`.execute(tx.db);
}

async function refuseSecondRun(tx: Context, connectionId: string): Promise<void> {
  const active = await tables<ConnectionsTables>(tx)
    .selectFrom('connections.sync_run')
    .select('id')
    .where('connection_id', '=', connectionId)
    .where('state', 'in', ['QUEUED', 'RUNNING'])
    .executeTakeFirst();
  if (active) throw new AppError('CONFLICT', 'A sync of this connection is not over yet.', { syncRunId: active.id });
}
