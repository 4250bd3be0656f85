import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import type { Comparison } from '../engine/compare-totals.pure.ts';
import type { Slice, Stream } from '../platforms/connector.ts';
import type { Work } from './slice-state.ts';

/**
 * Keeps how complete the days of a slice are. Days that the platform may still change are not final: models have to
 * know that yesterday is not over.
 * @param slice null when it could not be read
 * @param reason why it is not whole; null when it is
 */
export async function keepDays(
  context: Context,
  work: Work,
  stream: Stream,
  slice: Slice | null,
  reason: string | null,
): Promise<void> {
  const { first_day: from, last_day: to } = work.slice;
  if (from === null || to === null || stream.cursor.by === 'none') return;
  if (!stream.delivers.some((kind) => kind !== 'entities')) return;
  const state = slice === null ? 'MISSING' : reason === null ? 'COMPLETE' : 'PARTIAL';
  const openDays = stream.cursor.by === 'day' ? Math.max(1, stream.cursor.lookbackDays) : 1;
  const finalUntil = new Date(context.now().getTime() - openDays * 86_400_000);
  await sql`
    insert into connections.account_day
      (organization_id, connection_id, account_id, stream, day, state, final, reason, read_at)
    select ${context.organizationId}, ${work.slice.connection_id}, ${work.slice.account_id}, ${work.slice.stream},
      day::date, case when ${state} = 'COMPLETE' and read.rows_rejected > 0 then 'PARTIAL' else ${state} end,
      day < ${finalUntil}, ${reason}, ${context.now()}
    from generate_series(${from}::date, ${to}::date, interval '1 day') day,
      (select rows_rejected from connections.sync_slice where id = ${work.slice.id}) read
    on conflict (organization_id, connection_id, stream, account_id, day) do update set
      state = case when excluded.state = 'MISSING' and account_day.state <> 'MISSING' then 'PARTIAL' else excluded.state end,
      final = excluded.final, reason = excluded.reason, read_at = excluded.read_at`.execute(context.db);
}

/** Keeps how what came in compares with the platform's own sums. */
export async function keepChecks(context: Context, { slice }: Work, compared: readonly Comparison[]): Promise<void> {
  if (compared.length === 0) return;
  await sql`
    insert into connections.slice_check (organization_id, slice_id, connection_id, metric, ours, theirs)
    select ${context.organizationId}, ${slice.id}, ${slice.connection_id}, metric, ours::numeric, theirs::numeric
    from unnest(${compared.map(({ metric }) => metric)}::text[], ${compared.map(({ ours }) => ours)}::text[],
      ${compared.map(({ theirs }) => theirs)}::text[]) as compared (metric, ours, theirs)
    on conflict (organization_id, slice_id, metric) do update set ours = excluded.ours, theirs = excluded.theirs`.execute(
    context.db,
  );
}
