import type { AccountTruth } from '../truth/accounts.pure.ts';
import type { Entity } from '../truth/ads-truth.ts';

/** Sums of what one row covers. Money in micros. */
export interface Sums {
  spend: bigint;
  impressions: number;
  clicks: number;
  conversions: number;
  revenue: bigint;
  caused: number;
}

export const noSums: Sums = { spend: 0n, impressions: 0, clicks: 0, conversions: 0, revenue: 0n, caused: 0 };

/** What a row is about. */
export interface RowContext {
  customer: CustomerNode;
  /** Only in `FROM customer_client`. */
  client?: CustomerNode & { level: number };
  campaign?: Entity;
  adGroup?: Entity;
  ad?: Entity;
  date?: string;
  action?: string;
  study?: Study;
  sums: Sums;
}

/** An experiment that measured what advertising caused. */
export interface Study {
  id: string;
  name: string;
  first: string;
  last: string;
}

export interface CustomerNode extends Pick<AccountTruth, 'id' | 'name' | 'currency' | 'timeZone'> {
  isManager: boolean;
}

/** Data-driven attribution gives parts of a conversion; here three quarters of each. */
export const credit = 0.75;
export const purchaseAction = 'Purchase';
export const signUpAction = 'Newsletter sign-up';

type Read = (row: RowContext) => unknown;

const customerFields: Record<string, (customer: CustomerNode) => unknown> = {
  id: ({ id }) => id,
  descriptive_name: ({ name }) => name,
  currency_code: ({ currency }) => currency,
  time_zone: ({ timeZone }) => timeZone,
  manager: ({ isManager }) => isManager,
  status: () => 'ENABLED',
};

const sumsOf =
  (read: (sums: Sums, row: RowContext) => number | bigint): Read =>
  (row) =>
    read(row.sums, row);
const text =
  (read: (sums: Sums) => number | bigint): Read =>
  ({ sums }) =>
    String(read(sums));

function signUps({ clicks }: Sums): number {
  return Math.floor(clicks / 50);
}

function credited({ conversions }: Sums, { action }: RowContext): number {
  return action === signUpAction ? 0 : conversions * credit;
}

function value({ revenue }: Sums, { action }: RowContext): number {
  return action === signUpAction ? 0 : Number(revenue) / 1e6;
}

/** The effect that was measured, as a share of the baseline, with 90 % bounds around it. */
const lift: Record<string, Read> = {
  'metrics.incremental_conversions': sumsOf(({ caused }) => caused * credit),
  'metrics.incremental_conversions_p90_lower_bound': sumsOf(({ caused }) => caused * credit * 0.8),
  'metrics.incremental_conversions_p90_upper_bound': sumsOf(({ caused }) => caused * credit * 1.2),
  'metrics.incremental_conversion_value': sumsOf((sums) => causedValue(sums)),
  'metrics.relative_conversion_lift': sumsOf((sums) => relativeLift(sums)),
  'metrics.relative_conversion_lift_p90_lower_bound': sumsOf((sums) => relativeLift(sums) * 0.8),
  'metrics.relative_conversion_lift_p90_upper_bound': sumsOf((sums) => relativeLift(sums) * 1.2),
  'metrics.cost_per_incremental_conversion': sumsOf(({ spend, caused }) =>
    caused === 0 ? 0 : Number(spend) / (caused * credit),
  ),
  'metrics.incremental_conversion_value_per_cost': sumsOf((sums) =>
    sums.spend === 0n ? 0 : causedValue(sums) / (Number(sums.spend) / 1e6),
  ),
};

function causedValue({ revenue, conversions, caused }: Sums): number {
  return conversions === 0 ? 0 : (Number(revenue) / 1e6) * (caused / conversions);
}

function relativeLift({ conversions, caused }: Sums): number {
  const baseline = Math.max(1, conversions * 3 - caused);
  return caused / baseline;
}

/** Every field that can be asked for, by its name in queries. */
export const allFields: Record<string, Read> = {
  ...Object.fromEntries(Object.entries(customerFields).map(([k, read]) => [`customer.${k}`, (r) => read(r.customer)])),
  ...Object.fromEntries(
    Object.entries(customerFields).map(([k, read]) => [`customer_client.${k}`, (r) => r.client && read(r.client)]),
  ),
  'customer_client.level': ({ client }) => String(client?.level ?? 0),
  'customer_client.client_customer': ({ client }) => `customers/${client?.id}`,
  'campaign.id': ({ campaign }) => campaign?.id,
  'campaign.name': ({ campaign }) => campaign?.name,
  'campaign.status': ({ campaign }) => campaign && 'ENABLED',
  'campaign.advertising_channel_type': ({ campaign }) => campaign && channelType(campaign),
  'ad_group.id': ({ adGroup }) => adGroup?.id,
  'ad_group.name': ({ adGroup }) => adGroup?.name,
  'ad_group.status': ({ adGroup }) => adGroup && 'ENABLED',
  'ad_group.type': ({ adGroup }) => adGroup && 'SEARCH_STANDARD',
  'ad_group_ad.ad.id': ({ ad }) => ad?.id,
  'ad_group_ad.ad.name': ({ ad }) => ad?.name,
  'ad_group_ad.status': ({ ad }) => ad && 'ENABLED',
  'segments.date': ({ date }) => date,
  'lift_measurement_config.lift_measurement_config_id': ({ study }) => study?.id,
  'lift_measurement_config.name': ({ study }) => study?.name,
  'segments.conversion_lift_start_date': ({ study }) => study?.first,
  'segments.conversion_lift_end_date': ({ study }) => study?.last,
  'segments.conversion_action_name': ({ action }) => action,
  'metrics.cost_micros': text(({ spend }) => spend),
  'metrics.impressions': text(({ impressions }) => impressions),
  'metrics.clicks': text(({ clicks }) => clicks),
  'metrics.conversions': sumsOf(credited),
  'metrics.conversions_value': sumsOf(value),
  'metrics.conversions_by_conversion_date': sumsOf(credited),
  'metrics.conversions_value_by_conversion_date': sumsOf(value),
  'metrics.all_conversions': sumsOf((sums, row) =>
    row.action === purchaseAction ? credited(sums, row) : credited(sums, row) + signUps(sums),
  ),
  'metrics.all_conversions_value': sumsOf(value),
  'metrics.view_through_conversions': text(({ impressions }) => Math.floor(impressions / 20_000)),
  ...lift,
};

/** Metrics of experiments; they are told of by study only. */
export const liftMetrics = Object.keys(lift);
/** A campaign that runs everywhere by itself: it has no ad groups and no advertisements. */
const performanceMax = 'Shopping – All products';

export function isPerformanceMax(campaign: Entity): boolean {
  return channelType(campaign) === 'PERFORMANCE_MAX';
}

/** The kind of campaign behind what the mock generator calls a channel. */
function channelType({ channel, name }: Entity): string {
  if (name === performanceMax) return 'PERFORMANCE_MAX';
  if (channel.includes('Shopping')) return 'SHOPPING';
  return channel === 'YouTube' ? 'VIDEO' : 'SEARCH';
}

/** `ad_group_ad.ad.id` as the path in an answer: `adGroupAd`, `ad`, `id`. */
export function pathOf(field: string): string[] {
  return field.split('.').map((part) => part.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()));
}
