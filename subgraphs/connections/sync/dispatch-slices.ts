import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import { lanes } from '../tables.ts';

/** Name of the job that reads a slice. */
export const sliceJobType = 'connections.sync-slice';

/** Slices of a connection at once where its connector does not say. */
export const usualConcurrency = 2;

/**
 * Hands the next slices of a run to the workers, as many as the connection may have at once: so no connection keeps
 * others waiting for long, however much it has to read. Slices with names of campaigns end before others begin.
 * The caller holds the run's row.
 */
export async function dispatchSlices(tx: Context, runId: string, atOnce: number): Promise<void> {
  const { rows } = await sql<{ id: string; lane: number; out: number }>`
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
  for (const [index, { id, lane, out }] of rows.entries()) {
    // The first slice of every connection goes before the second of any.
    const priority = (lanes.past - lane) * 10 + Math.max(0, 9 - out - index);
    const options = { subjectKind: 'syncRun', subjectId: runId, priority };
    const jobId = await tx.runtime.jobs.send(tx, sliceJobType, { sliceId: id }, options);
    await sql`update connections.sync_slice set job_id = ${jobId} where id = ${id}`.execute(tx.db);
  }
}
