import type { Context } from '@liftos/core/context.ts';
import { loaderById, referenceById } from '@liftos/core/subgraph.ts';
import { cancelRun, followRuns, listRuns, runsById, type RunEvent } from '../runs/run-view.ts';
import type {
  MutationCancelReproductionArgs,
  MutationReproduceArgs,
  QueryReproductionArgs,
  QueryReproductionsArgs,
  SubscriptionReproductionProgressArgs,
} from '../schema.generated.ts';
import { reproductions, type StoredReproduction } from './reproduction.runs.ts';
import { startReproduction } from './reproduction.service.ts';

const byIds = (context: Context, ids: readonly string[]) => runsById(reproductions, context, ids);

export const reproductionResolvers = {
  Query: {
    reproduction: (_: unknown, { id }: QueryReproductionArgs, context: Context) =>
      loaderById(context, 'Reproduction', byIds).load(id),
    reproductions: (_: unknown, args: QueryReproductionsArgs, context: Context) =>
      listRuns(reproductions, context, args),
  },
  Mutation: {
    reproduce: async (_: unknown, { kind, id }: MutationReproduceArgs, context: Context) => ({
      reproduction: await startReproduction(context, kind, id),
    }),
    cancelReproduction: async (_: unknown, { id }: MutationCancelReproductionArgs, context: Context) => ({
      reproduction: await cancelRun(reproductions, context, id),
    }),
  },
  Subscription: {
    reproductionProgress: {
      subscribe: (_: unknown, args: SubscriptionReproductionProgressArgs, context: Context) =>
        followRuns(reproductions, context, args),
      resolve: ({ sequence, at, run }: RunEvent<StoredReproduction>) => ({ sequence, at, reproduction: run }),
    },
  },
  Reproduction: {
    __resolveReference: referenceById('Reproduction', byIds),
  },
};
