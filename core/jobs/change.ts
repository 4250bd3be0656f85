import { tables, type Context } from '../context.ts';
import { emit } from '../events/events.ts';
import type { JobState, JobTables, StoredJob } from './store.ts';

/** Writes a job's end; the event is left to the caller, to come last in its transaction. */
export async function endJob(
  tx: Context,
  job: StoredJob,
  state: JobState,
  error: StoredJob['error'] = null,
): Promise<StoredJob> {
  return tables<JobTables>(tx)
    .updateTable('runtime.job')
    .set({
      state,
      error: error ? (JSON.stringify(error) as never) : null,
      finished_at: tx.now(),
      ...(state === 'succeeded' ? { progress: 1 } : {}),
    })
    .where('id', '=', job.id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export function emitChange(tx: Context, job: Pick<StoredJob, 'id' | 'type'>, state: JobState): Promise<void> {
  return emit(tx, { topic: 'job.changed', subjectKind: 'job', subjectId: job.id, payload: { state, type: job.type } });
}
