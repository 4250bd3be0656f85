import type { Context } from '@liftos/core/context.ts';
import { loaderById, referenceById } from '@liftos/core/subgraph.ts';
import { cancelRun, followRuns, listRuns, runsById, type RunEvent } from '../runs/run-view.ts';
import type {
  MutationCancelMixModelArgs,
  MutationTrainMixModelArgs,
  QueryMixModelArgs,
  QueryMixModelDefaultsArgs,
  QueryMixModelPreviewArgs,
  QueryMixModelsArgs,
  SubscriptionMixModelProgressArgs,
} from '../schema.generated.ts';
import { mixModels, type StoredMix } from './mix-model.runs.ts';
import { defaultPriors, previewTraining } from './preview-training.ts';
import { startTraining } from './mix-model.service.ts';

const byIds = (context: Context, ids: readonly string[]) => runsById(mixModels, context, ids);

export const mixModelResolvers = {
  Query: {
    mixModel: (_: unknown, { id }: QueryMixModelArgs, context: Context) =>
      loaderById(context, 'MixModel', byIds).load(id),
    mixModelDefaults: (_: unknown, args: QueryMixModelDefaultsArgs) => defaultPriors(args),
    mixModelPreview: (_: unknown, { input }: QueryMixModelPreviewArgs, context: Context) =>
      previewTraining(context, input),
    mixModels: (_: unknown, args: QueryMixModelsArgs, context: Context) => listRuns(mixModels, context, args),
  },
  Mutation: {
    trainMixModel: async (_: unknown, { input }: MutationTrainMixModelArgs, context: Context) => ({
      model: await startTraining(context, input),
    }),
    cancelMixModel: async (_: unknown, { id }: MutationCancelMixModelArgs, context: Context) => ({
      model: await cancelRun(mixModels, context, id),
    }),
  },
  Subscription: {
    mixModelProgress: {
      subscribe: (_: unknown, args: SubscriptionMixModelProgressArgs, context: Context) =>
        followRuns(mixModels, context, args),
      resolve: ({ sequence, at, run }: RunEvent<StoredMix>) => ({ sequence, at, model: run }),
    },
  },
  MixModel: {
    __resolveReference: referenceById('MixModel', byIds),
  },
};
