import type { Context } from '@liftos/core/context.ts';
import {
  hasEnded,
  jobLog,
  jobsBySubject,
  summarizeJobs,
  type StoredJob,
  type StoredLogLine,
} from '@liftos/core/jobs/store.ts';
import { loaderById } from '@liftos/core/subgraph.ts';
import type {
  JobLogArgs,
  MutationCancelJobArgs,
  MutationRetryJobArgs,
  QueryJobArgs,
  QueryJobsArgs,
  SubscriptionJobChangedArgs,
  SubscriptionJobLogArgs,
} from '../schema.generated.ts';
import { cancelJob, jobPage, loadJobs, retryJob } from './jobs.service.ts';
import { jobChanges, jobLogLines } from './live-jobs.ts';

const jobOf = (context: Context, id: string) => loaderById(context, 'Job', loadJobs).load(id);

export const jobResolvers = {
  Query: {
    jobs: (_: unknown, args: QueryJobsArgs, context: Context) => jobPage(context, args),
    job: (_: unknown, { id }: QueryJobArgs, context: Context) => jobOf(context, id),
    jobSummary: async (_: unknown, __: unknown, context: Context) =>
      (await summarizeJobs(context)).map(({ median, ...row }) => ({
        ...row,
        medianMillis: median,
        successRate: row.succeeded + row.failed === 0 ? null : row.succeeded / (row.succeeded + row.failed),
      })),
  },
  Mutation: {
    retryJob: async (_: unknown, { id }: MutationRetryJobArgs, context: Context) => ({
      job: await retryJob(context, id),
    }),
    cancelJob: async (_: unknown, { id }: MutationCancelJobArgs, context: Context) => ({
      job: await cancelJob(context, id),
    }),
  },
  Subscription: {
    jobChanged: {
      subscribe: (_: unknown, { after }: SubscriptionJobChangedArgs, context: Context) => jobChanges(context, after),
      resolve: (event: unknown) => event,
    },
    jobLog: {
      subscribe: (_: unknown, { jobId, after }: SubscriptionJobLogArgs, context: Context) =>
        jobLogLines(context, jobId, after),
      resolve: (line: unknown) => line,
    },
  },
  // Compiled execution calls resolvers only, not functions among plain data.
  JobPage: {
    totalCount: (page: Awaited<ReturnType<typeof jobPage>>) => page.totalCount(),
  },
  JobEvent: {
    job: ({ jobId }: { jobId: string }, _: unknown, context: Context) => jobOf(context, jobId),
  },
  SyncRun: {
    jobs: ({ id }: { id: string }, _: unknown, context: Context) =>
      context
        .loader<string, StoredJob[]>('jobs of subject', async (ids) => {
          const jobs = await jobsBySubject(context, ids);
          const bySubject = Map.groupBy(jobs, (job) => job.subject_id ?? '');
          return ids.map((subject) => bySubject.get(subject) ?? []);
        })
        .load(id),
  },
  Job: {
    __resolveReference: ({ id }: { id: string }, context: Context) => jobOf(context, id),
    state: (job: StoredJob) => job.state.toUpperCase(),
    maxAttempts: (job: StoredJob) => job.max_attempts,
    subjectKind: (job: StoredJob) => job.subject_kind,
    subjectId: (job: StoredJob) => job.subject_id,
    syncRun: (job: StoredJob) => (job.subject_kind === 'syncRun' && job.subject_id ? { id: job.subject_id } : null),
    createdAt: (job: StoredJob) => job.created_at,
    startedAt: (job: StoredJob) => job.started_at,
    finishedAt: (job: StoredJob) => job.finished_at,
    durationMillis: (job: StoredJob, _: unknown, context: Context) =>
      job.started_at ? (job.finished_at ?? context.now()).getTime() - job.started_at.getTime() : null,
    log: (job: StoredJob, { first, after }: JobLogArgs, context: Context) =>
      jobLog(context, job.id, after ?? 0, Math.min(first ?? 200, 1000)),
    canRetry: (job: StoredJob) => job.state === 'failed' || job.state === 'cancelled',
    canCancel: (job: StoredJob) => !hasEnded(job.state),
  },
  JobLogLine: {
    level: (line: StoredLogLine) => line.level,
  },
};
