import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { AppError } from '@liftos/core/errors.ts';
import type { Consumer } from '@liftos/core/events/consumers.ts';
import { emit } from '@liftos/core/events/events.ts';
import { defineJob, type JobContext } from '@liftos/core/jobs/define-job.ts';
import { enqueue } from '@liftos/core/jobs/jobs.ts';
import type { FoldPoint } from './fold-metrics.pure.ts';
import { foretellInPool } from './foretell.ts';
import { modelTopic, modelsById, versionsOf } from './models.view.ts';
import { readVersion } from './read-version.ts';
import type { ModelTables } from './tables.ts';

const jobType = 'causal.modelAccuracy';
/** Syncs that end shortly after one another are answered by one job. */
const waitMillis = 30_000;
const usedStages = ['CHAMPION', 'CANDIDATE', 'FORMER'];

/** Compares what the versions of models foretold with what happened since their training. */
export const modelAccuracyJob = defineJob<{ modelIds: readonly string[] }>({
  type: jobType,
  timeoutSeconds: 900,
  async handler(context, { modelIds }) {
    const models = (await modelsById(context, modelIds)).filter(({ retiredAt }) => retiredAt === null);
    const versions = (
      models.length > 0
        ? await versionsOf(
            context,
            models.map(({ id }) => id),
          )
        : []
    ).filter(({ state, stage }) => state === 'SUCCEEDED' && usedStages.includes(stage));
    for (const [index, version] of versions.entries()) {
      const points = await pointsSince(context, version.mixModelId, version.number);
      const model = models.find(({ id }) => id === version.modelId)!;
      if (points.length > 0) {
        const summary = `Version ${version.number} of “${model.name}” was compared with ${points.length} periods after its training.`;
        await transaction(context, (tx) => keepPoints(tx, version.id, model.id, points, summary));
      }
      context.progress((index + 1) / versions.length);
    }
  },
});

/** What a version says of the periods after its training; nothing where it cannot, which the log tells. */
async function pointsSince(context: JobContext, mixModelId: string, number: number): Promise<FoldPoint[]> {
  try {
    const { kept, data, settings } = await readVersion(context, mixModelId);
    const [begin, end] = [kept.trained, data.dates.length];
    if (end <= begin) return [];
    const { kpi } = await foretellInPool({ kept, data, settings, begin, end }, context.signal);
    return data.dates.slice(begin).map((date, index) => {
      let actual = 0;
      for (let geo = 0; geo < data.geos.length; geo++) actual += data.kpi[geo * end + begin + index]!;
      return { date, actual, predicted: kpi.mean[index]!, low: kpi.low[index]!, high: kpi.high[index]! };
    });
  } catch (error) {
    if (!(error instanceof AppError) || context.signal.aborted) throw error;
    context.logLine('warn', `Version ${number} was left out: ${error.message}`);
    return [];
  }
}

async function keepPoints(
  tx: Context,
  versionId: string,
  modelId: string,
  points: readonly FoldPoint[],
  summary: string,
): Promise<void> {
  await tables<ModelTables>(tx).deleteFrom('causal.model_accuracy').where('version_id', '=', versionId).execute();
  await tables<ModelTables>(tx)
    .insertInto('causal.model_accuracy')
    .values(
      points.map(({ date, ...point }) => ({
        organization_id: tx.organizationId,
        version_id: versionId,
        period: date,
        ...point,
        computed_at: tx.now(),
      })),
    )
    .execute();
  await emit(tx, { topic: modelTopic, subjectKind: 'model', subjectId: modelId, summary });
}

/** Send the comparison of a model. */
export function refreshAccuracy(context: Context, modelId: string): Promise<string> {
  return transaction(context, (tx) =>
    enqueue(tx, modelAccuracyJob, { modelIds: [modelId] }, { subjectKind: 'model', subjectId: modelId }),
  );
}

/** After every sync that brought data, the models in use are compared with it; at most one such job waits at a time. */
export const accuracyConsumer: Consumer = {
  name: 'causal.modelAccuracy',
  topics: ['sync.finished'],
  async handle(tx) {
    const { rows } = await sql<{ id: string }>`
      select id from causal.model where champion_id is not null and retired_at is null
        and not exists (select from runtime.job where type = ${jobType} and state = 'queued')`.execute(tx.db);
    if (rows.length === 0) return;
    const startAfter = new Date(tx.now().getTime() + waitMillis);
    await enqueue(tx, modelAccuracyJob, { modelIds: rows.map(({ id }) => id) }, { startAfter });
  },
};
