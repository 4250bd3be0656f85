import type { Context } from '@liftos/core/context.ts';
import { loaderById } from '@liftos/core/subgraph.ts';
import { connectionLoader } from '../connection/connection.view.ts';
import type {
  MutationCancelSyncArgs,
  MutationStartSyncArgs,
  QuerySyncRunArgs,
  SubscriptionSyncProgressArgs,
  SyncProgress,
  SyncRunRejectedRowsArgs,
} from '../schema.generated.ts';
import type { RejectedRowTable, SyncSliceTable } from '../tables.ts';
import { cancelSync, followSyncs, startSync, type SyncStep } from './sync.service.ts';
import { listRejected, loadProgress, runsById, sliceLoader, type RunRow } from './sync.view.ts';

export const syncResolvers = {
  Query: {
    syncRun: (_: unknown, { id }: QuerySyncRunArgs, context: Context) =>
      loaderById(context, 'SyncRun', runsById).load(id),
  },
  Mutation: {
    startSync: async (_: unknown, { connectionId }: MutationStartSyncArgs, context: Context) => ({
      syncRun: await startSync(context, connectionId, 'MANUAL'),
    }),
    cancelSync: async (_: unknown, { syncRunId }: MutationCancelSyncArgs, context: Context) => ({
      syncRun: await cancelSync(context, syncRunId),
    }),
  },
  Subscription: {
    syncProgress: {
      subscribe: (_: unknown, args: SubscriptionSyncProgressArgs, context: Context) => followSyncs(context, args),
      resolve: (step: SyncStep) => step,
    },
  },
  SyncRun: {
    __resolveReference: ({ id }: { id: string }, context: Context) => loaderById(context, 'SyncRun', runsById).load(id),
    connection: (run: RunRow, _: unknown, context: Context) => connectionLoader(context).load(run.connection_id),
    startedAt: (run: RunRow) => run.started_at,
    finishedAt: (run: RunRow) => run.finished_at,
    createdAt: (run: RunRow) => run.created_at,
    // An event of a sync carries how far it was then.
    progress: (run: RunRow & { progress?: SyncProgress }, _: unknown, context: Context) =>
      run.progress ?? loadProgress(context, run.id),
    slices: (run: RunRow, _: unknown, context: Context) => sliceLoader(context).load(run.id),
    rejectedRows: (run: RunRow, { first, after }: SyncRunRejectedRowsArgs, context: Context) =>
      listRejected(context, run.id, first, after),
  },
  SyncSlice: {
    from: (slice: SyncSliceTable) => slice.first_day,
    to: (slice: SyncSliceTable) => slice.last_day,
    rowsAccepted: (slice: SyncSliceTable) => slice.rows_accepted,
    rowsRejected: (slice: SyncSliceTable) => slice.rows_rejected,
  },
  RowError: {
    column: (row: RejectedRowTable | { column: string | null }) =>
      'column_name' in row ? row.column_name || null : row.column,
  },
};
