import type { Context } from '@liftos/core/context.ts';
import { shownBasis } from '../records/basis.pure.ts';
import { money } from '../records/money.pure.ts';
import { shownKind } from '../records/source-kinds.pure.ts';
import type { QueryItemsArgs, QueryRecordItemsArgs } from '../schema.generated.ts';
import type { ItemTable } from '../tables.ts';
import { itemPage, recordItemPage, recordOf } from './items.view.ts';

export const itemResolvers = {
  Query: {
    items: (_: unknown, args: QueryItemsArgs, context: Context) => itemPage(context, args),
    recordItems: (_: unknown, args: QueryRecordItemsArgs, context: Context) => recordItemPage(context, args),
  },
  Item: {
    kind: (row: ItemTable) => row.kind.toUpperCase(),
    occurredAt: (row: ItemTable) => row.occurred_at,
    updatedAt: (row: ItemTable) => row.updated_at,
    adGroup: (row: ItemTable) => row.ad_group,
    spend: (row: ItemTable) => money(row.spend, row.currency),
    revenue: (row: ItemTable) => money(row.revenue, row.currency),
    revenueBasis: (row: ItemTable) => shownBasis(row.basis),
    details: (row: ItemTable) => JSON.parse(row.details) as unknown,
    sourceKind: (row: ItemTable) => shownKind(row.source_kind),
    connection: (row: ItemTable) => ({ id: row.connection_id }),
    ingestedAt: (row: ItemTable) => row.ingested_at,
    batchId: (row: ItemTable) => row.batch_id,
    recordId: recordOf,
  },
};
