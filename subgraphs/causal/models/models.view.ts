import { type Selectable, sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { notFound } from '@liftos/core/errors.ts';
import { liveEvents } from '@liftos/core/events/live-events.ts';
import { decodeCursor, page, pageSize, type Page } from '@liftos/core/pages.ts';
import { isId } from '@liftos/core/subgraph.ts';
import { runById } from '../runs/run-view.ts';
import { measureFold } from './fold-metrics.pure.ts';
import { modelVersions, type StoredVersion } from './model-version.runs.ts';
import type { ModelTables } from './tables.ts';

/** A model as services and the graph see it. */
export type StoredModel = ReturnType<typeof showModel>;

/** Of the events that tell of a model, its promotions and its accuracy. */
export const modelTopic = 'model.changed';

/** The row as the graph names it. */
export function showModel(row: Selectable<ModelTables['causal.model']>) {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    training: row.training,
    backTest: row.back_test,
    mock: row.mock,
    championId: row.champion_id,
    createdAt: row.created_at,
    createdBy: row.created_by,
    retiredAt: row.retired_at,
  };
}

/** Models by id, in no order; ids of other organisations give nothing. */
export async function modelsById(context: Context, ids: readonly string[]): Promise<StoredModel[]> {
  const rows = tables<ModelTables>(context).selectFrom('causal.model').selectAll().where('id', 'in', ids);
  return (await rows.execute()).map(showModel);
}

/** A model of this organisation. Throws NOT_FOUND. */
export async function requireModel(context: Context, id: string): Promise<StoredModel> {
  const [model] = isId(id) ? await modelsById(context, [id]) : [];
  if (!model) throw notFound('model');
  return model;
}

/** Models, newest first. */
export async function listModels(
  context: Context,
  { first, after, retired }: { first?: number | null; after?: string | null; retired?: boolean | null },
): Promise<Page<StoredModel>> {
  const size = pageSize(first, 20);
  const key = decodeCursor(context.organizationId, after);
  let query = tables<ModelTables>(context)
    .selectFrom('causal.model')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(size + 1);
  if (!retired) query = query.where('retired_at', 'is', null);
  if (key !== undefined) query = query.where('id', '<', key);
  return page(context.organizationId, (await query.execute()).map(showModel), size, ({ id }) => id);
}

/** All versions of models, newest first. */
export async function versionsOf(context: Context, modelIds: readonly string[]): Promise<StoredVersion[]> {
  const rows = await tables<ModelTables>(context)
    .selectFrom('causal.model_version')
    .selectAll()
    .where('model_id', 'in', modelIds)
    .orderBy('number', 'desc')
    .execute();
  return rows.map(modelVersions.show);
}

/** What versions foretold and what happened, by version. */
export async function accuracyOf(context: Context, versionIds: readonly string[]) {
  const { rows } = await sql<{
    version_id: string;
    period: string;
    actual: number;
    predicted: number;
    low: number;
    high: number;
    computed_at: Date;
  }>`select version_id, period::text, actual, predicted, low, high, computed_at from causal.model_accuracy
    where version_id = any(${versionIds}::uuid[]) order by period`.execute(context.db);
  return versionIds.map((id) => showAccuracy(rows.filter((row) => row.version_id === id)));
}

function showAccuracy(
  rows: readonly { period: string; actual: number; predicted: number; low: number; high: number; computed_at: Date }[],
) {
  const points = rows.map(({ computed_at: computedAt, ...point }) => ({ ...point, computedAt }));
  const metrics = measureFold(points.map(({ period, ...point }) => ({ date: period, ...point })));
  return { points, metrics, conclusion: concludeAccuracy(metrics) };
}

function concludeAccuracy(metrics: ReturnType<typeof measureFold>): string {
  if (!metrics) return 'No period has passed since the training; nothing is known yet.';
  const { periods, weightedError, coverage } = metrics;
  return `In ${periods === 1 ? 'the one period' : `the ${periods} periods`} since its training, what it foretold was off by ${(100 * weightedError).toFixed(1)} % of the KPI, and ${Math.round(100 * coverage)} % of the values lay inside their 90 % interval.`;
}

/** Changes of models, versions and accuracy: first what was missed after a number, then live. */
export async function* followModels(context: Context, { after }: { after?: number | null | undefined }) {
  const topics = [modelTopic, modelVersions.topic];
  for await (const { sequence, at, topic, subjectId } of liveEvents(context, { topics, after })) {
    if (subjectId === null) continue;
    const id = topic === modelTopic ? subjectId : (await runById(modelVersions, context, subjectId))?.modelId;
    const [model] = id === undefined ? [] : await modelsById(context, [id]);
    if (model) yield { sequence, at, model };
  }
}
