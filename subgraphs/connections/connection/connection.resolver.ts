import type { Context } from '@liftos/core/context.ts';
import { knownTruth } from '../mock/known-truth.pure.ts';
import { worldOf } from '../mock/worlds.pure.ts';
import { findConnector } from '../platforms/registry.ts';
import type {
  ConnectionActivity,
  ConnectionSyncsArgs,
  MutationCreateMockConnectionArgs,
  MutationDeleteConnectionArgs,
  MutationUpdateConnectionArgs,
  QueryConnectionArgs,
  QueryConnectionsArgs,
} from '../schema.generated.ts';
import { listRuns } from '../sync/sync.view.ts';
import type { MockSettings } from '../tables.ts';
import { createMockConnection, deleteConnection, updateConnection } from './connection.service.ts';
import { connectionLoader, listConnections, type ConnectionRow } from './connection.view.ts';
import { nextRuns } from './schedule.pure.ts';

const activities = { QUEUED: 'QUEUED', RUNNING: 'SYNCING' } as const;

export const connectionResolvers = {
  Query: {
    connections: (_: unknown, args: QueryConnectionsArgs, context: Context) => listConnections(context, args),
    connection: (_: unknown, { id }: QueryConnectionArgs, context: Context) => connectionLoader(context).load(id),
  },
  Mutation: {
    createMockConnection: async (_: unknown, { input }: MutationCreateMockConnectionArgs, context: Context) => ({
      connection: await createMockConnection(context, input),
    }),
    updateConnection: async (_: unknown, { input }: MutationUpdateConnectionArgs, context: Context) => ({
      connection: await connectionLoader(context).load(await updateConnection(context, input)),
    }),
    deleteConnection: async (_: unknown, { id }: MutationDeleteConnectionArgs, context: Context) => ({
      connectionId: await deleteConnection(context, id),
    }),
  },
  Connection: {
    __resolveReference: ({ id }: { id: string }, context: Context) => connectionLoader(context).load(id),
    platform: (row: ConnectionRow, _: unknown, context: Context) => findConnector(context, row.platform),
    lastResult: (row: ConnectionRow) => row.last_result,
    activity: (row: ConnectionRow): ConnectionActivity => (row.active_state ? activities[row.active_state] : 'IDLE'),
    lastSyncAt: (row: ConnectionRow) => row.last_sync_at,
    nextRuns: (row: ConnectionRow, _: unknown, context: Context) =>
      row.schedule ? nextRuns(row.schedule, row.time_zone, context.now(), 5) : [],
    timeZone: (row: ConnectionRow) => row.time_zone,
    authState: (row: ConnectionRow) => row.auth_state,
    authMessage: (row: ConnectionRow) => row.auth_message,
    createdAt: (row: ConnectionRow) => row.created_at,
    syncs: (row: ConnectionRow, { first, after }: ConnectionSyncsArgs, context: Context) =>
      listRuns(context, row.id, first, after),
    knownTruth: (row: ConnectionRow) =>
      row.mode === 'MOCK' ? knownTruth(worldOf(row.platform)!, (row.settings as MockSettings).seed) : null,
  },
};
