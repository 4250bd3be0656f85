import { sql } from 'kysely';
import type { JobContext } from '@liftos/core/jobs/define-job.ts';
import type { Stream } from '../platforms/connector.ts';
import type { Work } from './slice-state.ts';

/**
 * Takes back daily rows that the platform reported once and reports no more, as it does with what it finds to be invalid.
 * Only days that were read before and now again, whole and without refused rows, tell that. An answer without any row is
 * not believed: a platform that has mislaid its data for an hour looks the same.
 */
export async function withdrawMissing(context: JobContext, { slice, run }: Work, stream: Stream): Promise<void> {
  const { first_day: from, last_day: to } = slice;
  if (stream.cursor.by !== 'day' || !stream.delivers.includes('facts') || from === null || to === null) return;
  const { rows } = await sql`
    select from connections.sync_slice s
    where s.id = ${slice.id} and s.rows_rejected = 0 and s.rows_accepted > 0 and exists (
      select from connections.account_day d
      where d.connection_id = s.connection_id and d.stream = s.stream and d.account_id = s.account_id
        and d.day between ${from}::date and ${to}::date)`.execute(context.db);
  if (rows.length === 0) return;
  const removed = await context.ports.memory.withdraw(context, {
    connectionId: slice.connection_id,
    sourceKind: slice.source,
    stream: slice.stream,
    account: slice.account_id,
    from,
    to,
    syncRunId: run.id,
  });
  if (removed > 0) context.logLine('info', `${removed} rows that the platform reports no more were taken back.`);
}
