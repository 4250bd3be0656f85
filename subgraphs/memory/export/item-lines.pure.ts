import { csvLine, jsonLine, microsCell, numberCell, textCell } from './cells.pure.ts';

export interface ExportedItem {
  id: string;
  connection_id: string;
  source_kind: string;
  stream: string;
  basis: string;
  key: string;
  kind: string;
  date: string;
  occurred_at: Date;
  updated_at: Date | null;
  channel: string | null;
  campaign: string | null;
  ad_group: string | null;
  ad: string | null;
  currency: string;
  /** Micros. */
  spend: string;
  impressions: number;
  clicks: number;
  conversions: number;
  /** Micros. */
  revenue: string;
  /** A JSON object. */
  details: string;
  region: string | null;
}

export const itemColumns = [
  'key',
  'kind',
  'date',
  'occurred at',
  'updated at',
  'channel',
  'campaign',
  'ad group',
  'ad',
  'currency',
  'spend',
  'impressions',
  'clicks',
  'conversions',
  'revenue',
  'basis',
  'details',
  'region',
] as const;

export function itemCsv(row: ExportedItem): string {
  return csvLine([
    textCell(row.key),
    row.kind,
    row.date,
    row.occurred_at.toISOString(),
    row.updated_at?.toISOString() ?? '',
    textCell(row.channel),
    textCell(row.campaign),
    textCell(row.ad_group),
    textCell(row.ad),
    row.currency,
    microsCell(BigInt(row.spend)),
    numberCell(row.impressions),
    numberCell(row.clicks),
    numberCell(row.conversions),
    microsCell(BigInt(row.revenue)),
    row.basis,
    textCell(row.details),
    textCell(row.region),
  ]);
}

export function itemJson(row: ExportedItem): string {
  return jsonLine({
    connectionId: JSON.stringify(row.connection_id),
    sourceKind: JSON.stringify(row.source_kind.toUpperCase()),
    stream: JSON.stringify(row.stream),
    key: JSON.stringify(row.key),
    kind: JSON.stringify(row.kind.toUpperCase()),
    date: JSON.stringify(row.date),
    occurredAt: JSON.stringify(row.occurred_at),
    updatedAt: JSON.stringify(row.updated_at),
    channel: JSON.stringify(row.channel),
    campaign: JSON.stringify(row.campaign),
    adGroup: JSON.stringify(row.ad_group),
    ad: JSON.stringify(row.ad),
    currency: JSON.stringify(row.currency),
    spend: microsCell(BigInt(row.spend)),
    impressions: numberCell(row.impressions),
    clicks: numberCell(row.clicks),
    conversions: numberCell(row.conversions),
    revenue: microsCell(BigInt(row.revenue)),
    basis: JSON.stringify(row.basis.toUpperCase()),
    region: JSON.stringify(row.region),
    // Breaks of a text of JSON stand between its members only, and a line of JSON has none.
    details: row.details.replaceAll(/[\r\n]+/g, ' '),
  });
}
