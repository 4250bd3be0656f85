import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import { itemKinds } from '../items/item-kinds.pure.ts';
import { lockAll, type Step } from './remove-old.service.ts';

/** What one transaction removes at most, so that nobody waits long for it. */
const itemsAtOnce = 5000;

/**
 * Items before a day, with their counts. They go before the records that are their sums, which stay whole until they go
 * themselves.
 * @param ofOne only those of this connection
 */
export async function removeItems(tx: Context, keptFrom: string, _after: string, ofOne?: string): Promise<Step> {
  // By kind, as the index is.
  const old = sql`
    select ctid, connection_id from memory.item
    where organization_id = ${tx.organizationId}::uuid and kind = any(${[...itemKinds]}::text[])
      and date < ${keptFrom}::date ${ofOne === undefined ? sql`` : sql`and connection_id = ${ofOne}::uuid`}
    order by kind, date, id limit ${itemsAtOnce}`;
  const sources = await sql<{ connection_id: string }>`
    select distinct connection_id from (${old}) o`.execute(tx.db);
  await lockAll(
    tx,
    sources.rows.map((row) => row.connection_id),
  );
  const { rows } = await sql<{ removed: number }>`
    with gone as (
      delete from memory.item where ctid = any(array(select ctid from (${old}) o))
      returning connection_id, source_kind, deleted
    ), counted as (
      select connection_id, source_kind, count(*) filter (where not deleted) as removed from gone
      group by connection_id, source_kind
    ), changed as (
      update memory.coverage c set items = greatest(0, c.items - n.removed) from counted n
      where c.organization_id = ${tx.organizationId}::uuid and c.connection_id = n.connection_id
        and c.source_kind = n.source_kind
    )
    select count(*) as removed from gone`.execute(tx.db);
  const removed = Number(rows[0]!.removed);
  return { removed, after: removed < itemsAtOnce ? null : '' };
}
