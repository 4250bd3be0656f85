import { sql, type RawBuilder } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import { pageSize } from '@liftos/core/pages.ts';
import { matching, type RecordSelection } from '../records/matching.ts';
import { entityColumns, entityKeys, type EntityRow, type Sums } from './entity-row.ts';
import { previousFrom } from './ranges.pure.ts';

export interface SurfacingResult extends EntityRow {
  sums: Sums;
  previous: Sums;
}

/** What changed most against the days just before; one pass over both ranges. Throws BAD_USER_INPUT outside 1 to 500. */
export async function surfacingRows(
  context: Context,
  selection: RecordSelection,
  first: number,
): Promise<SurfacingResult[]> {
  const current = sql`f.date >= ${selection.from}::date`;
  const before = sql`f.date < ${selection.from}::date`;
  const { rows } = await sql<SurfacingResult>`
    select ${entityColumns}, ${sumsWhere(current)} as sums, ${sumsWhere(before)} as previous
    ${matching(context, { ...selection, from: previousFrom(selection) })}
    group by ${entityKeys}
    order by ${changeOf(sql`f.spend`, current, before)} + ${changeOf(sql`f.revenue`, current, before)} desc,
      ${sumWhere(sql`f.spend`, current)} desc, e.id, f.currency
    limit ${pageSize(first)}`.execute(context.db);
  return rows;
}

function sumWhere(column: RawBuilder<unknown>, condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`coalesce(sum(${column}) filter (where ${condition}), 0)`;
}

function changeOf(
  column: RawBuilder<unknown>,
  current: RawBuilder<unknown>,
  before: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return sql`abs(${sumWhere(column, current)} - ${sumWhere(column, before)})`;
}

function sumsWhere(condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`json_build_object(
    'spend', ${sumWhere(sql`f.spend`, condition)}::text, 'impressions', ${sumWhere(sql`f.impressions`, condition)},
    'clicks', ${sumWhere(sql`f.clicks`, condition)}, 'conversions', ${sumWhere(sql`f.conversions`, condition)},
    'revenue', ${sumWhere(sql`f.revenue`, condition)}::text)`;
}
