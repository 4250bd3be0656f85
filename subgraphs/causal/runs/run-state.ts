import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import { emit } from '@liftos/core/events/events.ts';
import type { JobDefinition } from '@liftos/core/jobs/define-job.ts';
import { enqueue } from '@liftos/core/jobs/jobs.ts';
import { runTable, versionOf, type Run, type RunColumns, type RunKind, type RunState } from './run-kind.ts';

/** The columns that only one kind has. */
export type OwnColumns<Row extends RunColumns> = Omit<Row, keyof RunColumns>;

/** Store a run and send its job, together; to be called in a transaction. The job may depend on others that ran. */
export async function insertRun<Row extends RunColumns, Shown extends Run>(
  kind: RunKind<Row, Shown>,
  tx: Context,
  job: JobDefinition<{ runId: string }>,
  own: Insertable<OwnColumns<Row>>,
  summary: string,
): Promise<Shown> {
  const id = tx.newId();
  const { topic, subjectKind } = kind;
  const jobId = await enqueue(tx, job, { runId: id }, { subjectKind, subjectId: id });
  const { db, table } = runTable(kind, tx);
  const row = await db
    .insertInto(table)
    .values({
      organization_id: tx.organizationId,
      id,
      state: 'QUEUED',
      progress: 0,
      code_version: versionOf(kind, tx),
      job_id: jobId,
      created_at: tx.now(),
      ...own,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await emit(tx, { topic, subjectKind, subjectId: id, summary, payload: { state: 'QUEUED' }, audit: true });
  return kind.show(row as Selectable<Row>);
}

/** Mark a run as being computed, again after a failed attempt. False when it was finished before. */
export async function beginRun<Row extends RunColumns, Shown extends Run>(
  kind: RunKind<Row, Shown>,
  tx: Context,
  id: string,
): Promise<boolean> {
  const { db, table } = runTable(kind, tx);
  const changed = await db
    .updateTable(table)
    .set({
      state: 'RUNNING',
      progress: 0,
      error: null,
      code_version: versionOf(kind, tx),
      started_at: tx.now(),
      finished_at: null,
    })
    .where('id', '=', id)
    .where('state', '!=', 'SUCCEEDED')
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n) return false;
  await tell(kind, tx, id, 'RUNNING');
  return true;
}

/** Note how far a running run is, 0 to 1. */
export async function noteProgress<Row extends RunColumns, Shown extends Run>(
  kind: RunKind<Row, Shown>,
  tx: Context,
  id: string,
  progress: number,
): Promise<void> {
  const { db, table } = runTable(kind, tx);
  const running = db.updateTable(table).set({ progress }).where('id', '=', id).where('state', '=', 'RUNNING');
  const changed = await running.executeTakeFirst();
  if (changed.numUpdatedRows > 0n) await tell(kind, tx, id, 'RUNNING');
}

/** What a computation ends with. */
export interface Findings<Row extends RunColumns> {
  /** Columns to store; JSON as text. */
  readonly columns: Updateable<OwnColumns<Row>>;
  readonly computeMillis: number;
  /** A sentence that tells people what there is now. */
  readonly summary: string;
}

/** Store what was found, unless the run was cancelled meanwhile. */
export async function finishRun<Row extends RunColumns, Shown extends Run>(
  kind: RunKind<Row, Shown>,
  tx: Context,
  id: string,
  { columns, computeMillis, summary }: Findings<Row>,
): Promise<void> {
  const { db, table } = runTable(kind, tx);
  const end = { state: 'SUCCEEDED', progress: 1, compute_millis: computeMillis, finished_at: tx.now() } as const;
  const changed = await db
    .updateTable(table)
    .set({ ...columns, ...end })
    .where('id', '=', id)
    .where('state', '=', 'RUNNING')
    .executeTakeFirst();
  if (changed.numUpdatedRows > 0n) await tell(kind, tx, id, 'SUCCEEDED', summary);
}

/** Say that a run ended without results. */
export async function abandonRun<Row extends RunColumns, Shown extends Run>(
  kind: RunKind<Row, Shown>,
  tx: Context,
  id: string,
  { state, error }: { state: 'FAILED' | 'CANCELLED'; error: string },
): Promise<void> {
  const { db, table } = runTable(kind, tx);
  const changed = await db
    .updateTable(table)
    .set({ state, error, finished_at: tx.now() })
    .where('id', '=', id)
    .where('state', 'in', ['QUEUED', 'RUNNING'])
    .executeTakeFirst();
  if (changed.numUpdatedRows === 0n) return;
  const { activity } = kind;
  await tell(kind, tx, id, state, state === 'FAILED' ? `${activity} failed: ${error}` : `${activity} was cancelled.`);
}

function tell(
  { topic, subjectKind }: Pick<RunKind, 'topic' | 'subjectKind'>,
  tx: Context,
  id: string,
  state: RunState,
  summary?: string,
): Promise<void> {
  const event = { topic, subjectKind, subjectId: id, payload: { state } };
  return emit(tx, summary === undefined ? event : { ...event, summary });
}
