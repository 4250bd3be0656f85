import type { Selectable } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { AppError, notFound } from '@liftos/core/errors.ts';
import { emit, type StoredEvent } from '@liftos/core/events/events.ts';
import { liveEvents } from '@liftos/core/events/live-events.ts';
import { decodeCursor, page, pageSize, type Page } from '@liftos/core/pages.ts';
import { isId } from '@liftos/core/subgraph.ts';
import { runTable, type Run, type RunColumns, type RunKind } from './run-kind.ts';

const defaultPage = 20;

/** Runs by id, in no order; ids of other organisations give nothing. */
export async function runsById<Row extends RunColumns, Shown extends Run>(
  kind: RunKind<Row, Shown>,
  context: Context,
  ids: readonly string[],
): Promise<Shown[]> {
  const { db, table } = runTable(kind, context);
  const rows = await db.selectFrom(table).selectAll().where('id', 'in', ids).execute();
  return rows.map((row) => kind.show(row as Selectable<Row>));
}

/** A run of this organisation, as it stands now; null when there is none. */
export async function runById<Row extends RunColumns, Shown extends Run>(
  kind: RunKind<Row, Shown>,
  context: Context,
  id: string,
): Promise<Shown | null> {
  return isId(id) ? ((await runsById(kind, context, [id]))[0] ?? null) : null;
}

/** A run of this organisation. Throws NOT_FOUND. */
export async function requireRun<Row extends RunColumns, Shown extends Run>(
  kind: RunKind<Row, Shown>,
  context: Context,
  id: string,
): Promise<Shown> {
  const run = await runById(kind, context, id);
  if (!run) throw notFound(kind.noun);
  return run;
}

/** A run of this organisation that has results. Throws NOT_FOUND, or CONFLICT for one without. */
export async function requireFinished<Row extends RunColumns, Shown extends Run>(
  kind: RunKind<Row, Shown>,
  context: Context,
  id: string,
): Promise<Shown> {
  const run = await requireRun(kind, context, id);
  if (run.state !== 'SUCCEEDED') throw new AppError('CONFLICT', `The ${kind.noun} has no results yet.`);
  return run;
}

/** Runs, newest first: ids sort by time. */
export async function listRuns<Row extends RunColumns, Shown extends Run>(
  kind: RunKind<Row, Shown>,
  context: Context,
  { first, after }: { first?: number | null; after?: string | null },
): Promise<Page<Shown>> {
  const size = pageSize(first, defaultPage);
  const key = decodeCursor(context.organizationId, after);
  const { db, table } = runTable(kind, context);
  const newest = db
    .selectFrom(table)
    .selectAll()
    .orderBy('id', 'desc')
    .limit(size + 1);
  const rows = await (key === undefined ? newest : newest.where('id', '<', key)).execute();
  return page(
    context.organizationId,
    rows.map((row) => kind.show(row as Selectable<Row>)),
    size,
    ({ id }) => id,
  );
}

/** Stop a run; its threads end at once. Throws NOT_FOUND, or CONFLICT when it has ended. */
export async function cancelRun<Row extends RunColumns, Shown extends Run>(
  kind: RunKind<Row, Shown>,
  context: Context,
  id: string,
): Promise<Shown> {
  const run = await requireRun(kind, context, id);
  if (run.jobId === null || (run.state !== 'QUEUED' && run.state !== 'RUNNING')) {
    throw new AppError('CONFLICT', `The ${kind.noun} has already ended.`);
  }
  await context.runtime.jobs.cancel(context, run.jobId);
  // That it ended is told by its job; this keeps who wanted it.
  await transaction(context, (tx) =>
    emit(tx, { topic: 'run.cancelled', subjectKind: kind.subjectKind, subjectId: id, audit: true }),
  );
  return requireRun(kind, context, id);
}

export interface RunEvent<Shown extends Run> {
  readonly sequence: number;
  readonly at: Date;
  readonly run: Shown;
}

/**
 * The organisation's run changes, or those of one run: first what was missed after a number, then live. Each brings
 * the run as it stands when delivered. Throws NOT_FOUND for a run that is not this organisation's.
 */
export async function followRuns<Row extends RunColumns, Shown extends Run>(
  kind: RunKind<Row, Shown>,
  context: Context,
  { id, after }: { id?: string | null | undefined; after?: number | null | undefined },
): Promise<AsyncGenerator<RunEvent<Shown>>> {
  if (id) await requireRun(kind, context, id);
  return runEvents(kind, context, id ?? null, after);
}

async function* runEvents<Row extends RunColumns, Shown extends Run>(
  kind: RunKind<Row, Shown>,
  context: Context,
  id: string | null,
  after: number | null | undefined,
): AsyncGenerator<RunEvent<Shown>> {
  const filter = ({ subjectId }: StoredEvent): boolean => id === null || subjectId === id;
  for await (const event of liveEvents(context, { topics: [kind.topic], after, filter })) {
    const { sequence, at, subjectId } = event;
    // Read anew for each event: the loader of this subscription would remember the first state.
    const run = subjectId === null ? null : await runById(kind, context, subjectId);
    if (run) yield { sequence, at, run };
  }
}
