import type { Selectable } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { decodeCursor, page, pageSize, type Page } from '@liftos/core/pages.ts';
import { isId } from '@liftos/core/subgraph.ts';
import type { MixModelColumns, MixTables } from './tables.ts';

type Row = Selectable<MixModelColumns>;

/** A model as services and the graph see it. */
export type StoredMix = ReturnType<typeof showMix>;

const defaultPage = 20;

/** Models by id, in no order; ids of other organisations give nothing. */
export async function mixesById(context: Context, ids: readonly string[]): Promise<StoredMix[]> {
  return (await models(context).selectAll().where('id', 'in', ids).execute()).map(showMix);
}

/** A model of this organisation, as it stands now; null when there is none. */
export async function mixById(context: Context, id: string): Promise<StoredMix | null> {
  return isId(id) ? ((await mixesById(context, [id]))[0] ?? null) : null;
}

/** Models, newest first: ids sort by time. */
export async function listMixes(
  context: Context,
  first?: number | null,
  after?: string | null,
): Promise<Page<StoredMix>> {
  const size = pageSize(first, defaultPage);
  const key = decodeCursor(context.organizationId, after);
  const newest = models(context)
    .selectAll()
    .orderBy('id', 'desc')
    .limit(size + 1);
  const rows = await (key === undefined ? newest : newest.where('id', '<', key)).execute();
  return page(context.organizationId, rows.map(showMix), size, ({ id }) => id);
}

function models(context: Context) {
  return tables<MixTables>(context).selectFrom('causal.mix_model');
}

/** The row as the graph names it. */
export function showMix(row: Row) {
  return {
    id: row.id,
    state: row.state,
    progress: row.progress,
    choice: row.choice,
    settings: row.settings,
    inputs: row.inputs,
    ...shownResult(row),
    error: row.error,
    codeVersion: row.code_version,
    jobId: row.job_id,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    computeMillis: row.compute_millis,
  };
}

/** What the graph shows of a result, before there is one too. */
function shownResult({ result, warnings }: Row) {
  if (!result) return { result, diagnosis: null, channels: [], series: [], dates: [], parameters: [], warnings };
  const { summary, dates, parameters } = result;
  return {
    result,
    diagnosis: { ...result.diagnosis, ljungBoxP: result.diagnosis.ljungBox.p },
    channels: summary?.channels ?? [],
    series: summary?.series ?? [],
    dates,
    parameters,
    warnings: [...warnings, ...result.diagnosis.warnings],
  };
}
