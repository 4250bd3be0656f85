import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import { badInput } from '@liftos/core/errors.ts';
import { decodeCursor, page, pageSize, type Page } from '@liftos/core/pages.ts';
import type { Basis, SourceKind } from '@liftos/core/ports/memory.ts';
import type { QueryRecordsArgs } from '../schema.generated.ts';
import { matching } from './matching.ts';
import { selectionFrom } from './selection.pure.ts';

export interface RecordRow {
  date: string;
  entity_id: string;
  channel: string;
  campaign: string | null;
  ad_group: string | null;
  ad: string | null;
  region: string | null;
  currency: string;
  /** Micros. */
  spend: string;
  impressions: number;
  clicks: number;
  conversions: number;
  /** Micros. */
  revenue: string;
  connection_id: string;
  source_kind: SourceKind;
  basis: Basis;
  ingested_at: Date;
  batch_id: string;
}

/** A page of records, newest day first. */
export async function recordPage(context: Context, args: QueryRecordsArgs): Promise<Page<RecordRow>> {
  const size = pageSize(args.first);
  const after = placeAfter(context, args.after);
  const { rows } = await sql<RecordRow>`
    select f.date, f.entity_id, e.channel, e.campaign, e.ad_group, e.ad, e.region, f.currency, f.spend::text, f.impressions,
      f.clicks, f.conversions, f.revenue::text, e.connection_id, e.source_kind, e.basis, f.ingested_at, f.batch_id
    ${matching(context, selectionFrom(args.range, args.filter))}
      ${after ? sql`and (f.date, f.entity_id) < (${after.date}::date, ${after.entityId}::uuid)` : sql``}
    order by f.date desc, f.entity_id desc limit ${size + 1}`.execute(context.db);
  return page(context.organizationId, rows, size, recordKey);
}

/** Identifies a record within its organisation. */
export function recordKey(row: Pick<RecordRow, 'date' | 'entity_id'>): string {
  return `${row.date}/${row.entity_id}`;
}

function placeAfter(context: Context, cursor: string | null | undefined) {
  const key = decodeCursor(context.organizationId, cursor);
  if (key === undefined) return undefined;
  const [date, entityId] = key.split('/');
  if (!date || !entityId) throw badInput('after', 'This cursor belongs to another list.');
  return { date, entityId };
}
