import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import { badInput } from '@liftos/core/errors.ts';
import { isDay } from '@liftos/core/graphql/scalars.ts';
import { decodeCursor, page, pageSize, type Page } from '@liftos/core/pages.ts';
import type { ItemKind } from '@liftos/core/ports/memory.ts';
import { isId } from '@liftos/core/subgraph.ts';
import { recordKey } from '../records/records.view.ts';
import { sourceKindsOf } from '../records/source-kinds.pure.ts';
import type { QueryItemsArgs, QueryRecordItemsArgs } from '../schema.generated.ts';
import type { ItemTable } from '../tables.ts';
import { itemKinds } from './item-kinds.pure.ts';
import { matchingItems, type Place } from './matching-items.ts';

/** Micros are read as text, which holds all of them. */
const shownColumns = sql`id, connection_id, source_kind, stream, basis, key, kind, date, occurred_at, updated_at, channel,
  campaign, ad_group, ad, currency, spend::text, conversions, revenue::text, details, region, entity_id, batch_id, ingested_at`;

/** A page of items, newest day first. Ids that cannot exist select nothing. Throws BAD_USER_INPUT. */
export async function itemPage(context: Context, args: QueryItemsArgs): Promise<Page<ItemTable>> {
  const size = pageSize(args.first);
  if (args.from && args.to && args.to < args.from) throw badInput('to', 'The range ends before it begins.');
  const selection = matchingItems(context, {
    kinds: args.kinds?.map((kind) => kind.toLowerCase() as ItemKind) ?? itemKinds,
    sourceKinds: sourceKindsOf(args.sourceKinds),
    from: args.from,
    to: args.to,
    connectionIds: args.connectionId == null ? null : [args.connectionId].filter(isId),
    order: 'desc',
    after: placeAfter(context, args.after),
    limit: size + 1,
  });
  const { rows } = await sql<ItemTable>`
    select ${shownColumns} from (${selection}) r order by date desc, id desc`.execute(context.db);
  return page(context.organizationId, rows, size, placeKey);
}

/** A page of the items whose sum a record is. What is no record, or came as a sum, has none. */
export async function recordItemPage(context: Context, args: QueryRecordItemsArgs): Promise<Page<ItemTable>> {
  const size = pageSize(args.first);
  const after = placeAfter(context, args.after);
  const [date = '', entityId = ''] = args.recordId.split('/');
  if (!isDay(date) || !isId(entityId)) return page(context.organizationId, [], size, placeKey);
  const { rows } = await sql<ItemTable>`
    select ${shownColumns} from memory.item
    where organization_id = ${context.organizationId}::uuid and entity_id = ${entityId}::uuid and date = ${date}::date
      ${after ? sql`and id > ${after.id}::uuid` : sql``}
    order by id limit ${size + 1}`.execute(context.db);
  return page(context.organizationId, rows, size, placeKey);
}

/** Identifies the record an item is part of, as records do. */
export function recordOf(row: ItemTable): string | null {
  return row.entity_id && recordKey({ date: row.date, entity_id: row.entity_id });
}

function placeKey(row: ItemTable): string {
  return `${row.date}/${row.id}`;
}

function placeAfter(context: Context, cursor: string | null | undefined): Place | undefined {
  const key = decodeCursor(context.organizationId, cursor);
  if (key === undefined) return undefined;
  const [date, id] = key.split('/');
  if (!date || !id || !isDay(date) || !isId(id)) throw badInput('after', 'This cursor belongs to another list.');
  return { date, id };
}
