import { csvLine, jsonLine, microsCell, numberCell, textCell } from './cells.pure.ts';

export interface ExportedRecord {
  connection_id: string;
  source_kind: string;
  stream: string;
  date: string;
  channel: string;
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
  region: string | null;
}

/** Names that an import recognises. */
export const recordColumns = [
  'date',
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
  'region',
] as const;

export function recordCsv(row: ExportedRecord): string {
  return csvLine([
    row.date,
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
    textCell(row.region),
  ]);
}

export function recordJson(row: ExportedRecord): string {
  return jsonLine({
    connectionId: JSON.stringify(row.connection_id),
    sourceKind: JSON.stringify(row.source_kind.toUpperCase()),
    stream: JSON.stringify(row.stream),
    date: JSON.stringify(row.date),
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
    region: JSON.stringify(row.region),
  });
}
