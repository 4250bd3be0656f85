import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { AppError, notFound } from '@liftos/core/errors.ts';
import { isId } from '@liftos/core/subgraph.ts';
import type { ConnectionsTables, SyncRunTable } from '../tables.ts';
import { replayOf } from './replay-slice.ts';
import { createRun } from './start-sync.ts';
import { lockConnection } from './sync.service.ts';

/**
 * Starts a run that reads the stored answers of another one again. Throws NOT_FOUND; CONFLICT while a sync runs, or when
 * the answers are no longer kept.
 */
export function replaySync(context: Context, runId: string): Promise<SyncRunTable> {
  if (!isId(runId)) throw notFound('sync');
  return transaction(context, async (tx) => {
    const db = tables<ConnectionsTables>(tx);
    const run = await db
      .selectFrom('connections.sync_run')
      .select(['connection_id', 'scope'])
      .where('id', '=', runId)
      .executeTakeFirstOrThrow(() => notFound('sync'));
    const connection = await lockConnection(tx, run.connection_id);
    const kept = await db
      .selectFrom('connections.sync_slice')
      .selectAll()
      .where('run_id', '=', runId)
      .where('id', 'in', db.selectFrom('connections.raw_page').select('slice_id').where('run_id', '=', runId))
      .orderBy('position')
      .execute();
    if (kept.length === 0) throw new AppError('CONFLICT', 'The answers of this sync are no longer kept.');
    const slices = kept.map((slice) => ({
      stream: slice.stream,
      account: { id: slice.account_id, name: slice.account_name },
      from: slice.first_day,
      to: slice.last_day,
      since: slice.since,
      until: slice.until,
      source: slice.source,
      lane: slice.lane,
      checkpoint: replayOf(slice.id),
    }));
    return createRun(tx, { connection, trigger: 'REPLAY', scope: run.scope, slices });
  });
}
