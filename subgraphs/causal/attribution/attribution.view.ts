import type { Selectable } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { decodeCursor, page, pageSize, type Page } from '@liftos/core/pages.ts';
import { isId } from '@liftos/core/subgraph.ts';
import type { CausalTables, RunColumns, RunState } from './tables.ts';

type Row = Selectable<RunColumns>;

/** A run as the graph shows it. */
export interface Run {
  readonly id: string;
  readonly state: RunState;
  readonly progress: number;
  readonly settings: Row['settings'];
  readonly inputs: Row['inputs'];
  readonly results: Row['results'];
  readonly agreement: Row['agreement'];
  readonly warnings: Row['warnings'];
  readonly error: string | null;
  readonly codeVersion: string;
  readonly jobId: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  readonly computeMillis: number | null;
}

const defaultPage = 20;

/** Runs by id, in no order; ids of other organisations give nothing. */
export async function runsById(context: Context, ids: readonly string[]): Promise<Run[]> {
  const rows = await runs(context).selectAll().where('id', 'in', ids).execute();
  return rows.map(showRun);
}

/** A run of this organisation, as it stands now; null when there is none. */
export async function runById(context: Context, id: string): Promise<Run | null> {
  return isId(id) ? ((await runsById(context, [id]))[0] ?? null) : null;
}

/** Runs, newest first: ids sort by time. */
export async function listRuns(context: Context, first?: number | null, after?: string | null): Promise<Page<Run>> {
  const size = pageSize(first, defaultPage);
  const key = decodeCursor(context.organizationId, after);
  const newest = runs(context)
    .selectAll()
    .orderBy('id', 'desc')
    .limit(size + 1);
  const rows = await (key === undefined ? newest : newest.where('id', '<', key)).execute();
  return page(context.organizationId, rows.map(showRun), size, ({ id }) => id);
}

function runs(context: Context) {
  return tables<CausalTables>(context).selectFrom('causal.attribution_run');
}

/** The row as the graph names it. */
export function showRun(row: Row): Run {
  return {
    id: row.id,
    state: row.state,
    progress: row.progress,
    settings: row.settings,
    inputs: row.inputs,
    results: row.results,
    agreement: row.agreement,
    warnings: row.warnings,
    error: row.error,
    codeVersion: row.code_version,
    jobId: row.job_id,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    computeMillis: row.compute_millis,
  };
}
