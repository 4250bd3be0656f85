import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Values } from '../auth-method.ts';
import type { Account, Fact, Slice, Totals } from '../connector.ts';
import { count, micros } from '../kit/money.pure.ts';
import { partsOf } from './statement.pure.ts';

/** Exact numbers stay text, floating ones are numbers. */
export type Cell = string | number | null;

const text = z.string().nullish();
const figure = z.union([z.string(), z.number()]).nullish();

/** A row by the names that the statement gave its columns. */
export const warehouseRow = z.looseObject({
  date: z.string(),
  channel: z.string(),
  campaign: text,
  adGroup: text,
  ad: text,
  region: text,
  currency: text,
  spend: figure,
  impressions: figure,
  clicks: figure,
  conversions: figure,
  revenue: figure,
});

export type WarehouseRow = z.infer<typeof warehouseRow>;

/** Rows have no number of their own: what tells them apart is what they are about. */
export function factOf(row: WarehouseRow, { account }: Slice): Fact {
  const { date, channel, campaign = null, adGroup = null, ad = null, region, currency } = row;
  const about = JSON.stringify([channel, campaign, adGroup, ad, currency ?? null]);
  const id = createHash('sha256').update(about).digest('hex').slice(0, 24);
  return {
    date: date.slice(0, 10),
    entity: `${account.id}/${id}`,
    channel,
    campaign,
    adGroup,
    ad,
    region: region || null,
    ...(currency ? { currency: currency.trim().toUpperCase() } : {}),
    spend: micros(row.spend),
    impressions: count(row.impressions),
    clicks: count(row.clicks),
    conversions: count(row.conversions),
    revenue: micros(row.revenue),
  };
}

/** Sums of the whole slice; columns that are not mapped are left out. */
export function totalsOf(row: Readonly<Record<string, unknown>>): Totals {
  const cell = (name: string) => row[name] as Cell;
  return {
    ...('spend' in row ? { spend: micros(cell('spend')) } : {}),
    ...('impressions' in row ? { impressions: count(cell('impressions')) } : {}),
    ...('clicks' in row ? { clicks: count(cell('clicks')) } : {}),
    ...('conversions' in row ? { conversions: count(cell('conversions')) } : {}),
    ...('revenue' in row ? { revenue: micros(cell('revenue')) } : {}),
  };
}

/** A table or the query as an account: `marketing.public.ad_spend` is shown as `Ad Spend`. */
export function accountOf(source: string, settings: Values): Account {
  const last = (partsOf(source).at(-1) ?? source).replaceAll(/["()]/g, '');
  const words = last.toLowerCase().split(/[_\s-]+/);
  return {
    id: source,
    name: words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' '),
    currency: settings['currency'] ?? 'USD',
    timeZone: settings['timeZone'] ?? 'UTC',
    state: 'ok',
  };
}
