import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { AppError, badInput, isAppError, notFound } from '@liftos/core/errors.ts';
import { emit, type StoredEvent } from '@liftos/core/events/events.ts';
import { liveEvents } from '@liftos/core/events/live-events.ts';
import { jobsBySubject } from '@liftos/core/jobs/store.ts';
import { isId } from '@liftos/core/subgraph.ts';
import { connectionLoader } from '../connection/connection.view.ts';
import { findConnector } from '../platforms/registry.ts';
import type { SubscriptionSyncProgressArgs, SyncScope, SyncTrigger } from '../schema.generated.ts';
import type { ConnectionsTables, ConnectionTable, MockSettings, SyncRunTable } from '../tables.ts';
import { syncTopics, type SyncPayload } from './announce.ts';
import { finishIfDone } from './finish-run.ts';
import type { NewSlice } from './insert-slices.ts';
import { addDays, dayIn, planSlices } from './plan-slices.pure.ts';
import { createRun } from './start-sync.ts';
import { runsById, sliceLoader, type RunRow } from './sync.view.ts';

export interface SyncWish {
  scope?: SyncScope;
  /** For BACKFILL: first and last day. */
  days?: { from: string; to: string } | undefined;
}

/** Starts a sync. Throws NOT_FOUND, CONFLICT while one runs, BAD_USER_INPUT for file connections and for wrong days. */
export function startSync(
  context: Context,
  connectionId: string,
  trigger: SyncTrigger,
  { scope = 'INCREMENTAL', days }: SyncWish = {},
): Promise<SyncRunTable> {
  checkDays(scope, days);
  return transaction(context, async (tx) => {
    const connection = await lockConnection(tx, connectionId);
    if (connection.mode === 'FILE') {
      throw new AppError('BAD_USER_INPUT', 'A file is not synced; import it again.', { field: 'connectionId' });
    }
    if (connection.platform === 'webhook') throw badInput('connectionId', 'What webhooks bring comes by itself.');
    const slices = readsLive(connection) ? null : await generatedSlices(tx, connection, scope, days);
    return createRun(tx, { connection, trigger, scope, slices, days });
  });
}

/** At most so many connections are started at once. */
const mostAtOnce = 500;

/** Starts a sync of each connection; what cannot start says why and keeps nothing from the others. */
export async function startSyncs(context: Context, connectionIds: readonly string[]) {
  if (connectionIds.length > mostAtOnce) throw badInput('connectionIds', `At most ${mostAtOnce} at once.`);
  const starts: { connectionId: string; syncRun: SyncRunTable | null; problem: string | null }[] = [];
  for (const connectionId of new Set(connectionIds)) {
    try {
      starts.push({ connectionId, syncRun: await startSync(context, connectionId, 'MANUAL'), problem: null });
    } catch (error) {
      if (!isAppError(error) || error.code === 'INTERNAL') throw error;
      starts.push({ connectionId, syncRun: null, problem: error.message });
    }
  }
  return starts;
}

function checkDays(scope: SyncScope, days: SyncWish['days']): void {
  if (scope !== 'BACKFILL') return;
  if (!days) throw badInput('from', 'A backfill needs its first and last day.');
  if (days.from > days.to) throw badInput('to', 'The last day lies before the first.');
}

/** Whether a connection asks the platform itself; `AUTO` does as soon as it is let in. */
export function readsLive({ mode, auth_state: auth }: ConnectionTable): boolean {
  return mode === 'LIVE' || mode === 'HYBRID' || (mode === 'AUTO' && auth !== 'NONE' && auth !== 'BROKEN');
}

/** The connection, held until the transaction ends, so that two starts take turns. Throws NOT_FOUND. */
export async function lockConnection(tx: Context, id: string): Promise<ConnectionTable> {
  if (!isId(id)) throw notFound('connection');
  return tables<ConnectionsTables>(tx)
    .selectFrom('connections.connection')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow(() => notFound('connection'));
}

async function generatedSlices(
  tx: Context,
  connection: ConnectionTable,
  scope: SyncScope,
  days: SyncWish['days'],
): Promise<NewSlice[]> {
  const cursors = await tables<ConnectionsTables>(tx)
    .selectFrom('connections.stream_cursor')
    .select(['stream', 'last_day'])
    .where('connection_id', '=', connection.id)
    .where('account_id', '=', '')
    .execute();
  const readUntil = new Map(scope === 'INCREMENTAL' ? cursors.map(({ stream, last_day: day }) => [stream, day]) : []);
  const streams = ((await findConnector(tx, connection.platform))?.streams ?? [])
    .filter((stream) => stream.isOf?.(connection.settings) ?? true)
    .map(({ name, cursor }) => ({ name, cursor, readUntil: readUntil.get(name) ?? null }));
  const first = (connection.settings as MockSettings).from;
  const today = dayIn(tx.now(), connection.time_zone);
  const start = days && days.from > first ? days.from : first;
  const end = days && days.to < today ? addDays(days.to, 1) : today;
  return planSlices(streams, start, end).map((slice) => ({ ...slice, source: 'mock' as const }));
}

/**
 * Stops a run at once; what was stored stays. What works on it hears of it through its job.
 * Throws NOT_FOUND, or CONFLICT when it is over.
 */
export async function cancelSync(context: Context, runId: string): Promise<RunRow> {
  await transaction(context, async (tx) => {
    const run = await findRun(tx, runId);
    if (run.state !== 'QUEUED' && run.state !== 'RUNNING') throw new AppError('CONFLICT', 'The sync is over already.');
    await tables<ConnectionsTables>(tx)
      .updateTable('connections.sync_slice')
      .set({ state: 'CANCELLED', reason: `Cancelled by ${tx.principal.name}.` })
      .where('run_id', '=', runId)
      .where('state', 'in', ['QUEUED', 'RUNNING'])
      .execute();
    await finishIfDone(tx, runId);
    await emit(tx, { topic: 'sync.cancelled', subjectKind: 'syncRun', subjectId: runId, audit: true });
  });
  await cancelJobs(context, runId);
  return findRun(context, runId);
}

/** Ends the jobs of a run; one that ends by itself meanwhile is no error. */
export async function cancelJobs(context: Context, runId: string): Promise<void> {
  for (const job of await jobsBySubject(context, [runId])) {
    await context.runtime.jobs.cancel(context, job.id).catch((error: unknown) => {
      if (!isAppError(error) || error.code !== 'CONFLICT') throw error;
    });
  }
}

async function findRun(context: Context, id: string): Promise<RunRow> {
  const [run] = isId(id) ? await runsById(context, [id]) : [];
  if (!run) throw notFound('sync');
  return run;
}

export interface SyncStep {
  sequence: number;
  at: Date;
  syncRun: RunRow & Pick<SyncPayload, 'progress'>;
}

/** Every step of every sync, or of one connection, each once; first those after `after`. */
export async function* followSyncs(context: Context, args: SubscriptionSyncProgressArgs): AsyncGenerator<SyncStep> {
  const { connectionId, after } = args;
  const filter = (event: StoredEvent): boolean => !connectionId || event.subjectId === connectionId;
  for await (const event of liveEvents(context, { topics: syncTopics, after, filter })) {
    const { syncRunId, state, progress } = event.payload as unknown as SyncPayload;
    const [run] = await runsById(context, [syncRunId]);
    // A subscription outlives what its loaders remember.
    connectionLoader(context).clearAll();
    sliceLoader(context).clearAll();
    if (run) yield { sequence: event.sequence, at: event.at, syncRun: { ...run, state, progress } };
  }
}
