import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import type { JobContext } from '@liftos/core/jobs/define-job.ts';
import { lanes, type SyncSliceTable } from '../tables.ts';

/** Name of the job that reads a slice. */
export const sliceJobType = 'connections.sync-slice';

/** Slices of a connection at once where its connector does not say. */
export const usualConcurrency = 2;

/** A job that is done with its slice and may go on with the next one. */
export type Taker = Pick<JobContext, 'job' | 'moveOn'>;

interface Ready {
  id: string;
  lane: number;
  out: number;
}

/**
 * Hands the next slices of a run to the workers, as many as the connection may have at once: so no connection keeps
 * others waiting for long, however much it has to read. Slices with names of campaigns end before others begin.
 * The caller holds the run's row. Returns the slice that `taker` goes on with.
 */
export async function dispatchSlices(
  tx: Context,
  runId: string,
  atOnce: number,
  taker?: Taker,
): Promise<SyncSliceTable | undefined> {
  let ready = await readySlices(tx, runId, atOnce);
  const taken = taker && ready[0] && (await take(tx, ready[0].id, taker));
  if (taken) ready = ready.slice(1);
  if (ready.length > 0) await send(tx, runId, ready, taken ? 1 : 0);
  return taken;
}

async function send(tx: Context, runId: string, ready: readonly Ready[], before: number): Promise<void> {
  const wishes = ready.map(({ id, lane, out }, index) => ({
    payload: { sliceId: id },
    // The first slice of every connection goes before the second of any.
    priority: (lanes.past - lane) * 10 + Math.max(0, 9 - out - index - before),
  }));
  const jobIds = await tx.runtime.jobs.sendAll(tx, sliceJobType, wishes, { subjectKind: 'syncRun', subjectId: runId });
  await sql`
    update connections.sync_slice slice set job_id = sent.job_id
    from unnest(${ready.map(({ id }) => id)}::uuid[], ${jobIds}::uuid[]) as sent (slice_id, job_id)
    where slice.id = sent.slice_id`.execute(tx.db);
}

async function readySlices(tx: Context, runId: string, atOnce: number): Promise<Ready[]> {
  const { rows } = await sql<Ready>`
    select id, lane, (select count(*) from connections.sync_slice
      where run_id = ${runId} and state in ('QUEUED', 'RUNNING') and job_id is not null) as out
    from connections.sync_slice
    where run_id = ${runId} and state = 'QUEUED' and job_id is null
      and (lane = ${lanes.entities} or not exists (
        select 1 from connections.sync_slice named
        where named.run_id = ${runId} and named.lane = ${lanes.entities} and named.state in ('QUEUED', 'RUNNING')))
    order by lane, position
    limit greatest(0, ${atOnce} - (select count(*) from connections.sync_slice
      where run_id = ${runId} and state in ('QUEUED', 'RUNNING') and job_id is not null))`.execute(tx.db);
  return rows;
}

/** Begins a slice for a job that is at work already; undefined while the platform wants to be left alone. */
async function take(tx: Context, sliceId: string, { job, moveOn }: Taker): Promise<SyncSliceTable | undefined> {
  const { rows: held } = await sql`
    select 1 from connections.hold hold join connections.sync_slice slice on slice.connection_id = hold.connection_id
    where slice.id = ${sliceId} and hold.until > ${tx.now()}`.execute(tx.db);
  if (held.length > 0 || !(await moveOn(tx, { sliceId }))) return undefined;
  const { rows } = await sql<SyncSliceTable>`
    update connections.sync_slice set state = 'RUNNING', attempts = attempts + 1, job_id = ${job.id}
    where id = ${sliceId} returning *`.execute(tx.db);
  return rows[0];
}
