import type { Selectable } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { notFound } from '@liftos/core/errors.ts';
import type { StoredEvent } from '@liftos/core/events/events.ts';
import { liveEvents } from '@liftos/core/events/live-events.ts';
import { decodeCursor, page, pageSize, type Page } from '@liftos/core/pages.ts';
import { isId } from '@liftos/core/subgraph.ts';
import { allowedActions, type ExperimentState } from './states.pure.ts';
import type { ExperimentColumns, ExperimentTables } from './tables.ts';

/** An experiment as services and the graph see it. */
export type Experiment = ReturnType<typeof showExperiment>;

export const experimentTopic = 'experiment.changed';

/** The row as the graph names it. */
export function showExperiment(row: Selectable<ExperimentColumns>) {
  const { settings, design } = row;
  return {
    id: row.id,
    name: row.name,
    hypothesis: row.hypothesis,
    kind: row.kind,
    state: row.state,
    allowed: allowedActions(row.state),
    settings,
    ab: settings.kind === 'AB' ? settings : null,
    geo: settings.kind === 'GEO' ? settings : null,
    abDesign: design?.kind === 'AB' ? design.plan : null,
    geoDesign: design?.kind === 'GEO' ? design : null,
    salt: row.salt,
    startedOn: row.started_on,
    endsOn: row.ends_on,
    result: row.result,
    decision: row.decision,
    createdBy: row.created_by,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}

/** Experiments by id, in no order; ids of other organisations give nothing. */
export async function experimentsById(context: Context, ids: readonly string[]): Promise<Experiment[]> {
  const rows = await tables<ExperimentTables>(context)
    .selectFrom('causal.experiment')
    .selectAll()
    .where('id', 'in', ids)
    .execute();
  return rows.map(showExperiment);
}

/** An experiment of this organisation as it stands now. Throws NOT_FOUND. */
export async function requireExperiment(context: Context, id: string): Promise<Experiment> {
  const [found] = isId(id) ? await experimentsById(context, [id]) : [];
  if (!found) throw notFound('experiment');
  return found;
}

/** Experiments, newest first. */
export async function listExperiments(
  context: Context,
  { state, first, after }: { state?: ExperimentState | null; first?: number | null; after?: string | null },
): Promise<Page<Experiment>> {
  const size = pageSize(first);
  const key = decodeCursor(context.organizationId, after);
  let newest = tables<ExperimentTables>(context)
    .selectFrom('causal.experiment')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(size + 1);
  if (key !== undefined) newest = newest.where('id', '<', key);
  if (state) newest = newest.where('state', '=', state);
  const rows = await newest.execute();
  return page(context.organizationId, rows.map(showExperiment), size, ({ id }) => id);
}

export interface ExperimentEvent {
  readonly sequence: number;
  readonly at: Date;
  readonly experiment: Experiment;
}

/** Changes of one experiment or of all: first what was missed after a number, then live. Throws NOT_FOUND. */
export async function followExperiments(
  context: Context,
  { id, after }: { id?: string | null | undefined; after?: number | null | undefined },
): Promise<AsyncGenerator<ExperimentEvent>> {
  if (id) await requireExperiment(context, id);
  return experimentEvents(context, id ?? null, after);
}

async function* experimentEvents(
  context: Context,
  id: string | null,
  after: number | null | undefined,
): AsyncGenerator<ExperimentEvent> {
  const filter = ({ subjectId }: StoredEvent): boolean => id === null || subjectId === id;
  for await (const { sequence, at, subjectId } of liveEvents(context, { topics: [experimentTopic], after, filter })) {
    // Read anew for each event: the loader of this subscription would remember the first state.
    const [experiment] = subjectId === null ? [] : await experimentsById(context, [subjectId]);
    if (experiment) yield { sequence, at, experiment };
  }
}
