import { sql, type RawBuilder } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import type { SourceKind } from '@liftos/core/ports/memory.ts';
import type { QueryTotalsArgs, Totals, TotalsGroup, TotalsRow } from '../schema.generated.ts';
import { matching } from './matching.ts';
import { money } from './money.pure.ts';
import { selectionFrom } from './selection.pure.ts';
import { shownKind } from './source-kinds.pure.ts';

/** Groups of one answer; of more, those with the most spend are shown. */
const mostGroups = 2000;

/** Currencies of one answer. */
const mostCurrencies = 200;

interface Row {
  key: string | null;
  currency: string;
  spend: string;
  impressions: number;
  clicks: number;
  conversions: number;
  revenue: string;
  source_kinds: SourceKind[];
  as_of: Date;
}

const byTime: readonly TotalsGroup[] = ['DAY', 'WEEK', 'MONTH'];

function keyOf(group: TotalsGroup): RawBuilder<unknown> {
  switch (group) {
    case 'DAY':
      return sql`f.date::text`;
    case 'WEEK':
      return sql`date_trunc('week', f.date::timestamp)::date::text`;
    case 'MONTH':
      return sql`date_trunc('month', f.date::timestamp)::date::text`;
    case 'CHANNEL':
      return sql`e.channel`;
    case 'CAMPAIGN':
      return sql`coalesce(e.campaign, '(' || e.channel || ')')`;
  }
}

/** Sums by group and currency. Amounts of several currencies are never added up: then there is no overall row. */
export async function totals(context: Context, args: QueryTotalsArgs): Promise<Totals> {
  const rows = await sumUp(context, args);
  const overall = rows.filter(({ key }) => key === null);
  const groups = rows.filter(({ key }) => key !== null);
  const currencies = overall.map(({ currency }) => currency);
  const shown = groups.slice(0, mostGroups);
  return {
    overall: overall.length === 1 ? totalsRow(overall[0]!) : null,
    rows: byTime.includes(args.groupBy) ? shown.map(totalsRow).toSorted(byKey) : shown.map(totalsRow),
    currencies,
    notes: [
      ...(currencies.length > 1 ? [`The amounts are in ${currencies.join(', ')} and are not added up.`] : []),
      ...(groups.length > mostGroups ? [`Only the ${mostGroups} groups with the most spend are shown.`] : []),
    ],
    sourceKinds: [...new Set(overall.flatMap((row) => row.source_kinds))].map(shownKind),
    asOf: overall.length === 0 ? null : new Date(Math.max(...overall.map((row) => row.as_of.getTime()))),
  };
}

/** The sums of each currency, whose key is null, and then of each group. */
async function sumUp(context: Context, { range, groupBy, filter }: QueryTotalsArgs): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select key, currency, sum(spend)::text as spend, sum(impressions) as impressions, sum(clicks) as clicks,
      sum(conversions) as conversions, sum(revenue)::text as revenue, array_agg(distinct source_kind) as source_kinds,
      max(ingested_at) as as_of
    from (
      select ${keyOf(groupBy)} as key, f.currency, f.spend, f.impressions, f.clicks, f.conversions, f.revenue,
        f.ingested_at, e.source_kind
      ${matching(context, selectionFrom(range, filter))}
    ) r
    group by grouping sets ((currency), (key, currency))
    order by grouping(key) desc, sum(spend) desc, key, currency
    limit ${mostGroups + mostCurrencies}`.execute(context.db);
  return rows;
}

function totalsRow(row: Row): TotalsRow {
  const [spend, revenue] = [money(row.spend, row.currency), money(row.revenue, row.currency)];
  return {
    key: row.key ?? 'all',
    spend,
    impressions: row.impressions,
    clicks: row.clicks,
    conversions: row.conversions,
    revenue,
    roas: spend.amount > 0 ? revenue.amount / spend.amount : null,
  };
}

function byKey(a: TotalsRow, b: TotalsRow): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : a.spend.currency < b.spend.currency ? -1 : 1;
}
