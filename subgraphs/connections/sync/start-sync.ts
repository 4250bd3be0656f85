import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { AppError } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import { enqueue } from '@liftos/core/jobs/jobs.ts';
import type { ImportPlan } from '../csv/import-plan.pure.ts';
import type { SyncTrigger } from '../schema.generated.ts';
import type { ConnectionsTables, ConnectionTable, SyncRunTable } from '../tables.ts';
import { announceProgress } from './announce.ts';
import { finishIfDone } from './finish-run.ts';
import type { PlannedSlice } from './plan-slices.pure.ts';
import { sliceJob } from './sync-slice.jobs.ts';

export interface NewRun {
  connection: Pick<ConnectionTable, 'id'>;
  trigger: SyncTrigger;
  slices: readonly (PlannedSlice | { stream: string; from: null; to: null })[];
  file?: { uploadId: string; plan: ImportPlan };
}

/**
 * Creates a run with a job per slice. Last in a transaction, which must hold the connection's row.
 * Throws CONFLICT while another run of the connection is not over.
 */
export async function createRun(tx: Context, { connection, trigger, slices, file }: NewRun): Promise<SyncRunTable> {
  await refuseSecondRun(tx, connection.id);
  const run = await tables<ConnectionsTables>(tx)
    .insertInto('connections.sync_run')
    .values({
      organization_id: tx.organizationId,
      id: tx.newId(),
      connection_id: connection.id,
      state: 'QUEUED',
      trigger,
      upload_id: file?.uploadId ?? null,
      plan: (file ? JSON.stringify(file.plan) : null) as never,
      reasons: [],
      notes: [],
      created_at: tx.now(),
    } as never)
    .returningAll()
    .executeTakeFirstOrThrow();
  const ids = slices.map(() => tx.newId());
  await sql`
    insert into connections.sync_slice
      (organization_id, id, run_id, connection_id, position, stream, first_day, last_day, state)
    select ${tx.organizationId}, id, ${run.id}, ${connection.id}, position - 1, stream, first_day, last_day, 'QUEUED'
    from unnest(${ids}::uuid[], ${slices.map(({ stream }) => stream)}::text[],
      ${slices.map(({ from }) => from)}::date[], ${slices.map(({ to }) => to)}::date[])
      with ordinality as slice (id, stream, first_day, last_day, position)`.execute(tx.db);
  for (const sliceId of ids) {
    await enqueue(tx, sliceJob, { sliceId }, { subjectKind: 'syncRun', subjectId: run.id });
  }
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
  if (slices.length === 0) await finishIfDone(tx, run.id);
  else await announceProgress(tx, run);
  return run;
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
