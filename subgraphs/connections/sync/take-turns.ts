import { sql } from 'kysely';
import { Postpone, type JobContext } from '@liftos/core/jobs/define-job.ts';

/** A slice works so long before it lets others go on that wait. */
const turnMs = 1_000;

/**
 * To be called after each stored page: throws `Postpone` when the slice had its turn and others wait for a worker, so
 * that a connection with years to read does not keep the others from their first page.
 */
export function takeTurns(context: JobContext): () => Promise<void> {
  let begun = performance.now();
  return async () => {
    if (performance.now() - begun < turnMs) return;
    const { rows } = await sql`
      select 1 from connections.sync_slice
      where state = 'QUEUED' and job_id is not null and waits_until is null limit 1`.execute(
      context.runtime.database.system,
    );
    if (rows.length > 0) throw new Postpone(context.now(), 'Others take their turn.');
    begun = performance.now();
  };
}
