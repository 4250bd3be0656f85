import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { findConnector } from '../platforms/registry.ts';
import type { ConnectionsTables, ConnectionTable, SyncRunTable, SyncSliceTable } from '../tables.ts';
import { advanceCursors } from './advance-cursors.pure.ts';
import { announceEnd, announceProgress } from './announce.ts';
import { dispatchSlices, usualConcurrency, type Taker } from './dispatch-slices.ts';
import { judgeRun, type Verdict } from './judge-run.pure.ts';

/**
 * Ends a run when none of its slices is left to do, and otherwise hands out the next ones and announces how far it is.
 * Last in a transaction. Returns the slice that `taker` goes on with.
 */
export async function finishIfDone(tx: Context, runId: string, taker?: Taker): Promise<SyncSliceTable | undefined> {
  const db = tables<ConnectionsTables>(tx);
  const run = await db
    .selectFrom('connections.sync_run as run')
    .innerJoin('connections.connection as connection', 'connection.id', 'run.connection_id')
    .select(['run.id', 'run.connection_id', 'run.state', 'run.scope', 'run.trigger', 'connection.platform'])
    .where('run.id', '=', runId)
    // Two slices that end at once must not each see the other as unfinished.
    .forUpdate('run')
    .executeTakeFirst();
  if (!run || (run.state !== 'QUEUED' && run.state !== 'RUNNING')) return undefined;
  if (await hasUnfinished(tx, runId)) {
    const connector = await findConnector(tx, run.platform);
    const taken = await dispatchSlices(tx, runId, connector?.live?.limits.concurrency ?? usualConcurrency, taker);
    await announceProgress(tx, run);
    return taken;
  }
  const slices = await db
    .selectFrom('connections.sync_slice')
    .selectAll()
    .where('run_id', '=', runId)
    .where('state', '!=', 'SPLIT')
    .orderBy('position')
    .execute();
  const verdict = judgeRun(slices);
  await closeRun(tx, runId, verdict);
  await moveCursors(tx, run, slices);
  const name = await closeConnection(tx, run.connection_id, verdict);
  const accepted = slices.reduce((sum, slice) => sum + slice.rows_accepted, 0);
  await announceEnd(tx, { ...run, state: verdict.state }, summaryOf(name, verdict, accepted));
  return undefined;
}

async function hasUnfinished(tx: Context, runId: string): Promise<boolean> {
  const query = tables<ConnectionsTables>(tx).selectFrom('connections.sync_slice').select('id');
  const found = query.where('run_id', '=', runId).where('state', 'in', ['QUEUED', 'RUNNING']).limit(1);
  return (await found.executeTakeFirst()) !== undefined;
}

function closeRun(tx: Context, id: string, { state, reasons, notes }: Verdict): Promise<unknown> {
  return tables<ConnectionsTables>(tx)
    .updateTable('connections.sync_run')
    .set({ state, reasons, notes, finished_at: tx.now() })
    .where('id', '=', id)
    .execute();
}

async function closeConnection(tx: Context, id: string, { state }: Verdict): Promise<ConnectionTable['name']> {
  const { name } = await tables<ConnectionsTables>(tx)
    .updateTable('connections.connection')
    .set({ last_result: state, last_sync_at: tx.now() })
    .where('id', '=', id)
    .returning('name')
    .executeTakeFirstOrThrow();
  return name;
}

/** Cursors never move back, and only by what was meant to go on from them: a later sync may read a smaller range again. */
async function moveCursors(
  tx: Context,
  run: Pick<SyncRunTable, 'connection_id' | 'scope' | 'trigger'>,
  slices: readonly SyncSliceTable[],
): Promise<void> {
  if (run.scope === 'BACKFILL' || run.trigger === 'REPLAY') return;
  const ended = slices.map((slice) => ({
    stream: slice.stream,
    accountId: slice.account_id,
    from: slice.first_day,
    to: slice.last_day,
    since: slice.since,
    until: slice.until,
    ok: slice.state === 'SUCCEEDED' || slice.state === 'PARTIAL',
  }));
  const moved = advanceCursors(ended);
  if (moved.length === 0) return;
  await sql`
    insert into connections.stream_cursor (organization_id, connection_id, stream, account_id, last_day, read_until)
    select ${tx.organizationId}, ${run.connection_id}, stream, account_id, last_day, read_until
    from unnest(${moved.map(({ stream }) => stream)}::text[], ${moved.map(({ accountId }) => accountId)}::text[],
      ${moved.map(({ lastDay }) => lastDay)}::date[], ${moved.map(({ readUntil }) => readUntil)}::timestamptz[])
      as moved (stream, account_id, last_day, read_until)
    on conflict (organization_id, connection_id, stream, account_id) do update set
      last_day = greatest(stream_cursor.last_day, excluded.last_day),
      read_until = greatest(stream_cursor.read_until, excluded.read_until)`.execute(tx.db);
}

function summaryOf(name: string, { state, reasons }: Verdict, accepted: number): string {
  const rows = `${accepted.toLocaleString('en')} ${accepted === 1 ? 'row' : 'rows'}`;
  if (state === 'SUCCEEDED') return `${name}: ${rows} came in.`;
  if (state === 'CANCELLED') return `${name}: the sync was cancelled after ${rows}.`;
  if (state === 'FAILED') return `${name}: the sync failed. ${reasons[0] ?? ''}`.trim();
  return `${name}: ${rows} came in; ${reasons[0] ?? ''}`;
}
