import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import type { SourceKind } from '@liftos/core/ports/memory.ts';
import { lanes } from '../tables.ts';

export interface NewSlice {
  stream: string;
  from: string | null;
  to: string | null;
  source: SourceKind;
  account?: { id: string; name: string };
  since?: Date | null;
  until?: Date | null;
  lane?: number;
  pageSize?: number | null;
  /** Where it goes on from, e.g. stored answers to read again. */
  checkpoint?: unknown;
  /** A slice that cannot be read from the start. */
  failed?: { failure: string; reason: string };
}

/** Adds slices to a run behind those that it has. */
export async function insertSlices(
  tx: Context,
  runId: string,
  connectionId: string,
  slices: readonly NewSlice[],
): Promise<void> {
  if (slices.length === 0) return;
  const column = <T>(read: (slice: NewSlice) => T): T[] => slices.map((slice) => read(slice));
  const checkpoints = column(({ checkpoint }) => (checkpoint === undefined ? null : JSON.stringify(checkpoint)));
  await sql`
    insert into connections.sync_slice (organization_id, id, run_id, connection_id, position, stream, first_day,
      last_day, state, source, account_id, account_name, since, until, lane, page_size, checkpoint, failure, reason)
    select ${tx.organizationId}, id, ${runId}, ${connectionId}, before.slices + place - 1, stream, first_day,
      last_day, case when failure is null then 'QUEUED' else 'FAILED' end, source, account_id, account_name, since,
      until, lane, page_size, checkpoint::jsonb, failure, reason
    from unnest(${column(() => tx.newId())}::uuid[], ${column(({ stream }) => stream)}::text[],
      ${column(({ from }) => from)}::date[], ${column(({ to }) => to)}::date[],
      ${column(({ source }) => source)}::text[], ${column(({ account }) => account?.id ?? '')}::text[],
      ${column(({ account }) => account?.name ?? '')}::text[], ${column(({ since }) => since ?? null)}::timestamptz[],
      ${column(({ until }) => until ?? null)}::timestamptz[], ${column(({ lane }) => lane ?? lanes.fresh)}::int[],
      ${column(({ pageSize }) => pageSize ?? null)}::int[], ${checkpoints}::text[],
      ${column(({ failed }) => failed?.failure ?? null)}::text[], ${column(({ failed }) => failed?.reason ?? null)}::text[])
      with ordinality as slice (id, stream, first_day, last_day, source, account_id, account_name, since, until, lane,
        page_size, checkpoint, failure, reason, place),
    (select coalesce(max(position) + 1, 0) as slices from connections.sync_slice where run_id = ${runId}) before
  `.execute(tx.db);
}
