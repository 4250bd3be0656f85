import type { Context } from '@liftos/core/context.ts';
import { badInput } from '@liftos/core/errors.ts';
import { loaderById, referenceById } from '@liftos/core/subgraph.ts';
import { mixModels } from '../mix-model/mix-model.runs.ts';
import { requireRun, runsById } from '../runs/run-view.ts';
import type {
  MutationCancelModelVersionArgs,
  MutationCreateModelArgs,
  MutationPromoteModelVersionArgs,
  MutationRefreshModelAccuracyArgs,
  MutationRetireModelArgs,
  MutationRetireModelVersionArgs,
  MutationTrainModelVersionArgs,
  QueryCompareModelVersionsArgs,
  QueryModelArgs,
  QueryModelsArgs,
  QueryModelVersionArgs,
  QueryPredictionsArgs,
  SubscriptionModelChangesArgs,
} from '../schema.generated.ts';
import { refreshAccuracy } from './accuracy.jobs.ts';
import { compareVersions } from './compare-versions.pure.ts';
import { modelVersions, type StoredVersion } from './model-version.runs.ts';
import {
  cancelVersion,
  createModel,
  promoteVersion,
  retireModel,
  retireVersion,
  trainVersion,
} from './models.service.ts';
import {
  accuracyOf,
  followModels,
  listModels,
  modelsById,
  requireModel,
  versionsOf,
  type StoredModel,
} from './models.view.ts';
import { predict } from './predict.service.ts';

const versionsById = (context: Context, ids: readonly string[]) => runsById(modelVersions, context, ids);
const mixesById = (context: Context, ids: readonly string[]) => runsById(mixModels, context, ids);

function versionsByModel(context: Context, id: string): Promise<readonly StoredVersion[]> {
  const loader = context.loader<string, readonly StoredVersion[]>('ModelVersions', async (ids) => {
    const all = await versionsOf(context, ids);
    return ids.map((one) => all.filter(({ modelId }) => modelId === one));
  });
  return loader.load(id);
}

async function compared(context: Context, ids: readonly string[]) {
  const asked = [...new Set(ids)];
  if (asked.length < 2 || asked.length > 6) throw badInput('ids', 'Compare two to six different versions.');
  const versions = await Promise.all(asked.map((id) => requireRun(modelVersions, context, id)));
  const comparison = compareVersions(versions);
  if ('refusal' in comparison) throw badInput('ids', comparison.refusal);
  return { versions, ...comparison };
}

export const modelsResolvers = {
  Query: {
    model: (_: unknown, { id }: QueryModelArgs, context: Context) => loaderById(context, 'Model', modelsById).load(id),
    modelVersion: (_: unknown, { id }: QueryModelVersionArgs, context: Context) =>
      loaderById(context, 'ModelVersion', versionsById).load(id),
    models: (_: unknown, args: QueryModelsArgs, context: Context) => listModels(context, args),
    compareModelVersions: (_: unknown, { ids }: QueryCompareModelVersionsArgs, context: Context) =>
      compared(context, ids),
    predictions: (_: unknown, args: QueryPredictionsArgs, context: Context) => predict(context, args),
  },
  Mutation: {
    createModel: async (_: unknown, { input }: MutationCreateModelArgs, context: Context) => ({
      model: await createModel(context, input),
    }),
    trainModelVersion: async (_: unknown, args: MutationTrainModelVersionArgs, context: Context) => ({
      version: await trainVersion(context, args.modelId, args.training ?? null),
    }),
    cancelModelVersion: async (_: unknown, { id }: MutationCancelModelVersionArgs, context: Context) => ({
      version: await cancelVersion(context, id),
    }),
    promoteModelVersion: async (_: unknown, { id }: MutationPromoteModelVersionArgs, context: Context) => ({
      version: await promoteVersion(context, id),
    }),
    retireModelVersion: async (_: unknown, { id }: MutationRetireModelVersionArgs, context: Context) => ({
      version: await retireVersion(context, id),
    }),
    retireModel: async (_: unknown, { id }: MutationRetireModelArgs, context: Context) => ({
      model: await retireModel(context, id),
    }),
    refreshModelAccuracy: async (_: unknown, { modelId }: MutationRefreshModelAccuracyArgs, context: Context) => {
      const model = await requireModel(context, modelId);
      await refreshAccuracy(context, modelId);
      return { model };
    },
  },
  Subscription: {
    modelChanges: {
      subscribe: (_: unknown, args: SubscriptionModelChangesArgs, context: Context) => followModels(context, args),
      resolve: <T>(event: T): T => event,
    },
  },
  Model: {
    __resolveReference: referenceById('Model', modelsById),
    versions: ({ id }: StoredModel, _: unknown, context: Context) => versionsByModel(context, id),
    champion: ({ championId }: StoredModel, _: unknown, context: Context) =>
      championId === null ? null : loaderById(context, 'ModelVersion', versionsById).load(championId),
  },
  ModelVersion: {
    __resolveReference: referenceById('ModelVersion', versionsById),
    mixModel: ({ mixModelId }: StoredVersion, _: unknown, context: Context) =>
      loaderById(context, 'MixModel', mixesById).load(mixModelId),
    accuracy: ({ id }: StoredVersion, _: unknown, context: Context) =>
      context
        .loader<string, Awaited<ReturnType<typeof accuracyOf>>[number]>('ModelAccuracy', (ids) =>
          accuracyOf(context, ids),
        )
        .load(id),
  },
};
