import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import type { Basis, RecordFrame, RecordQuery, SourceKind } from '@liftos/core/ports/memory.ts';
import { assess } from '../assessment/assess-records.pure.ts';
import { matching, selectionOf } from './matching.ts';

/** Rows read by one statement. */
const pageSize = 10_000;

/** A page column by column, as the database writes it; money in micros as text. */
interface Columns {
  date: string[];
  entity: string[];
  channel: string[];
  campaign: (string | null)[];
  adGroup: (string | null)[];
  ad: (string | null)[];
  region: (string | null)[];
  currency: string[];
  spend: string[];
  impressions: number[];
  clicks: number[];
  conversions: number[];
  revenue: string[];
  connectionId: string[];
  sourceKind: SourceKind[];
  basis: Basis[];
}

/** Attribution-ready rows by day, column by column. */
export async function recordFrame(context: Context, query: RecordQuery): Promise<RecordFrame> {
  const pages: Columns[] = [];
  for (;;) {
    context.signal.throwIfAborted();
    const page = await readPage(context, query, pages.at(-1));
    if (page) pages.push(page);
    if (!page || page.date.length < pageSize) return frameOf(pages);
  }
}

/** One text instead of rows: the embedded driver reads values one by one, JSON is read at once. */
async function readPage(context: Context, query: RecordQuery, before: Columns | undefined): Promise<Columns | null> {
  const after = before
    ? sql`and (f.date, f.entity_id) > (${before.date.at(-1)}::date, ${before.entity.at(-1)}::uuid)`
    : sql``;
  const { rows } = await sql<{ page: string | null }>`
    select case when count(*) > 0 then json_build_object('date', json_agg(date), 'entity', json_agg(entity_id),
      'channel', json_agg(channel), 'campaign', json_agg(campaign), 'adGroup', json_agg(ad_group), 'ad', json_agg(ad),
      'region', json_agg(region),
      'currency', json_agg(currency), 'spend', json_agg(spend), 'impressions', json_agg(impressions),
      'clicks', json_agg(clicks), 'conversions', json_agg(conversions), 'revenue', json_agg(revenue),
      'connectionId', json_agg(connection_id), 'sourceKind', json_agg(source_kind), 'basis', json_agg(basis))::text end as page
    from (
      select f.date, f.entity_id, e.channel, e.campaign, e.ad_group, e.ad, e.region, f.currency, f.spend::text, f.impressions,
        f.clicks, f.conversions, f.revenue::text, e.connection_id, e.source_kind, e.basis
      ${matching(context, selectionOf(query))} ${after}
      order by f.date, f.entity_id limit ${pageSize}
    ) r`.execute(context.db);
  const text = rows[0]?.page;
  return text ? (JSON.parse(text) as Columns) : null;
}

function frameOf(pages: readonly Columns[]): RecordFrame {
  const columns = {
    date: pages.flatMap(({ date }) => date),
    channel: pages.flatMap(({ channel }) => channel),
    campaign: pages.flatMap(({ campaign }) => campaign),
    adGroup: pages.flatMap(({ adGroup }) => adGroup),
    ad: pages.flatMap(({ ad }) => ad),
    region: pages.flatMap(({ region }) => region),
    currency: pages.flatMap(({ currency }) => currency),
    spend: BigInt64Array.from(pages.flatMap(({ spend }) => spend).map(BigInt)),
    impressions: Float64Array.from(pages.flatMap(({ impressions }) => impressions)),
    clicks: Float64Array.from(pages.flatMap(({ clicks }) => clicks)),
    conversions: Float64Array.from(pages.flatMap(({ conversions }) => conversions)),
    revenue: BigInt64Array.from(pages.flatMap(({ revenue }) => revenue).map(BigInt)),
    connectionId: pages.flatMap(({ connectionId }) => connectionId),
    sourceKind: pages.flatMap(({ sourceKind }) => sourceKind),
    basis: pages.flatMap(({ basis }) => basis),
  };
  return { ...columns, quality: assess(columns).quality };
}
