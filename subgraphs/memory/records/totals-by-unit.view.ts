import { sql, type RawBuilder } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import type { RecordQuery, TotalsUnit, UnitTotals } from '@liftos/core/ports/memory.ts';
import { bases } from './basis.pure.ts';
import { matching, selectionOf } from './matching.ts';

const keys: Record<TotalsUnit, RawBuilder<unknown>> = {
  channel: sql`e.channel`,
  campaign: sql`coalesce(e.campaign, '(' || e.channel || ')')`,
  channelCampaign: sql`e.channel || ' / ' || coalesce(e.campaign, '–')`,
  region: sql`coalesce(e.region, '(no region)')`,
};

/**
 * Sums per unit and currency, in whole currency units. Conversions and revenue of each are on the
 * strongest basis it has: the same sale may arrive on several.
 */
export async function totalsByUnit(context: Context, query: RecordQuery & { unit: TotalsUnit }): Promise<UnitTotals[]> {
  const { rows } = await sql<UnitTotals>`
    select ${keys[query.unit]} as key, f.currency, (sum(f.spend) / 1e6)::double precision as spend,
      (${ofStrongest(sql`f.revenue`)} / 1e6)::double precision as revenue, ${ofStrongest(sql`f.conversions`)} as conversions
    ${matching(context, selectionOf(query))}
    group by 1, 2 order by 1, 2`.execute(context.db);
  return rows;
}

function ofStrongest(column: RawBuilder<unknown>): RawBuilder<unknown> {
  const sums = bases.map(
    (basis) => sql`sum(${column}) filter (where e.basis = ${basis} and (f.conversions <> 0 or f.revenue <> 0))`,
  );
  return sql`coalesce(${sql.join(sums)}, 0)`;
}
