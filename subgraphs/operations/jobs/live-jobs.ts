import type { Context } from '@liftos/core/context.ts';
import { notFound } from '@liftos/core/errors.ts';
import { liveEvents } from '@liftos/core/events/live-events.ts';
import { liveJobLog } from '@liftos/core/jobs/job-log.ts';
import { isId } from '@liftos/core/subgraph.ts';
import { loadJobs } from './jobs.service.ts';

/** Each change of any job's state: those after `after` first, then as they happen. */
export async function* jobChanges(context: Context, after: number | null | undefined) {
  for await (const { sequence, at, subjectId } of liveEvents(context, { topics: ['job.changed'], after })) {
    yield { sequence, at, jobId: subjectId ?? '' };
  }
}

/** A job's log as it is written. Throws NOT_FOUND. */
export async function* jobLogLines(context: Context, jobId: string, after: number | null | undefined) {
  const [job] = isId(jobId) ? await loadJobs(context, [jobId]) : [];
  if (!job) throw notFound('job');
  yield* liveJobLog(context, jobId, after ?? 0);
}
