import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import type { RecordFrame, RecordQuery, SourceKind } from '@liftos/core/ports/memory.ts';
import { matching, selectionOf } from './matching.ts';

/** Rows read by one statement. */
const pageSize = 20_000;

interface Row {
  date: string;
  entity_id: string;
  channel: string;
  campaign: string | null;
  ad_group: string | null;
  ad: string | null;
  currency: string;
  spend: string;
  impressions: number;
  clicks: number;
  conversions: number;
  revenue: string;
  connection_id: string;
  source_kind: SourceKind;
}

/** Attribution-ready rows by day, column by column. */
export async function recordFrame(context: Context, query: RecordQuery): Promise<RecordFrame> {
  const rows: Row[] = [];
  for (;;) {
    context.signal.throwIfAborted();
    const page = await readPage(context, query, rows.at(-1));
    rows.push(...page);
    if (page.length < pageSize) return frameOf(rows);
  }
}

async function readPage(context: Context, query: RecordQuery, after: Row | undefined): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select f.date, f.entity_id, e.channel, e.campaign, e.ad_group, e.ad, f.currency, f.spend::text, f.impressions,
      f.clicks, f.conversions, f.revenue::text, e.connection_id, e.source_kind
    ${matching(context, selectionOf(query))}
      ${after ? sql`and (f.date, f.entity_id) > (${after.date}::date, ${after.entity_id}::uuid)` : sql``}
    order by f.date, f.entity_id limit ${pageSize}`.execute(context.db);
  return rows;
}

function frameOf(rows: readonly Row[]): RecordFrame {
  return {
    date: rows.map(({ date }) => date),
    channel: rows.map(({ channel }) => channel),
    campaign: rows.map(({ campaign }) => campaign),
    adGroup: rows.map((row) => row.ad_group),
    ad: rows.map(({ ad }) => ad),
    currency: rows.map(({ currency }) => currency),
    spend: BigInt64Array.from(rows, ({ spend }) => BigInt(spend)),
    impressions: Float64Array.from(rows, ({ impressions }) => impressions),
    clicks: Float64Array.from(rows, ({ clicks }) => clicks),
    conversions: Float64Array.from(rows, ({ conversions }) => conversions),
    revenue: BigInt64Array.from(rows, ({ revenue }) => BigInt(revenue)),
    connectionId: rows.map((row) => row.connection_id),
    sourceKind: rows.map((row) => row.source_kind),
  };
}
