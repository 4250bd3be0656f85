import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { Postpone } from '@liftos/core/jobs/define-job.ts';
import { endOfDay, startOfDay } from '../engine/day-bounds.pure.ts';
import type { Stream } from '../platforms/connector.ts';
import type { SyncSliceTable } from '../tables.ts';
import { finishIfDone } from './finish-run.ts';
import { insertSlices } from './insert-slices.ts';
import { addDays, dayIn } from './plan-slices.pure.ts';
import type { Work } from './slice-state.ts';

/** Smaller pages than this make no sense. */
const leastRows = 10;
/** Nor do windows shorter than a minute. */
const leastWindowMs = 60_000;

/**
 * Cuts a slice that was too much for the platform into two halves of its window, or, when it has only one day, asks
 * for smaller pages (throws `Postpone` to go on at once). False when neither is possible.
 */
export async function splitSlice(context: Context, work: Work, stream: Stream): Promise<boolean> {
  const { slice } = work;
  const halves = await halvesOf(context, slice, stream);
  if (halves) {
    await transaction(context, async (tx) => {
      const { rows } = await sql`
        update connections.sync_slice set state = 'SPLIT', finished_at = ${tx.now()}, fraction = 1
        where id = ${slice.id} and state = 'RUNNING' and attempts = ${slice.attempts} returning id`.execute(tx.db);
      if (rows.length === 0) return;
      const { source, lane, page_size: pageSize } = slice;
      const account = { id: slice.account_id, name: slice.account_name };
      const parts = halves.map((half) => ({ stream: slice.stream, account, source, lane, pageSize, ...half }));
      await insertSlices(tx, slice.run_id, slice.connection_id, parts);
      await finishIfDone(tx, slice.run_id);
    });
    return true;
  }
  const rows = Math.floor((slice.page_size ?? stream.pageSize) / 2);
  if (rows < leastRows) return false;
  await sql`
    update connections.sync_slice set page_size = ${rows}, checkpoint = null
    where id = ${slice.id} and state = 'RUNNING' and attempts = ${slice.attempts}`.execute(context.db);
  throw new Postpone(context.now(), `Too much for the platform: goes on with pages of ${rows}.`);
}

interface Half {
  from: string;
  to: string;
  since: Date;
  until: Date;
}

async function halvesOf(context: Context, slice: SyncSliceTable, stream: Stream): Promise<[Half, Half] | null> {
  const { first_day: from, last_day: to, since, until } = slice;
  if (from === null || to === null || !since || !until) return null;
  const { rows } = await sql<{ time_zone: string }>`
    select time_zone from connections.account
    where connection_id = ${slice.connection_id} and id = ${slice.account_id}`.execute(context.db);
  const zone = rows[0]?.time_zone ?? 'UTC';
  if (stream.cursor.by === 'day') {
    const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1;
    if (days < 2) return null;
    const middle = addDays(from, Math.floor(days / 2) - 1);
    const next = addDays(middle, 1);
    return [
      { from, to: middle, since, until: endOfDay(middle, zone) },
      { from: next, to, since: startOfDay(next, zone), until },
    ];
  }
  const length = until.getTime() - since.getTime();
  if (length < 2 * leastWindowMs) return null;
  const middle = new Date(Math.floor((since.getTime() + length / 2) / 1000) * 1000);
  return [
    { from, to: dayIn(new Date(middle.getTime() - 1), zone), since, until: middle },
    { from: dayIn(middle, zone), to, since: middle, until },
  ];
}
