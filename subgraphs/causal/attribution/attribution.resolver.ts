import type { Context } from '@liftos/core/context.ts';
import { loaderById, referenceById } from '@liftos/core/subgraph.ts';
import { cancelRun, followRuns, listRuns, runsById, type RunEvent } from '../runs/run-view.ts';
import type {
  MutationCancelAttributionRunArgs,
  MutationReproduceAttributionRunArgs,
  MutationRunAttributionArgs,
  QueryAttributionRunArgs,
  QueryAttributionRunsArgs,
  SubscriptionAttributionProgressArgs,
} from '../schema.generated.ts';
import { attributionRuns, type AttributionRun } from './attribution.runs.ts';
import { startAttribution } from './attribution.service.ts';
import { reproducibleAttribution } from './reproduce-attribution.ts';

const byIds = (context: Context, ids: readonly string[]) => runsById(attributionRuns, context, ids);

export const attributionResolvers = {
  Query: {
    attributionRun: (_: unknown, { id }: QueryAttributionRunArgs, context: Context) =>
      loaderById(context, 'AttributionRun', byIds).load(id),
    attributionRuns: (_: unknown, args: QueryAttributionRunsArgs, context: Context) =>
      listRuns(attributionRuns, context, args),
  },
  Mutation: {
    runAttribution: async (_: unknown, { input }: MutationRunAttributionArgs, context: Context) => ({
      run: await startAttribution(context, input),
    }),
    cancelAttributionRun: async (_: unknown, { id }: MutationCancelAttributionRunArgs, context: Context) => ({
      run: await cancelRun(attributionRuns, context, id),
    }),
    reproduceAttributionRun: (_: unknown, { id }: MutationReproduceAttributionRunArgs, context: Context) =>
      reproducibleAttribution.reproduce(context, id, () => undefined),
  },
  Subscription: {
    attributionProgress: {
      subscribe: (_: unknown, { runId, after }: SubscriptionAttributionProgressArgs, context: Context) =>
        followRuns(attributionRuns, context, { id: runId, after }),
      resolve: (event: RunEvent<AttributionRun>) => event,
    },
  },
  AttributionRun: {
    __resolveReference: referenceById('AttributionRun', byIds),
  },
};
