import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import type { ConnectionsTables } from '../tables.ts';
import { announceEnd, announceProgress } from './announce.ts';
import { judgeRun, type Verdict } from './judge-run.pure.ts';
import { advanceCursors } from './plan-slices.pure.ts';

/** Ends a run when none of its slices is left to do, and otherwise announces how far it is. Last in a transaction. */
export async function finishIfDone(tx: Context, runId: string): Promise<void> {
  const db = tables<ConnectionsTables>(tx);
  const run = await db
    .selectFrom('connections.sync_run')
    .select(['id', 'connection_id', 'state'])
    .where('id', '=', runId)
    // Two slices that end at once must not each see the other as unfinished.
    .forUpdate()
    .executeTakeFirst();
  if (!run || (run.state !== 'QUEUED' && run.state !== 'RUNNING')) return;
  const slices = await db
    .selectFrom('connections.sync_slice')
    .selectAll()
    .where('run_id', '=', runId)
    .orderBy('position')
    .execute();
  if (slices.some(({ state }) => state === 'QUEUED' || state === 'RUNNING')) return announceProgress(tx, run);
  const verdict = judgeRun(slices);
  await closeRun(tx, runId, verdict);
  const ended = slices.map((slice) => ({
    stream: slice.stream,
    from: slice.first_day,
    to: slice.last_day,
    ok: slice.state === 'SUCCEEDED' || slice.state === 'PARTIAL',
  }));
  for (const [stream, day] of advanceCursors(ended)) await moveCursor(tx, run.connection_id, stream, day);
  const name = await closeConnection(tx, run.connection_id, verdict);
  const accepted = slices.reduce((sum, slice) => sum + slice.rows_accepted, 0);
  await announceEnd(tx, { ...run, state: verdict.state }, summaryOf(name, verdict, accepted));
}

function closeRun(tx: Context, id: string, { state, reasons, notes }: Verdict): Promise<unknown> {
  return tables<ConnectionsTables>(tx)
    .updateTable('connections.sync_run')
    .set({ state, reasons, notes, finished_at: tx.now() })
    .where('id', '=', id)
    .execute();
}

async function closeConnection(tx: Context, id: string, { state }: Verdict): Promise<string> {
  const { name } = await tables<ConnectionsTables>(tx)
    .updateTable('connections.connection')
    .set({ last_result: state, last_sync_at: tx.now() })
    .where('id', '=', id)
    .returning('name')
    .executeTakeFirstOrThrow();
  return name;
}

/** A cursor never moves back: a later sync may have read a smaller range again. */
async function moveCursor(tx: Context, connectionId: string, stream: string, day: string): Promise<void> {
  await sql`
    insert into connections.stream_cursor (organization_id, connection_id, stream, last_day)
    values (${tx.organizationId}, ${connectionId}, ${stream}, ${day})
    on conflict (organization_id, connection_id, stream)
    do update set last_day = greatest(stream_cursor.last_day, excluded.last_day)`.execute(tx.db);
}

function summaryOf(name: string, { state, reasons }: Verdict, accepted: number): string {
  const rows = `${accepted.toLocaleString('en')} ${accepted === 1 ? 'row' : 'rows'}`;
  if (state === 'SUCCEEDED') return `${name}: ${rows} came in.`;
  if (state === 'CANCELLED') return `${name}: the sync was cancelled after ${rows}.`;
  if (state === 'FAILED') return `${name}: the sync failed. ${reasons[0] ?? ''}`.trim();
  return `${name}: ${rows} came in; ${reasons[0] ?? ''}`;
}
