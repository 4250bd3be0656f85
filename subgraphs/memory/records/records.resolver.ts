import type { Context } from '@liftos/core/context.ts';
import type { RecordFlaw } from '@liftos/core/ports/memory.ts';
import { isId } from '@liftos/core/subgraph.ts';
import { flawsOf, qualityOf } from '../assessment/assess-records.pure.ts';
import { defaultDay } from '../calendar/calendar.service.ts';
import type { Coverage, QueryRecordsArgs, QueryTotalsArgs } from '../schema.generated.ts';
import { shownBasis } from './basis.pure.ts';
import { coverageOf, dataExtent } from './extent.view.ts';
import { money } from './money.pure.ts';
import { recordKey, recordPage, type RecordRow } from './records.view.ts';
import { shownKind } from './source-kinds.pure.ts';
import { totals } from './totals.view.ts';

/** An id that cannot exist has brought in nothing, as one of another organisation has. */
const nowhere = '00000000-0000-0000-0000-000000000000';

function flawsOfRow(row: RecordRow): RecordFlaw[] {
  return flawsOf({ ...row, spend: BigInt(row.spend), revenue: BigInt(row.revenue) });
}

export const recordResolvers = {
  Query: {
    records: (_: unknown, args: QueryRecordsArgs, context: Context) => recordPage(context, args),
    totals: (_: unknown, args: QueryTotalsArgs, context: Context) => totals(context, args),
    dataExtent: (_: unknown, __: unknown, context: Context) => dataExtent(context),
  },
  MarketingRecord: {
    id: recordKey,
    adGroup: (row: RecordRow) => row.ad_group,
    spend: (row: RecordRow) => money(row.spend, row.currency),
    revenue: (row: RecordRow) => money(row.revenue, row.currency),
    calendar: (row: RecordRow) => defaultDay(row.date),
    sourceKind: (row: RecordRow) => shownKind(row.source_kind),
    revenueBasis: (row: RecordRow) => shownBasis(row.basis),
    connection: (row: RecordRow) => ({ id: row.connection_id }),
    ingestedAt: (row: RecordRow) => row.ingested_at,
    batchId: (row: RecordRow) => row.batch_id,
    quality: (row: RecordRow) => qualityOf(flawsOfRow(row)),
    flaws: flawsOfRow,
  },
  Connection: {
    __resolveReference: ({ id }: { id: string }) => ({ id }),
    coverage: ({ id }: { id: string }, _: unknown, context: Context) =>
      context
        .loader<string, Coverage>('memory.coverage', (ids) => coverageOf(context, ids))
        .load(isId(id) ? id : nowhere),
  },
};
