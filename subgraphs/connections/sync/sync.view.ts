import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { loaderById } from '@liftos/core/subgraph.ts';
import { decodeCursor, page, pageSize } from '@liftos/core/pages.ts';
import type { QuerySyncRunsArgs, SyncProgress } from '../schema.generated.ts';
import type { ConnectionsTables, RejectedRowTable, SliceCheckTable, SyncRunTable, SyncSliceTable } from '../tables.ts';

export type RunRow = Omit<SyncRunTable, 'plan'>;

const runColumns = [
  'organization_id',
  'id',
  'connection_id',
  'state',
  'trigger',
  'scope',
  'upload_id',
  'reasons',
  'notes',
  'created_at',
  'started_at',
  'finished_at',
  'announced_at',
] as const;

export function runsById(context: Context, ids: readonly string[]): Promise<RunRow[]> {
  return tables<ConnectionsTables>(context)
    .selectFrom('connections.sync_run')
    .select(runColumns)
    .where('id', 'in', ids)
    .execute();
}

export interface RunFilter extends QuerySyncRunsArgs {
  /** Runs of all connections when absent. */
  connectionId?: string;
}

/** Runs, newest first. The first pages of many connections are read at once. */
export async function listRuns(context: Context, { connectionId, first, after, states }: RunFilter) {
  const size = pageSize(first, 20);
  const before = decodeCursor(context.organizationId, after);
  if (connectionId && !before && !states) {
    const rows = await newestRuns(context, connectionId, size + 1);
    return page(context.organizationId, rows, size, ({ id }) => id);
  }
  let query = tables<ConnectionsTables>(context).selectFrom('connections.sync_run').select(runColumns);
  if (connectionId) query = query.where('connection_id', '=', connectionId);
  if (states) query = query.where('state', 'in', states);
  if (before) query = query.where('id', '<', before);
  const rows = await query
    .orderBy('id', 'desc')
    .limit(size + 1)
    .execute();
  return page(context.organizationId, rows, size, ({ id }) => id);
}

/** The newest runs of a connection; loads for many connections at once, and anew each time. */
async function newestRuns(context: Context, connectionId: string, most: number): Promise<RunRow[]> {
  const loader = context.loader<string, RunRow[]>(`NewestSyncRuns/${most}`, async (ids) => {
    const { rows } = await sql<RunRow>`
      select run.* from unnest(${[...ids]}::uuid[]) as wanted (id)
      cross join lateral (
        select ${sql.join(runColumns.map((name) => sql.ref(name)))} from connections.sync_run
        where connection_id = wanted.id order by id desc limit ${most}) run
      order by run.id desc`.execute(context.db);
    return ids.map((id) => rows.filter((row) => row.connection_id === id));
  });
  const rows = await loader.load(connectionId);
  loader.clear(connectionId);
  return rows;
}

type StoredProgress = SyncProgress & { id: string };

/** How far runs are, summed over their slices. */
export async function progressOf(context: Context, runIds: readonly string[]): Promise<StoredProgress[]> {
  const { rows } = await sql<StoredProgress>`
    select run_id as id, count(*)::int as "slicesTotal",
      (count(*) filter (where state not in ('QUEUED', 'RUNNING')))::int as "slicesDone",
      sum(rows_read)::bigint as "rowsRead", sum(rows_accepted)::bigint as "rowsAccepted",
      sum(rows_rejected)::bigint as "rowsRejected",
      avg(case when state in ('QUEUED', 'RUNNING') then fraction else 1 end) as fraction
    from connections.sync_slice where run_id = any(${runIds}::uuid[]) and state <> 'SPLIT' group by run_id`.execute(
    context.db,
  );
  return rows;
}

const nothingToDo = { slicesTotal: 0, slicesDone: 0, rowsRead: 0, rowsAccepted: 0, rowsRejected: 0, fraction: 1 };

/** How far a run is; loads for many runs at once. */
export async function loadProgress(context: Context, runId: string): Promise<SyncProgress> {
  return (await loaderById(context, 'SyncProgress', progressOf).load(runId)) ?? nothingToDo;
}

export async function readProgress(tx: Context, runId: string): Promise<SyncProgress> {
  const [found] = await progressOf(tx, [runId]);
  if (!found) return nothingToDo;
  const { id: _, ...progress } = found;
  return progress;
}

/** Loads the slices of runs, in the order of their plan. */
export function sliceLoader(context: Context) {
  return context.loader<string, SyncSliceTable[]>('SyncSlice', async (runIds) => {
    const rows = await tables<ConnectionsTables>(context)
      .selectFrom('connections.sync_slice')
      .selectAll()
      .where('run_id', 'in', runIds)
      .orderBy('position')
      .execute();
    return runIds.map((id) => rows.filter((row) => row.run_id === id));
  });
}

/** Loads what came in beside the platform's own sums. */
export function checkLoader(context: Context) {
  return context.loader<string, SliceCheckTable[]>('SliceCheck', async (sliceIds) => {
    const rows = await tables<ConnectionsTables>(context)
      .selectFrom('connections.slice_check')
      .selectAll()
      .where('slice_id', 'in', sliceIds)
      .orderBy('metric')
      .execute();
    return sliceIds.map((id) => rows.filter((row) => row.slice_id === id));
  });
}

/** Refused rows of a run in the order of the file. */
export async function listRejected(context: Context, runId: string, first?: number | null, after?: string | null) {
  const size = pageSize(first, 50);
  const cursor = decodeCursor(context.organizationId, after);
  const [position = '-1', line = '-1', ...column] = (cursor ?? '').split('/');
  const { rows } = await sql<RejectedRowTable>`
    select * from connections.rejected_row
    where run_id = ${runId} and (slice_position, line, column_name) >
      (${cursor ? Number(position) : -1}::int, ${cursor ? Number(line) : -1}::int, ${cursor ? column.join('/') : ''}::text)
    order by slice_position, line, column_name limit ${size + 1}`.execute(context.db);
  return page(context.organizationId, rows, size, (row) => `${row.slice_position}/${row.line}/${row.column_name}`);
}
