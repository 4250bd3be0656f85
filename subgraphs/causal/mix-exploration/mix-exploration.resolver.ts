import type { Context } from '@liftos/core/context.ts';
import { loaderById, referenceById } from '@liftos/core/subgraph.ts';
import { cancelRun, followRuns, listRuns, runsById, type RunEvent } from '../runs/run-view.ts';
import type {
  MutationCancelMixExplorationArgs,
  MutationExploreMixModelsArgs,
  QueryMixExplorationArgs,
  QueryMixExplorationsArgs,
  SubscriptionMixExplorationProgressArgs,
} from '../schema.generated.ts';
import { mixExplorations, type StoredExploration } from './mix-exploration.runs.ts';
import { startExploration } from './mix-exploration.service.ts';

const byIds = (context: Context, ids: readonly string[]) => runsById(mixExplorations, context, ids);

export const mixExplorationResolvers = {
  Query: {
    mixExploration: (_: unknown, { id }: QueryMixExplorationArgs, context: Context) =>
      loaderById(context, 'MixExploration', byIds).load(id),
    mixExplorations: (_: unknown, args: QueryMixExplorationsArgs, context: Context) =>
      listRuns(mixExplorations, context, args),
  },
  Mutation: {
    exploreMixModels: async (_: unknown, { input }: MutationExploreMixModelsArgs, context: Context) => ({
      exploration: await startExploration(context, input),
    }),
    cancelMixExploration: async (_: unknown, { id }: MutationCancelMixExplorationArgs, context: Context) => ({
      exploration: await cancelRun(mixExplorations, context, id),
    }),
  },
  Subscription: {
    mixExplorationProgress: {
      subscribe: (_: unknown, args: SubscriptionMixExplorationProgressArgs, context: Context) =>
        followRuns(mixExplorations, context, args),
      resolve: ({ sequence, at, run }: RunEvent<StoredExploration>) => ({ sequence, at, exploration: run }),
    },
  },
  MixExploration: {
    settings: ({ settings, choice }: StoredExploration) => ({ ...settings, choice }),
    __resolveReference: referenceById('MixExploration', byIds),
  },
};
