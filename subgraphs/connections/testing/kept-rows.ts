import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import type { IngestBatch, IngestResult } from '@liftos/core/ports/memory.ts';
import { unjudged } from './fake-memory.ts';

/** Tables of a memory that counts how often each row came, and who brought each batch when. */
export const keptRowsScript = `create schema kept; grant usage on schema kept to liftos_app;
  create table kept.batch (id text primary key, connection text, stream text, day text, pid int,
    at timestamptz default clock_timestamp());
  create table kept.row (key text primary key, connection text, times int);
  grant select, insert, update on all tables in schema kept to liftos_app;`;

/** Keeps rows by key, and batch ids, in one transaction, as memory does. */
export function keepRows(context: Context, batch: IngestBatch): Promise<IngestResult> {
  return transaction(context, async (tx) => {
    const days = (batch.columns.date as (string | null)[])
      .map((day) => day ?? '')
      .toSorted((a, b) => a.localeCompare(b));
    const { rows } = await sql`
      insert into kept.batch (id, connection, stream, day, pid)
      values (${batch.batchId}, ${batch.connectionId}, ${batch.stream}, ${days[0] || null}, ${process.pid})
      on conflict do nothing returning id`.execute(tx.db);
    if (rows.length === 0) return { inserted: 0, updated: 0, ...unjudged, repeated: true };
    const keys = keysOf(batch).map((key) => `${batch.connectionId}|${batch.stream}|${key}`);
    await sql`insert into kept.row select key, ${batch.connectionId}, 1 from unnest(${keys}::text[]) as batch (key)
      on conflict (key) do update set times = row.times + 1`.execute(tx.db);
    return { inserted: keys.length, updated: 0, ...unjudged, repeated: false };
  });
}

function keysOf(batch: IngestBatch): string[] {
  if (batch.kind !== 'records') return batch.columns.key;
  const { date, entity, channel, campaign, adGroup, ad } = batch.columns;
  return date.map((day, i) => [day, entity?.[i] ?? [channel[i], campaign[i], adGroup[i], ad[i]].join('|')].join('|'));
}
