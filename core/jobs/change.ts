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

/** What a `job.changed` event carries. */
export interface JobChange {
  state: JobState;
  type: string;
  /** Set when the job ended in a process that does not know its type: its `onEnd` is still to be run where it does. */
  endPending?: true;
}

export function emitChange(
  tx: Context,
  job: Pick<StoredJob, 'id' | 'type'>,
  state: JobState,
  endPending = false,
): Promise<void> {
  const payload: JobChange = { state, type: job.type, ...(endPending ? { endPending } : {}) };
  return emit(tx, { topic: 'job.changed', subjectKind: 'job', subjectId: job.id, payload: { ...payload } });
}
