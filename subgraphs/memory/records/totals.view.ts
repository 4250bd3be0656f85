import { sql, type RawBuilder } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import type { Basis, SourceKind } from '@liftos/core/ports/memory.ts';
import type { QueryTotalsArgs, Totals, TotalsGroup, TotalsRow } from '../schema.generated.ts';
import { bases, shownBasis, strongest } from './basis.pure.ts';
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
  /** Conversions and revenue per basis; null where a basis has none. */
  conversions: Record<Basis, number | null>;
  revenue: Record<Basis, string | null>;
  source_kinds: SourceKind[];
  as_of: Date;
}

const byTime: readonly TotalsGroup[] = ['DAY', 'WEEK', 'MONTH'];

/** Groups that each hold a part of the same sales; a channel or campaign instead may have a basis of its own. */
const ofAllSales: readonly TotalsGroup[] = [...byTime, 'REGION'];

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
    case 'REGION':
      return sql`coalesce(e.region, '(no region)')`;
  }
}

/**
 * Sums by group and currency. Amounts of several currencies are never added up: then there is no overall row. Of sales
 * on several bases the strongest counts: in a channel or campaign the strongest it has, over time, by region and overall
 * the strongest of all that is selected.
 */
export async function totals(context: Context, args: QueryTotalsArgs): Promise<Totals> {
  const rows = await sumUp(context, args);
  const overall = rows.filter(({ key }) => key === null);
  const groups = rows.filter(({ key }) => key !== null);
  const currencies = overall.map(({ currency }) => currency);
  const isOfAll = ofAllSales.includes(args.groupBy);
  const basisOf = new Map(overall.map((row) => [row.currency, strongest(row.conversions)]));
  const shown = groups
    .slice(0, mostGroups)
    .map((row) => totalsRow(row, isOfAll ? basisOf.get(row.currency)! : strongest(row.conversions)));
  const used = [...new Set(basisOf.values())];
  return {
    overall: overall.length === 1 ? totalsRow(overall[0]!, strongest(overall[0]!.conversions)) : null,
    rows: byTime.includes(args.groupBy) ? shown.toSorted(byKey) : shown,
    currencies,
    revenueBasis: used.length === 1 ? shownBasis(used[0]!) : null,
    notes: [
      ...(currencies.length > 1 ? [`The amounts are in ${currencies.join(', ')} and are not added up.`] : []),
      ...(groups.length > mostGroups ? [`Only the ${mostGroups} groups with the most spend are shown.`] : []),
      ...(overall.some(({ conversions }) => isMixed(conversions)) ? [basisNote(used)] : []),
    ],
    sourceKinds: [...new Set(overall.flatMap((row) => row.source_kinds))].map(shownKind),
    asOf: overall.length === 0 ? null : new Date(Math.max(...overall.map((row) => row.as_of.getTime()))),
  };
}

function isMixed(conversions: Row['conversions']): boolean {
  return bases.filter((basis) => conversions[basis] !== null).length > 1;
}

function basisNote(used: readonly (Basis | null)[]): string {
  const names = used.filter((basis) => basis !== null).join(' or ');
  return `Conversions and revenue of all together are those that were ${names}; the same sales on another basis are not added.`;
}

/** The sums of each currency, whose key is null, and then of each group. */
async function sumUp(context: Context, { range, groupBy, filter }: QueryTotalsArgs): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select key, currency, sum(spend)::text as spend, sum(impressions) as impressions, sum(clicks) as clicks,
      ${perBasis(sql`conversions`, sql``)} as conversions, ${perBasis(sql`revenue`, sql`::text`)} as revenue,
      array_agg(distinct source_kind) as source_kinds, max(ingested_at) as as_of
    from (
      select ${keyOf(groupBy)} as key, f.currency, e.source_kind, e.basis, sum(f.spend) as spend,
        sum(f.impressions) as impressions, sum(f.clicks) as clicks, sum(f.conversions) as conversions,
        sum(f.revenue) as revenue, bool_or(f.conversions <> 0 or f.revenue <> 0) as has_sales,
        max(f.ingested_at) as ingested_at
      ${matching(context, selectionFrom(range, filter))}
      group by 1, 2, 3, 4
    ) r
    group by grouping sets ((currency), (key, currency))
    order by grouping(key) desc, sum(spend) desc, key, currency
    limit ${mostGroups + mostCurrencies}`.execute(context.db);
  return rows;
}

/** Sums of a column by basis, as an object; those of money are texts. */
function perBasis(column: RawBuilder<unknown>, type: RawBuilder<unknown>): RawBuilder<unknown> {
  const sums = bases.map(
    (basis) => sql`${basis}::text, (sum(${column}) filter (where basis = ${basis} and has_sales))${type}`,
  );
  return sql`json_build_object(${sql.join(sums)})`;
}

function totalsRow(row: Row, basis: Basis | null): TotalsRow {
  const spend = money(row.spend, row.currency);
  const revenue = money((basis && row.revenue[basis]) ?? '0', row.currency);
  return {
    key: row.key ?? 'all',
    spend,
    impressions: row.impressions,
    clicks: row.clicks,
    conversions: (basis && row.conversions[basis]) ?? 0,
    revenue,
    revenueBasis: shownBasis(basis),
    roas: spend.amount > 0 ? revenue.amount / spend.amount : null,
  };
}

function byKey(a: TotalsRow, b: TotalsRow): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : a.spend.currency < b.spend.currency ? -1 : 1;
}
