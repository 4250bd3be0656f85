import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import { plainArray } from './array-text.pure.ts';

/** A day of an entity that items add to. */
export interface Group {
  date: string;
  entityId: string;
}

/** Groups of one statement. */
const chunkSize = 5000;

/**
 * Computes the daily figures of groups anew from the items that are there now. Groups without items lose theirs, and
 * entities without groups are forgotten. Gives by how many records became more, below zero when they became fewer.
 */
export async function sumItems(tx: Context, batchId: string, groups: readonly Group[]): Promise<number> {
  let added = 0;
  for (let from = 0; from < groups.length; from += chunkSize) {
    added += await sumChunk(tx, batchId, groups.slice(from, from + chunkSize));
  }
  return added;
}

async function sumChunk(tx: Context, batchId: string, groups: readonly Group[]): Promise<number> {
  const { rows } = await sql<{ inserted: number; removed: number }>`
    with g as materialized (
      select * from unnest(${plainArray(groups.map(({ date }) => date))}::text::date[],
        ${plainArray(groups.map(({ entityId }) => entityId))}::text::uuid[]) as g (date, entity_id)
    ), sums as materialized (
      -- In one order, so that the same items always give the same sum to the last bit.
      select g.date, g.entity_id, min(i.currency) as currency, sum(i.spend)::bigint as spend,
        sum(i.impressions order by i.id) as impressions, sum(i.clicks order by i.id) as clicks,
        sum(i.conversions order by i.id) as conversions, sum(i.revenue)::bigint as revenue
      from g join memory.item i
        on i.organization_id = ${tx.organizationId}::uuid and i.entity_id = g.entity_id and i.date = g.date
      group by g.date, g.entity_id
    ), stored as (
      insert into memory.fact as f (organization_id, date, entity_id, batch_id, ingested_at, currency, spend,
        impressions, clicks, conversions, revenue)
      select ${tx.organizationId}::uuid, date, entity_id, ${batchId}::uuid, ${tx.now()}::timestamptz, currency, spend,
        impressions, clicks, conversions, revenue from sums
      on conflict (organization_id, date, entity_id) do update set batch_id = excluded.batch_id,
        ingested_at = excluded.ingested_at, spend = excluded.spend, impressions = excluded.impressions,
        clicks = excluded.clicks, conversions = excluded.conversions, revenue = excluded.revenue
      where (f.spend, f.impressions, f.clicks, f.conversions, f.revenue) is distinct from
        (excluded.spend, excluded.impressions, excluded.clicks, excluded.conversions, excluded.revenue)
      returning xmax = 0 as is_new
    ), empty as (
      select date, entity_id from g except select date, entity_id from sums
    ), gone as (
      delete from memory.fact f using empty
      where f.organization_id = ${tx.organizationId}::uuid and f.date = empty.date and f.entity_id = empty.entity_id
      returning f.entity_id
    ), forgotten as (
      delete from memory.entity e where e.organization_id = ${tx.organizationId}::uuid
        and e.id in (select entity_id from gone) and not exists (
          select 1 from memory.item i where i.organization_id = e.organization_id and i.entity_id = e.id)
    )
    select (select count(*) from stored where is_new) as inserted, (select count(*) from gone) as removed
  `.execute(tx.db);
  return rows[0]!.inserted - rows[0]!.removed;
}
