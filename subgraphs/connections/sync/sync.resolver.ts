import type { Context } from '@liftos/core/context.ts';
import { loaderById } from '@liftos/core/subgraph.ts';
import { connectionLoader } from '../connection/connection.view.ts';
import type {
  ConnectionCompletenessArgs,
  MutationCancelSyncArgs,
  MutationReplaySyncArgs,
  MutationStartSyncsArgs,
  QueryRawPageArgs,
  QueryRawPagesArgs,
  QuerySyncRunsArgs,
  MutationStartSyncArgs,
  QuerySyncRunArgs,
  SubscriptionSyncProgressArgs,
  SyncProgress,
  SyncRunRejectedRowsArgs,
} from '../schema.generated.ts';
import { lanes, type RejectedRowTable, type SliceCheckTable, type SyncSliceTable } from '../tables.ts';
import { listDays, listPositions } from './completeness.view.ts';
import { listRawPages, readRawPage, type RawPageRow } from './raw-pages.view.ts';
import { replaySync } from './replay.service.ts';
import { cancelSync, followSyncs, startSync, startSyncs, type SyncStep } from './sync.service.ts';
import { checkLoader, listRejected, listRuns, loadProgress, runsById, sliceLoader, type RunRow } from './sync.view.ts';

/** Sums of money are kept in micros. */
function inUnits(metric: string, value: string): number {
  return metric === 'spend' || metric === 'revenue' ? Number(value) / 1e6 : Number(value);
}

export const syncResolvers = {
  Query: {
    syncRun: (_: unknown, { id }: QuerySyncRunArgs, context: Context) =>
      loaderById(context, 'SyncRun', runsById).load(id),
    syncRuns: (_: unknown, args: QuerySyncRunsArgs, context: Context) => listRuns(context, args),
    rawPages: (_: unknown, { syncRunId, first, after }: QueryRawPagesArgs, context: Context) =>
      listRawPages(context, syncRunId, first, after),
    rawPage: (_: unknown, { id }: QueryRawPageArgs, context: Context) => readRawPage(context, id),
  },
  Mutation: {
    startSync: async (_: unknown, { connectionId, scope, from, to }: MutationStartSyncArgs, context: Context) => ({
      syncRun: await startSync(context, connectionId, 'MANUAL', {
        scope: scope ?? 'INCREMENTAL',
        days: from && to ? { from, to } : undefined,
      }),
    }),
    startSyncs: (_: unknown, { connectionIds }: MutationStartSyncsArgs, context: Context) =>
      startSyncs(context, connectionIds),
    replaySync: async (_: unknown, { syncRunId }: MutationReplaySyncArgs, context: Context) => ({
      syncRun: await replaySync(context, syncRunId),
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
    source: (slice: SyncSliceTable) => slice.source.toUpperCase(),
    accountId: (slice: SyncSliceTable) => slice.account_id,
    accountName: (slice: SyncSliceTable) => slice.account_name,
    isBackfill: (slice: SyncSliceTable) => slice.lane === lanes.past,
    pages: (slice: SyncSliceTable) => slice.batches,
    rowsRead: (slice: SyncSliceTable) => slice.rows_read,
    rowsAccepted: (slice: SyncSliceTable) => slice.rows_accepted,
    rowsRejected: (slice: SyncSliceTable) => slice.rows_rejected,
    waitsUntil: (slice: SyncSliceTable) => slice.waits_until,
    waitsFor: (slice: SyncSliceTable) => slice.waits_for,
    finishedAt: (slice: SyncSliceTable) => slice.finished_at,
    checks: (slice: SyncSliceTable, _: unknown, context: Context) => checkLoader(context).load(slice.id),
  },
  SliceCheck: {
    ours: ({ metric, ours }: SliceCheckTable) => inUnits(metric, ours),
    theirs: ({ metric, theirs }: SliceCheckTable) => inUnits(metric, theirs),
  },
  RawPage: {
    accountId: (row: RawPageRow) => row.account_id,
    fetchedAt: (row: RawPageRow) => row.fetched_at,
  },
  Connection: {
    completeness: ({ id }: { id: string }, { from, to }: ConnectionCompletenessArgs, context: Context) =>
      listDays(context, id, from, to),
    positions: ({ id }: { id: string }, _: unknown, context: Context) => listPositions(context, id),
  },
  RowError: {
    column: (row: RejectedRowTable | { column: string | null }) =>
      'column_name' in row ? row.column_name || null : row.column,
  },
};
