import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import type { Basis, ItemFrame, ItemKind, ItemQuery, SourceKind } from '@liftos/core/ports/memory.ts';
import { matchingItems, type Place } from './matching-items.ts';

/** Rows read by one statement. */
const pageSize = 10_000;

/** A page column by column, as the database writes it; money in micros as text. */
interface Columns {
  id: string[];
  key: string[];
  kind: ItemKind[];
  date: string[];
  occurredAt: string[];
  updatedAt: (string | null)[];
  channel: (string | null)[];
  campaign: (string | null)[];
  adGroup: (string | null)[];
  ad: (string | null)[];
  currency: string[];
  spend: string[];
  impressions: number[];
  clicks: number[];
  conversions: number[];
  revenue: string[];
  details: string[];
  region: (string | null)[];
  connectionId: string[];
  sourceKind: SourceKind[];
  basis: Basis[];
}

/** Items that are not gone, by day and key, column by column. */
export async function itemFrame(context: Context, query: ItemQuery): Promise<ItemFrame> {
  const pages: Columns[] = [];
  for (;;) {
    context.signal.throwIfAborted();
    const before = pages.at(-1);
    const after = before && { date: before.date.at(-1)!, id: before.id.at(-1)! };
    const page = await readPage(context, query, after);
    if (page) pages.push(page);
    if (!page || page.date.length < pageSize) return frameOf(pages);
  }
}

/** One text instead of rows: the embedded driver reads values one by one, JSON is read at once. */
async function readPage(context: Context, query: ItemQuery, after: Place | undefined): Promise<Columns | null> {
  const { rows } = await sql<{ page: string | null }>`
    select case when count(*) > 0 then json_build_object('id', json_agg(id), 'key', json_agg(key),
      'kind', json_agg(kind), 'date', json_agg(date), 'occurredAt', json_agg(${isoText('occurred_at')}),
      'updatedAt', json_agg(${isoText('updated_at')}), 'channel', json_agg(channel), 'campaign', json_agg(campaign),
      'adGroup', json_agg(ad_group), 'ad', json_agg(ad), 'currency', json_agg(currency),
      'spend', json_agg(spend::text), 'impressions', json_agg(impressions), 'clicks', json_agg(clicks),
      'conversions', json_agg(conversions), 'revenue', json_agg(revenue::text), 'details', json_agg(details),
      'region', json_agg(region),
      'connectionId', json_agg(connection_id), 'sourceKind', json_agg(source_kind), 'basis', json_agg(basis)
    )::text end as page
    from (${matchingItems(context, { ...query, order: 'asc', after, limit: pageSize })}) r`.execute(context.db);
  const text = rows[0]?.page;
  return text ? (JSON.parse(text) as Columns) : null;
}

function isoText(column: 'occurred_at' | 'updated_at') {
  return sql`to_char(${sql.raw(column)} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

type Name = keyof Columns;

function frameOf(pages: readonly Columns[]): ItemFrame {
  const dates = pages.flatMap(({ date }) => date);
  const keys = pages.flatMap(({ key }) => key);
  const order = Uint32Array.from(keys.keys()).sort(
    (a, b) => compare(dates[a]!, dates[b]!) || compare(keys[a]!, keys[b]!),
  );
  const pick = <N extends Name>(name: N): Columns[N] => {
    const all = pages.flatMap((page) => page[name] as unknown[]);
    return Array.from(order, (row) => all[row]) as Columns[N];
  };
  return {
    key: pick('key'),
    kind: pick('kind'),
    date: pick('date'),
    occurredAt: pick('occurredAt'),
    updatedAt: pick('updatedAt'),
    channel: pick('channel'),
    campaign: pick('campaign'),
    adGroup: pick('adGroup'),
    ad: pick('ad'),
    currency: pick('currency'),
    spend: BigInt64Array.from(pick('spend').map(BigInt)),
    impressions: Float64Array.from(pick('impressions')),
    clicks: Float64Array.from(pick('clicks')),
    conversions: Float64Array.from(pick('conversions')),
    revenue: BigInt64Array.from(pick('revenue').map(BigInt)),
    details: pick('details'),
    region: pick('region'),
    connectionId: pick('connectionId'),
    sourceKind: pick('sourceKind'),
    basis: pick('basis'),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
