import type { Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { notFound } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import {
  countJobs,
  jobsById,
  listJobs,
  type JobFilter,
  type JobState,
  type StoredJob,
} from '@liftos/core/jobs/store.ts';
import { decodeCursor, page, pageSize } from '@liftos/core/pages.ts';
import { isId } from '@liftos/core/subgraph.ts';
import type { QueryJobsArgs } from '../schema.generated.ts';

export function loadJobs(context: Context, ids: readonly string[]): Promise<StoredJob[]> {
  return jobsById(context, ids);
}

function filterOf({ filter }: QueryJobsArgs): JobFilter {
  return {
    ...(filter?.states?.length ? { states: filter.states.map((state) => state.toLowerCase() as JobState) } : {}),
    ...(filter?.type ? { type: filter.type } : {}),
    ...(filter?.subjectId ? { subjectId: filter.subjectId } : {}),
  };
}

/** A page of jobs, newest first; the total is counted only when it is read. */
export async function jobPage(context: Context, args: QueryJobsArgs) {
  const size = pageSize(args.first);
  const filter = filterOf(args);
  const before = decodeCursor(context.organizationId, args.after);
  const rows = await listJobs(context, filter, size + 1, before);
  return {
    ...page(context.organizationId, rows, size, (job) => job.id),
    totalCount: () => countJobs(context, filter),
  };
}

/** Runs a failed or cancelled job again. Throws NOT_FOUND or CONFLICT. */
export async function retryJob(context: Context, id: string): Promise<StoredJob> {
  return noted(context, 'job.retried', id, () => context.runtime.jobs.retry(context, existing(id)));
}

/** Stops a job that waits or runs. Throws NOT_FOUND or CONFLICT. */
export async function cancelJob(context: Context, id: string): Promise<StoredJob> {
  return noted(context, 'job.cancelled', id, () => context.runtime.jobs.cancel(context, existing(id)));
}

function existing(id: string): string {
  if (!isId(id)) throw notFound('job');
  return id;
}

async function noted(context: Context, topic: string, id: string, work: () => Promise<StoredJob>): Promise<StoredJob> {
  const job = await work();
  await transaction(context, (tx) =>
    emit(tx, { topic, subjectKind: 'job', subjectId: id, payload: { type: job.type }, audit: true }),
  );
  return job;
}
