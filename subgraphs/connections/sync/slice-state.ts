import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { AppError } from '@liftos/core/errors.ts';
import { Postpone, type JobContext } from '@liftos/core/jobs/define-job.ts';
import type { FailureClass } from '../platforms/connector.ts';
import type { ConnectionsTables, ConnectionTable, SyncRunTable, SyncSliceTable } from '../tables.ts';
import { announceProgress } from './announce.ts';
import { finishIfDone } from './finish-run.ts';
import type { Turn } from './take-turns.ts';

/** A slice in work. */
export interface Work {
  /** Its `attempts` tell this worker from one that was thought dead and is not. */
  slice: SyncSliceTable;
  run: SyncRunTable;
  connection: ConnectionTable;
}

/**
 * Takes a slice for this attempt; undefined when it has ended meanwhile.
 * Throws `Postpone` while the platform asks to be left alone, CONFLICT beside another run of the connection.
 */
export async function beginSlice(context: JobContext, sliceId: string): Promise<Work | undefined> {
  const taken = await transaction(context, async (tx) => {
    const hold = await holdOf(tx, sliceId);
    if (hold) return hold;
    const slice = await tables<ConnectionsTables>(tx)
      .updateTable('connections.sync_slice')
      .set((eb) => ({
        state: 'RUNNING',
        attempts: eb('attempts', '+', 1),
        job_id: context.job.id,
        reason: null,
        failure: null,
        waits_until: null,
        waits_for: null,
        finished_at: null,
      }))
      .where('id', '=', sliceId)
      .where('state', 'in', ['QUEUED', 'RUNNING', 'FAILED'])
      .returningAll()
      .executeTakeFirst();
    return slice && workOf(tx, slice);
  });
  if (taken && 'until' in taken) throw new Postpone(taken.until, taken.reason);
  return taken;
}

async function holdOf(tx: Context, sliceId: string): Promise<{ until: Date; reason: string } | undefined> {
  const { rows } = await sql<{ until: Date; reason: string }>`
    update connections.sync_slice slice set waits_until = hold.until, waits_for = hold.reason
    from connections.hold hold
    where slice.id = ${sliceId} and slice.source = 'live' and slice.state in ('QUEUED', 'RUNNING')
      and hold.connection_id = slice.connection_id and hold.until > ${tx.now()}
    returning hold.until, hold.reason`.execute(tx.db);
  return rows[0];
}

async function workOf(tx: Context, slice: SyncSliceTable): Promise<Work> {
  const found = await tables<ConnectionsTables>(tx)
    .selectFrom('connections.sync_run')
    .selectAll()
    .where('id', '=', slice.run_id)
    .executeTakeFirstOrThrow();
  const run = found.state === 'RUNNING' ? found : await beginRun(tx, slice);
  return { slice, run, connection: await connectionOf(tx, slice) };
}

async function beginRun(tx: Context, slice: SyncSliceTable): Promise<SyncRunTable> {
  await refuseBesideOther(tx, slice);
  const run = await tables<ConnectionsTables>(tx)
    .updateTable('connections.sync_run')
    .set((eb) => ({ state: 'RUNNING', started_at: eb.fn.coalesce('started_at', eb.val(tx.now())), finished_at: null }))
    .where('id', '=', slice.run_id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await announceProgress(tx, run);
  return run;
}

function connectionOf(tx: Context, slice: SyncSliceTable): Promise<ConnectionTable> {
  return tables<ConnectionsTables>(tx)
    .selectFrom('connections.connection')
    .selectAll()
    .where('id', '=', slice.connection_id)
    .executeTakeFirstOrThrow();
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

/** Keeps that a slice waits, and for what. */
export async function markWaiting(context: Context, { slice }: Work, until: Date, reason: string): Promise<void> {
  await sql`update connections.sync_slice set waits_until = ${until}, waits_for = ${reason}
    where id = ${slice.id} and state = 'RUNNING' and attempts = ${slice.attempts}`.execute(context.db);
}

/**
 * Ends a slice that is read to its end; with a reason it is not whole. While the job has its turn it takes the run's next
 * slice in the same step, which spares a job of its own; undefined when it is done.
 */
export function endSlice(
  context: JobContext,
  { slice, run }: Work,
  turn: Turn,
  reason: string | null = null,
): Promise<Work | undefined> {
  return transaction(context, async (tx) => {
    const { rows } = await sql`
      update connections.sync_slice set fraction = 1, reason = ${reason}, finished_at = ${tx.now()},
        waits_until = null, waits_for = null,
        state = case when rows_rejected = 0 and ${reason}::text is null then 'SUCCEEDED' else 'PARTIAL' end
      where id = ${slice.id} and state = 'RUNNING' and attempts = ${slice.attempts} returning id`.execute(tx.db);
    const goesOn = rows.length > 0 && turn.mayGoOn && !context.signal.aborted;
    const next = await finishIfDone(tx, run.id, goesOn ? context : undefined);
    return next && { slice: next, run, connection: await connectionOf(tx, next) };
  });
}

export interface Ending {
  state: 'FAILED' | 'CANCELLED';
  reason: string;
  failure?: FailureClass;
}

/**
 * Ends a slice that cannot be read. What cannot be read for the same cause is ended with it: a closed account's other
 * windows of the stream, or everything when the platform does not let us in.
 */
export async function closeSlice(tx: Context, sliceId: string, { state, reason, failure }: Ending): Promise<void> {
  const slice = await tables<ConnectionsTables>(tx)
    .updateTable('connections.sync_slice')
    .set({ state, reason, failure: failure ?? null, finished_at: tx.now(), waits_until: null, waits_for: null })
    .where('id', '=', sliceId)
    .where('state', 'in', ['QUEUED', 'RUNNING'])
    .returning(['run_id', 'stream', 'account_id'])
    .executeTakeFirst();
  if (!slice) return;
  if (failure === 'permission' || failure === 'auth' || failure === 'version_sunset') {
    await sql`
      update connections.sync_slice set state = 'FAILED', reason = ${reason}, failure = ${failure},
        finished_at = ${tx.now()}
      where run_id = ${slice.run_id} and state = 'QUEUED' and source = 'live' and job_id is null
        and (${failure} <> 'permission' or (account_id = ${slice.account_id} and stream = ${slice.stream}))`.execute(
      tx.db,
    );
  }
  await finishIfDone(tx, slice.run_id);
}
