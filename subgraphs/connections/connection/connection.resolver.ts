import type { Context } from '@liftos/core/context.ts';
import { knownTruth } from '../mock/known-truth.pure.ts';
import { worldOf } from '../mock/worlds.pure.ts';
import { findConnector } from '../platforms/registry.ts';
import type {
  ConnectionActivity,
  ConnectionSyncsArgs,
  MutationCreateConnectionArgs,
  MutationCreateMockConnectionArgs,
  MutationDeleteConnectionArgs,
  MutationReplaceCredentialsArgs,
  MutationTestConnectionArgs,
  MutationTestConnectionsArgs,
  MutationTestCredentialsArgs,
  MutationUpdateConnectionArgs,
  QueryConnectionArgs,
  QueryConnectionsArgs,
} from '../schema.generated.ts';
import { listRuns } from '../sync/sync.view.ts';
import { storedAccounts } from '../engine/accounts.ts';
import type { LiveSettings, MockSettings } from '../tables.ts';
import { createConnection, replaceCredentials } from './create-connection.ts';
import { createMockConnection, deleteConnection } from './connection.service.ts';
import { connectionLoader, listConnections, type ConnectionRow } from './connection.view.ts';
import { nextRuns } from './schedule.pure.ts';
import { testConnection, testConnections, testCredentials, testLoader } from './test-connection.ts';
import { updateConnection } from './update-connection.ts';

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
    createConnection: async (_: unknown, { input }: MutationCreateConnectionArgs, context: Context) => ({
      connection: await connectionLoader(context).load(await createConnection(context, input)),
    }),
    replaceCredentials: async (
      _: unknown,
      { connectionId, secrets }: MutationReplaceCredentialsArgs,
      context: Context,
    ) => ({
      connection: await connectionLoader(context).load(await replaceCredentials(context, connectionId, secrets)),
    }),
    testConnection: (_: unknown, { id }: MutationTestConnectionArgs, context: Context) => testConnection(context, id),
    testConnections: (_: unknown, { ids }: MutationTestConnectionsArgs, context: Context) =>
      testConnections(context, ids),
    testCredentials: (_: unknown, { input }: MutationTestCredentialsArgs, context: Context) =>
      testCredentials(context, input),
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
    method: ({ settings }: ConnectionRow) => (settings as Partial<LiveSettings>).method ?? null,
    from: ({ mode, settings }: ConnectionRow) =>
      mode === 'FILE' ? null : ((settings as Partial<MockSettings>).from ?? null),
    retentionDays: (row: ConnectionRow) => row.retention_days,
    accounts: async (row: ConnectionRow, _: unknown, context: Context) =>
      (await storedAccounts(context, row.id)).map((account) => ({ ...account, timeZone: account.time_zone })),
    tests: (row: ConnectionRow, _: unknown, context: Context) => testLoader(context).load(row.id),
    syncs: (row: ConnectionRow, { first, after }: ConnectionSyncsArgs, context: Context) =>
      listRuns(context, { connectionId: row.id, first, after }),
    knownTruth: (row: ConnectionRow) =>
      row.mode === 'MOCK' ? truthOf(row.platform, row.settings as MockSettings) : null,
  },
};

function truthOf(platform: string, { seed, regions }: MockSettings) {
  return knownTruth(worldOf(platform)!, seed, regions);
}
