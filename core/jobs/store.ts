import { sql, type Kysely } from 'kysely';
import { tables, type Context } from '../context.ts';

export type JobState = 'queued' | 'running' | 'retrying' | 'succeeded' | 'failed' | 'cancelled';

export interface StoredJob {
  organization_id: string;
  id: string;
  type: string;
  state: JobState;
  attempt: number;
  max_attempts: number;
  owner: string;
  subject_kind: string | null;
  subject_id: string | null;
  payload: unknown;
  progress: number | null;
  error: { code: string; message: string; stack?: string } | null;
  ticket: string;
  correlation_id: string;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
}

export interface StoredLogLine {
  organization_id: string;
  job_id: string;
  sequence: number;
  at: Date;
  level: string;
  message: string;
  attempt: number;
}

export interface JobTables {
  'runtime.job': StoredJob;
  'runtime.job_log': StoredLogLine;
}

export interface JobFilter {
  states?: readonly JobState[];
  type?: string;
  subjectId?: string;
}

export const endedStates: readonly JobState[] = ['succeeded', 'failed', 'cancelled'];

export function hasEnded(state: JobState): boolean {
  return endedStates.includes(state);
}

function filtered(db: Kysely<JobTables>, filter: JobFilter) {
  let query = db.selectFrom('runtime.job');
  if (filter.states?.length) query = query.where('state', 'in', filter.states);
  if (filter.type) query = query.where('type', '=', filter.type);
  if (filter.subjectId) query = query.where('subject_id', '=', filter.subjectId);
  return query;
}

/** Jobs of the organisation, newest first; `before` is the id of the last job of the page before. */
export function listJobs(context: Context, filter: JobFilter, limit: number, before?: string): Promise<StoredJob[]> {
  let query = filtered(tables<JobTables>(context), filter).selectAll();
  if (before) query = query.where('id', '<', before);
  return query.orderBy('id', 'desc').limit(limit).execute();
}

export async function countJobs(context: Context, filter: JobFilter): Promise<number> {
  const query = filtered(tables<JobTables>(context), filter);
  const row = await query.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  return row.count;
}

export function jobsById(context: Context, ids: readonly string[]): Promise<StoredJob[]> {
  return tables<JobTables>(context).selectFrom('runtime.job').selectAll().where('id', 'in', ids).execute();
}

export function jobsBySubject(context: Context, subjectIds: readonly string[]): Promise<StoredJob[]> {
  return tables<JobTables>(context)
    .selectFrom('runtime.job')
    .selectAll()
    .where('subject_id', 'in', subjectIds)
    .orderBy('id')
    .execute();
}

/** Lines of a job's log after a number, oldest first. */
export function jobLog(context: Context, jobId: string, after: number, limit: number): Promise<StoredLogLine[]> {
  return tables<JobTables>(context)
    .selectFrom('runtime.job_log')
    .selectAll()
    .where('job_id', '=', jobId)
    .where('sequence', '>', after)
    .orderBy('sequence')
    .limit(limit)
    .execute();
}

/** Outcome and duration per type of what was created in the last 24 hours. */
export async function summarizeJobs(context: Context) {
  const { rows } = await sql<{ type: string; total: number; succeeded: number; failed: number; median: number | null }>`
    select type, count(*) as total,
      count(*) filter (where state = 'succeeded') as succeeded,
      count(*) filter (where state = 'failed') as failed,
      percentile_cont(0.5) within group (order by extract(epoch from finished_at - started_at) * 1000)
        filter (where finished_at is not null and started_at is not null) as median
    from runtime.job where created_at > ${context.now()}::timestamptz - interval '24 hours'
    group by type order by type`.execute(context.db);
  return rows;
}
