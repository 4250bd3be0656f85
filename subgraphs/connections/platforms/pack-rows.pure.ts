import type { RecordColumns } from '@liftos/core/ports/memory.ts';
import type { RowError, RowErrorCode } from '../csv/row-errors.pure.ts';
import { parseDay } from '../csv/parse-date.pure.ts';

/** A day of a channel, campaign, ad group or advertisement as connectors hand it over. */
export interface CanonicalRow {
  date: string;
  channel: string;
  campaign: string | null;
  adGroup: string | null;
  ad: string | null;
  region?: string | null;
  /** Micros. */
  spend: bigint;
  impressions: number;
  clicks: number;
  conversions: number;
  /** Micros; refunds make it negative. */
  revenue: bigint;
}

/**
 * Lay rows out in columns. Rows that break a rule come back as refused, their place in the page as the line: they are
 * kept aside with the reason, and the others go on.
 */
export function packRows(
  rows: readonly CanonicalRow[],
  currency: string,
): { columns: RecordColumns; refused: RowError[] } {
  const refused: RowError[] = [];
  const good = rows.filter((row, index) => {
    const broken = brokenRule(row);
    if (broken) refused.push({ line: index + 1, ...broken });
    return !broken;
  });
  const columns: RecordColumns = {
    date: good.map(({ date }) => date),
    channel: good.map(({ channel }) => channel),
    campaign: good.map(({ campaign }) => campaign),
    adGroup: good.map(({ adGroup }) => adGroup),
    ad: good.map(({ ad }) => ad),
    currency: good.map(() => currency),
    spend: BigInt64Array.from(good.map(({ spend }) => spend)),
    impressions: Float64Array.from(good, ({ impressions }) => impressions),
    clicks: Float64Array.from(good, ({ clicks }) => clicks),
    conversions: Float64Array.from(good, ({ conversions }) => conversions),
    revenue: BigInt64Array.from(good.map(({ revenue }) => revenue)),
    ...(good.some(({ region }) => region) ? { region: good.map(({ region }) => region || null) } : {}),
  };
  return { columns, refused };
}

const counts = ['impressions', 'clicks', 'conversions'] as const;

function brokenRule(row: CanonicalRow): Omit<RowError, 'line'> | null {
  const day = parseDay(row.date, 'YYYY-MM-DD');
  if (!day.ok) return problem('date', day.problem, row.date);
  if (row.channel.trim() === '') return problem('channel', 'MISSING', row.channel);
  const text = [row.channel, row.campaign, row.adGroup, row.ad, row.region].find((value) => value?.includes('\u0000'));
  if (text != null) return problem('channel', 'BAD_CHARACTER', text.replaceAll('\u0000', '\u2400'));
  if (row.spend < 0n) return problem('spend', 'NEGATIVE', String(row.spend));
  const count = counts.find((name) => !(row[name] >= 0 && Number.isFinite(row[name])));
  return count ? problem(count, row[count] < 0 ? 'NEGATIVE' : 'NOT_A_NUMBER', String(row[count])) : null;
}

function problem(column: string, code: RowErrorCode, value: string): Omit<RowError, 'line'> {
  return { column, code, message: `The platform sent a ${column} that cannot be.`, value: value.slice(0, 200) };
}
