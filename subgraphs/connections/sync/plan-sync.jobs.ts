import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { defineJob, type JobContext } from '@liftos/core/jobs/define-job.ts';
import { firstKeptDay } from '../connection/retention.ts';
import { auditAccess } from '../credentials/credential.service.ts';
import { refreshAccounts, storedAccounts } from '../engine/accounts.ts';
import { apiFor } from '../engine/connection-api.ts';
import type { Connector } from '../platforms/connector.ts';
import { findConnector } from '../platforms/registry.ts';
import { tellFailure } from '../platforms/tell-failure.pure.ts';
import type { ConnectionsTables, ConnectionTable, LiveSettings, SyncRunTable } from '../tables.ts';
import { announceProgress } from './announce.ts';
import { failureOf, leaveAlone } from './failures.ts';
import { fallBackToMock } from './fall-back.ts';
import { finishIfDone } from './finish-run.ts';
import { insertSlices, type NewSlice } from './insert-slices.ts';
import { accountOf } from './live-slice.ts';
import { markBroken } from './mark-broken.ts';
import { planLive } from './plan-live.pure.ts';
import { planJobType } from './start-sync.ts';

interface PlanPayload {
  runId: string;
  days?: { from: string; to: string };
}

interface Planned {
  run: SyncRunTable;
  connection: ConnectionTable;
}

/**
 * Asks a platform what there is to read and cuts it into slices. Until then the run has one slice of its own, which
 * says how that went.
 */
export const planJob = defineJob<PlanPayload>({
  type: planJobType,
  maxAttempts: 8,
  retryDelaySeconds: 2,
  timeoutSeconds: 600,
  concurrency: 8,
  async handler(context, { runId, days }) {
    const found = await beginPlan(context, runId);
    if (!found) return;
    const connector = await findConnector(context, found.connection.platform);
    if (!connector?.live) throw new Error(`${found.connection.platform} is not read live.`);
    try {
      const api = await apiFor(context, found.connection, connector, { signal: context.signal });
      await refreshAccounts(context, found.connection, api);
      await storePlan(context, found, connector, days);
    } catch (error) {
      await settle(context, found, connector, error);
    }
  },
  async onEnd(tx, { runId }, { state, code, message }) {
    const reason = code === 'INTERNAL' ? 'Something went wrong inside; the log of its job says more.' : message;
    await endPlan(tx, runId, state === 'cancelled' ? 'CANCELLED' : 'FAILED', reason, null);
  },
});

function beginPlan(context: JobContext, runId: string): Promise<Planned | undefined> {
  return transaction(context, async (tx) => {
    const { rows } = await sql<{ attempts: number }>`
      update connections.sync_slice set state = 'RUNNING', job_id = ${context.job.id}, attempts = attempts + 1,
        waits_until = null, waits_for = null
      where run_id = ${runId} and stream = 'accounts' and account_id = '' and state in ('QUEUED', 'RUNNING')
      returning attempts`.execute(tx.db);
    if (!rows[0]) return undefined;
    const db = tables<ConnectionsTables>(tx);
    const run = await db
      .updateTable('connections.sync_run')
      .set((eb) => ({ state: 'RUNNING', started_at: eb.fn.coalesce('started_at', eb.val(tx.now())) }))
      .where('id', '=', runId)
      .returningAll()
      .executeTakeFirstOrThrow();
    const connection = await db
      .selectFrom('connections.connection')
      .selectAll()
      .where('id', '=', run.connection_id)
      .executeTakeFirstOrThrow();
    // Once for a run, however often its plan has to wait or is begun again.
    if (rows[0].attempts === 1) await auditAccess(tx, connection, 'for a sync');
    await announceProgress(tx, run);
    return { run, connection };
  });
}

function storePlan(
  context: Context,
  { run, connection }: Planned,
  connector: Connector,
  days: PlanPayload['days'],
): Promise<void> {
  return transaction(context, async (tx) => {
    const slices = await slicesOf(tx, run, connection, connector, days);
    const { rows } = await sql`
      delete from connections.sync_slice where run_id = ${run.id} and stream = 'accounts' and account_id = '' and state = 'RUNNING'
      returning id`.execute(tx.db);
    if (rows.length === 0) return;
    await insertSlices(tx, run.id, connection.id, slices);
    await sql`update connections.connection set auth_state = 'OK', auth_message = null
      where id = ${connection.id} and (auth_state in ('NONE', 'BROKEN') or auth_state = 'OK' and auth_message is not null)
      `.execute(tx.db);
    await finishIfDone(tx, run.id);
  });
}

async function slicesOf(
  tx: Context,
  run: SyncRunTable,
  connection: ConnectionTable,
  connector: Connector,
  days: PlanPayload['days'],
): Promise<NewSlice[]> {
  const rows = (await storedAccounts(tx, connection.id)).filter(({ selected }) => selected);
  const cursors = await tables<ConnectionsTables>(tx)
    .selectFrom('connections.stream_cursor')
    .selectAll()
    .where('connection_id', '=', connection.id)
    .execute();
  const planned = planLive({
    streams: connector.live?.streams ?? [],
    accounts: rows.map(accountOf),
    positions:
      run.scope === 'INCREMENTAL'
        ? cursors.map((cursor) => ({
            stream: cursor.stream,
            accountId: cursor.account_id,
            lastDay: cursor.last_day,
            readUntil: cursor.read_until,
          }))
        : [],
    start: startOf(connection, tx.now()),
    now: tx.now(),
    ...(days ? { days } : {}),
  });
  // An account that does not let us in is part of the run, so that its absence is told.
  const closed = rows.filter(({ state }) => state === 'FORBIDDEN');
  return [
    ...planned.map(({ account, ...slice }) => ({ ...slice, account, source: 'live' as const })),
    ...closed.map((account) => ({
      stream: '',
      account,
      from: null,
      to: null,
      source: 'live' as const,
      failed: { failure: 'permission', reason: account.note ?? 'This account does not let us in.' },
    })),
  ];
}

/** What would be forgotten at once is not read. */
function startOf(connection: ConnectionTable, now: Date): string {
  const { from } = connection.settings as LiveSettings;
  const kept = firstKeptDay(connection, now) ?? from;
  return kept > from ? kept : from;
}

/** What becomes of a plan that the platform did not answer as hoped. Throws to have the attempt repeated. */
async function settle(
  context: JobContext,
  { run, connection }: Planned,
  connector: Connector,
  error: unknown,
): Promise<void> {
  const failure = failureOf(error);
  if (!failure) throw error;
  context.logLine('warn', `${failure.class}: ${failure.message}`);
  if (failure.class === 'rate_limit') throw await leaveAlone(context, connection.id, failure);
  if (failure.class === 'transient' && context.job.attempt < 5) throw error;
  await transaction(context, async (tx) => {
    if (failure.class === 'auth') await markBroken(tx, connection.id, failure.message);
    if (connection.mode === 'HYBRID') await standIn(tx, { run, connection }, connector);
    await endPlan(tx, run.id, 'FAILED', tellFailure(failure, connector), failure.class);
  });
}

/** Generated data for the days that nobody could ask for. */
async function standIn(tx: Context, { run, connection }: Planned, connector: Connector): Promise<void> {
  const { from } = connection.settings as LiveSettings;
  await sql`update connections.sync_slice set first_day = ${from}, last_day = ${tx.now()}::date
    where run_id = ${run.id} and stream = 'accounts' and account_id = ''`.execute(tx.db);
  const slice = await tables<ConnectionsTables>(tx)
    .selectFrom('connections.sync_slice')
    .selectAll()
    .where('run_id', '=', run.id)
    .executeTakeFirstOrThrow();
  await fallBackToMock(tx, { run, connection, slice }, connector);
}

async function endPlan(
  tx: Context,
  runId: string,
  state: 'FAILED' | 'CANCELLED',
  reason: string,
  failure: string | null,
): Promise<void> {
  const { rows } = await sql`
    update connections.sync_slice set state = ${state}, reason = ${reason}, failure = ${failure}, finished_at = ${tx.now()}
    where run_id = ${runId} and stream = 'accounts' and account_id = '' and state in ('QUEUED', 'RUNNING') returning id`.execute(
    tx.db,
  );
  if (rows.length > 0) await finishIfDone(tx, runId);
}
