import { sql, type RawBuilder } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import type { ItemKind, SourceKind } from '@liftos/core/ports/memory.ts';

/** Where an item stands in a list by day. */
export interface Place {
  date: string;
  id: string;
}

/** Which items are meant. Absent and null do not narrow; an empty list matches nothing. */
interface ItemSelection {
  kinds: readonly ItemKind[];
  sourceKinds: readonly SourceKind[];
  from?: string | null | undefined;
  to?: string | null | undefined;
  connectionIds?: readonly string[] | null | undefined;
  /** By day and id. */
  order: 'asc' | 'desc';
  after?: Place | undefined;
  limit: number;
}

/**
 * The items of a page, without those that are gone. Each kind is read in the order of the index and the kinds are
 * merged, so that a page costs the same wherever it stands.
 */
export function matchingItems(context: Context, selection: ItemSelection): RawBuilder<unknown> {
  const { kinds, sourceKinds, from, to, connectionIds, order, after, limit } = selection;
  const direction = sql.raw(order);
  const place = after && sql`(${after.date}::date, ${after.id}::uuid)`;
  return sql`
    select i.* from unnest(${[...new Set(kinds)]}::text[]) as wanted (kind)
    cross join lateral (
      select * from memory.item
      where organization_id = ${context.organizationId}::uuid and kind = wanted.kind and not deleted
        and source_kind = any(${[...sourceKinds]}::text[])
        ${from == null ? sql`` : sql`and date >= ${from}::date`}
        ${to == null ? sql`` : sql`and date <= ${to}::date`}
        ${connectionIds ? sql`and connection_id = any(${[...connectionIds]}::uuid[])` : sql``}
        ${place ? sql`and (date, id) ${sql.raw(order === 'asc' ? '>' : '<')} ${place}` : sql``}
      order by date ${direction}, id ${direction} limit ${limit}
    ) i order by i.date ${direction}, i.id ${direction} limit ${limit}`;
}
