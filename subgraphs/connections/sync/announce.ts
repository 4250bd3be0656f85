import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import { emit } from '@liftos/core/events/events.ts';
import type { SyncProgress, SyncState } from '../schema.generated.ts';
import { readProgress } from './sync.view.ts';

/** Live events of syncs. */
export const syncTopics = ['sync.progress', 'sync.finished'] as const;

/** What an event of a sync carries: the run as it was then, so that a replay shows every step. */
export interface SyncPayload {
  syncRunId: string;
  connectionId: string;
  state: SyncState;
  progress: SyncProgress;
}

/** At most so often is the progress of a run announced. */
const pauseMs = 250;

/** When this process last announced each run, in ms; spares it asking the database. */
const latestHere = new Map<string, number>();
const mostRemembered = 10_000;

interface Announced {
  id: string;
  connection_id: string;
  state: SyncState;
}

/** Announce how far a run is, unless that was done a moment ago by any process. Last in a transaction. */
export async function announceProgress(tx: Context, run: Announced): Promise<void> {
  const now = tx.now().getTime();
  const latest = new Date(now - pauseMs);
  if ((latestHere.get(run.id) ?? 0) > latest.getTime()) return;
  if (latestHere.size >= mostRemembered) latestHere.clear();
  latestHere.set(run.id, now);
  const { rows } = await sql<{ id: string }>`
    update connections.sync_run set announced_at = ${tx.now()}
    where id = ${run.id} and (announced_at is null or announced_at <= ${latest}) returning id`.execute(tx.db);
  if (rows.length === 0) return;
  await emit(tx, {
    topic: 'sync.progress',
    subjectKind: 'connection',
    subjectId: run.connection_id,
    payload: { ...(await payloadOf(tx, run)) },
  });
}

export async function announceEnd(tx: Context, run: Announced, summary: string): Promise<void> {
  await emit(tx, {
    topic: 'sync.finished',
    subjectKind: 'connection',
    subjectId: run.connection_id,
    summary,
    payload: { ...(await payloadOf(tx, run)) },
  });
}

async function payloadOf(tx: Context, run: Announced): Promise<SyncPayload> {
  const progress = await readProgress(tx, run.id);
  return { syncRunId: run.id, connectionId: run.connection_id, state: run.state, progress };
}
