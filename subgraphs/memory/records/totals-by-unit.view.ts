import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import type { RecordQuery, UnitTotals } from '@liftos/core/ports/memory.ts';
import { matching, selectionOf } from './matching.ts';

/** Sums per channel or campaign and currency, in whole currency units. */
export async function totalsByUnit(
  context: Context,
  query: RecordQuery & { unit: 'channel' | 'campaign' },
): Promise<UnitTotals[]> {
  const key = query.unit === 'channel' ? sql`e.channel` : sql`coalesce(e.campaign, '(' || e.channel || ')')`;
  const { rows } = await sql<UnitTotals>`
    select ${key} as key, f.currency, (sum(f.spend) / 1e6)::double precision as spend,
      (sum(f.revenue) / 1e6)::double precision as revenue, sum(f.conversions) as conversions
    ${matching(context, selectionOf(query))}
    group by 1, 2 order by 1, 2`.execute(context.db);
  return rows;
}
