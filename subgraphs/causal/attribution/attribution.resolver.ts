import type { Context } from '@liftos/core/context.ts';
import { loaderById, referenceById } from '@liftos/core/subgraph.ts';
import type {
  MutationCancelAttributionRunArgs,
  MutationReproduceAttributionRunArgs,
  MutationRunAttributionArgs,
  QueryAttributionRunArgs,
  QueryAttributionRunsArgs,
  SubscriptionAttributionProgressArgs,
} from '../schema.generated.ts';
import { cancelRun, followRuns, reproduceRun, startRun, type RunEvent } from './attribution.service.ts';
import { listRuns, runsById } from './attribution.view.ts';

export const attributionResolvers = {
  Query: {
    attributionRun: (_: unknown, { id }: QueryAttributionRunArgs, context: Context) =>
      loaderById(context, 'AttributionRun', runsById).load(id),
    attributionRuns: (_: unknown, { first, after }: QueryAttributionRunsArgs, context: Context) =>
      listRuns(context, first, after),
  },
  Mutation: {
    runAttribution: async (_: unknown, { input }: MutationRunAttributionArgs, context: Context) => ({
      run: await startRun(context, input),
    }),
    cancelAttributionRun: async (_: unknown, { id }: MutationCancelAttributionRunArgs, context: Context) => ({
      run: await cancelRun(context, id),
    }),
    reproduceAttributionRun: (_: unknown, { id }: MutationReproduceAttributionRunArgs, context: Context) =>
      reproduceRun(context, id),
  },
  Subscription: {
    attributionProgress: {
      subscribe: (_: unknown, args: SubscriptionAttributionProgressArgs, context: Context) => followRuns(context, args),
      resolve: (event: RunEvent) => event,
    },
  },
  AttributionRun: {
    __resolveReference: referenceById('AttributionRun', runsById),
  },
};
