import type { Context } from '@liftos/core/context.ts';
import { loaderById, referenceById } from '@liftos/core/subgraph.ts';
import { cancelRun, followRuns, listRuns, runsById, type RunEvent } from '../runs/run-view.ts';
import type {
  MarketSelectionDisjointArgs,
  MutationCancelMarketSelectionArgs,
  MutationRunMarketSelectionArgs,
  QueryMarketSelectionArgs,
  QueryMarketSelectionsArgs,
  SubscriptionMarketSelectionProgressArgs,
} from '../schema.generated.ts';
import { marketSelections, type MarketSelection } from './market-selection.runs.ts';
import { disjointOf, startSelection } from './market-selection.service.ts';

const byIds = (context: Context, ids: readonly string[]) => runsById(marketSelections, context, ids);

export const marketSelectionResolvers = {
  Query: {
    marketSelection: (_: unknown, { id }: QueryMarketSelectionArgs, context: Context) =>
      loaderById(context, 'MarketSelection', byIds).load(id),
    marketSelections: (_: unknown, args: QueryMarketSelectionsArgs, context: Context) =>
      listRuns(marketSelections, context, args),
  },
  Mutation: {
    runMarketSelection: async (_: unknown, { input }: MutationRunMarketSelectionArgs, context: Context) => ({
      selection: await startSelection(context, input),
    }),
    cancelMarketSelection: async (_: unknown, { id }: MutationCancelMarketSelectionArgs, context: Context) => ({
      selection: await cancelRun(marketSelections, context, id),
    }),
  },
  Subscription: {
    marketSelectionProgress: {
      subscribe: (_: unknown, args: SubscriptionMarketSelectionProgressArgs, context: Context) =>
        followRuns(marketSelections, context, args),
      resolve: ({ sequence, at, run }: RunEvent<MarketSelection>) => ({ sequence, at, selection: run }),
    },
  },
  MarketSelection: {
    __resolveReference: referenceById('MarketSelection', byIds),
    disjoint: (selection: MarketSelection, { cells }: MarketSelectionDisjointArgs) => disjointOf(selection, cells ?? 2),
  },
};
