import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import type { IngestBatch, RecordColumns } from '@liftos/core/ports/memory.ts';
import { plainArray } from './array-text.pure.ts';
import { recordRows, type RecordRows } from './record-rows.pure.ts';
import { storeEntities } from './store-entities.ts';

export interface Stored {
  inserted: number;
  updated: number;
  unchanged: number;
}

/** Rows of one statement. */
const chunkSize = 5000;

/** Upserts daily figures in sets. Rows that are there with the same figures are left alone. */
export async function storeRecords(tx: Context, batch: IngestBatch & { kind: 'records' }): Promise<Stored> {
  const found = recordRows(batch.columns, batch);
  await storeEntities(tx, batch, found.entities);
  const stored: Stored = { inserted: 0, updated: 0, unchanged: 0 };
  for (let from = 0; from < found.rows.length; from += chunkSize) {
    const rows = found.rows.subarray(from, from + chunkSize);
    const ids = Array.from(found.entityOf.subarray(from, from + chunkSize), (code) => found.entities[code]!.id);
    const { inserted, updated } = await storeChunk(tx, batch, rows, ids);
    stored.inserted += inserted;
    stored.updated += updated;
    stored.unchanged += rows.length - inserted - updated;
    if (batch.account !== undefined && inserted + updated < rows.length) await confirm(tx, batch, rows, ids);
  }
  return stored;
}

/** Notes for rows that are there with the same figures that this batch brought them too, so that they are not withdrawn. */
async function confirm(
  tx: Context,
  { batchId, columns }: { batchId: string; columns: RecordColumns },
  rows: RecordRows['rows'],
  entityIds: readonly string[],
): Promise<void> {
  await sql`
    update memory.fact f set batch_id = ${batchId}::uuid
    from unnest(${plainArray(Array.from(rows, (row) => columns.date[row]!))}::text::date[],
      ${plainArray(entityIds)}::text::uuid[]) as r (date, entity_id)
    where f.organization_id = ${tx.organizationId}::uuid and f.date = r.date and f.entity_id = r.entity_id
      and f.batch_id <> ${batchId}::uuid`.execute(tx.db);
}

async function storeChunk(
  tx: Context,
  { batchId, columns }: { batchId: string; columns: RecordColumns },
  rows: RecordRows['rows'],
  entityIds: readonly string[],
): Promise<{ inserted: number; updated: number }> {
  const whole = rows.length === columns.date.length;
  const pick = <T>(column: ArrayLike<T>): { join(separator: string): string } =>
    whole ? (column as unknown as T[]) : Array.from(rows, (row) => column[row]);
  const result = await sql<{ inserted: number; updated: number }>`
    with stored as (
      insert into memory.fact as f (organization_id, date, entity_id, batch_id, ingested_at, currency, spend,
        impressions, clicks, conversions, revenue)
      select ${tx.organizationId}::uuid, r.date, r.entity_id, ${batchId}::uuid, ${tx.now()}::timestamptz, r.currency,
        r.spend, r.impressions, r.clicks, r.conversions, r.revenue
      from unnest(
        ${plainArray(pick(columns.date))}::text::date[],
        ${plainArray(entityIds)}::text::uuid[],
        ${plainArray(pick(columns.currency))}::text::text[],
        ${plainArray(pick(columns.spend))}::text::bigint[],
        ${plainArray(pick(columns.impressions))}::text::double precision[],
        ${plainArray(pick(columns.clicks))}::text::double precision[],
        ${plainArray(pick(columns.conversions))}::text::double precision[],
        ${plainArray(pick(columns.revenue))}::text::bigint[]
      ) as r (date, entity_id, currency, spend, impressions, clicks, conversions, revenue)
      on conflict (organization_id, date, entity_id) do update set batch_id = excluded.batch_id,
        ingested_at = excluded.ingested_at, currency = excluded.currency, spend = excluded.spend,
        impressions = excluded.impressions, clicks = excluded.clicks, conversions = excluded.conversions,
        revenue = excluded.revenue
      where (f.currency, f.spend, f.impressions, f.clicks, f.conversions, f.revenue) is distinct from
        (excluded.currency, excluded.spend, excluded.impressions, excluded.clicks, excluded.conversions,
          excluded.revenue)
      returning xmax = 0 as is_new
    )
    select count(*) filter (where is_new) as inserted, count(*) filter (where not is_new) as updated from stored
  `.execute(tx.db);
  return result.rows[0]!;
}
