import { dayNumber, dayText } from '../../mock/calendar.pure.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import type { AdDay, Entity } from '../truth/ads-truth.ts';
import { decimal } from '../truth/stable.pure.ts';
import type { InsightsQuery } from './insights-query.pure.ts';
import { objectiveOf } from './objects.ts';

/** Sums of what one row covers. */
interface Sums {
  entity: Entity;
  since: string;
  until: string;
  spend: bigint;
  impressions: number;
  clicks: number;
  conversions: number;
  revenue: bigint;
  caused: number;
  breakdown: Record<string, string>;
}

/** Shares of the values of a breakdown in thousandths. */
const breakdownShares: Record<string, readonly (readonly [string, number])[]> = {
  publisher_platform: [
    ['facebook', 550],
    ['instagram', 400],
    ['audience_network', 50],
  ],
  country: [
    ['DE', 700],
    ['AT', 200],
    ['CH', 100],
  ],
};
/** One event under three names; adding them up counts it three times. */
const purchaseNames = ['purchase', 'omni_purchase', 'offsite_conversion.fb_pixel_purchase'];
/** Share of the default attribution that each window sees. */
const windowShares: Record<string, number> = {
  '1d_click': 0.6,
  '7d_click': 0.9,
  '28d_click': 1.05,
  '1d_view': 0.1,
  '1d_ev': 0.02,
};

/** Rows of insights as Meta writes them, all metrics as text; only where something was delivered. */
export function insightRows(days: readonly AdDay[], query: InsightsQuery, account: AccountTruth): unknown[] {
  const groups = new Map<string, Sums>();
  for (const day of days) if (isAsked(day, query)) addTo(groups, day, query);
  return [...groups.values()]
    .filter(({ spend, impressions, conversions }) => spend > 0n || impressions > 0 || conversions > 0)
    .flatMap((sums) => split(sums, query.breakdowns))
    .map((sums) => row(sums, query, account));
}

function isAsked({ ad }: AdDay, { only }: InsightsQuery): boolean {
  const ids: Record<string, string> = {
    'ad.id': ad.id,
    'adset.id': ad.parent!.id,
    'campaign.id': ad.parent!.parent!.id,
  };
  return [...only].every(([field, wanted]) => wanted.includes(ids[field]!));
}

function addTo(groups: Map<string, Sums>, day: AdDay, query: InsightsQuery): void {
  const entity = entityOf(day.ad, query.level);
  const first = dayNumber(query.since);
  const step = query.increment ?? dayNumber(query.until) - first + 1;
  const begin = first + Math.floor((day.day - first) / step) * step;
  const key = `${begin}/${query.level === 'account' ? '' : entity.id}`;
  const sums = groups.get(key) ?? {
    entity,
    since: dayText(begin),
    until: dayText(Math.min(begin + step - 1, dayNumber(query.until))),
    spend: 0n,
    impressions: 0,
    clicks: 0,
    conversions: 0,
    revenue: 0n,
    caused: 0,
    breakdown: {},
  };
  sums.spend += day.spend;
  sums.impressions += day.impressions;
  sums.clicks += day.clicks;
  sums.conversions += day.conversions;
  sums.revenue += day.revenue;
  sums.caused += day.caused;
  groups.set(key, sums);
}

function entityOf(ad: Entity, level: InsightsQuery['level']): Entity {
  if (level === 'ad') return ad;
  return level === 'adset' ? ad.parent! : ad.parent!.parent!;
}

/** Cuts a row along breakdowns so that the parts add up to it. */
function split(sums: Sums, breakdowns: readonly string[]): Sums[] {
  const [name, ...rest] = breakdowns;
  if (name === undefined) return [sums];
  let before = 0;
  const parts = breakdownShares[name]!.map(([value, share]): Sums => {
    const from = before;
    before += share;
    const part = (total: number): number => Math.floor((total * before) / 1000) - Math.floor((total * from) / 1000);
    const money = (total: bigint): bigint => BigInt(part(Number(total / 10_000n))) * 10_000n;
    return {
      ...sums,
      breakdown: { ...sums.breakdown, [name]: value },
      spend: money(sums.spend),
      impressions: part(sums.impressions),
      clicks: part(sums.clicks),
      conversions: part(sums.conversions),
      revenue: money(sums.revenue),
      caused: (sums.caused * share) / 1000,
    };
  });
  return parts.flatMap((part) => split(part, rest));
}

function row(sums: Sums, query: InsightsQuery, account: AccountTruth): Record<string, unknown> {
  const all = { ...names(sums, query, account), ...metrics(sums, query) };
  const wanted = [...query.fields, 'date_start', 'date_stop'].filter((field) => all[field] !== undefined);
  return { ...Object.fromEntries(wanted.map((field) => [field, all[field]])), ...sums.breakdown };
}

function names(
  { entity, since, until }: Sums,
  { level }: InsightsQuery,
  account: AccountTruth,
): Record<string, unknown> {
  const group = level === 'ad' ? entity.parent! : entity;
  const campaign = level === 'campaign' ? entity : (entity.parent?.parent ?? entity.parent);
  return {
    account_id: account.id,
    account_name: account.name,
    account_currency: account.currency,
    ...(level === 'account' ? {} : { campaign_id: campaign?.id, campaign_name: campaign?.name }),
    ...(level === 'account' ? {} : { objective: objectiveOf(entity.channel) }),
    ...(level === 'adset' || level === 'ad' ? { adset_id: group.id, adset_name: group.name } : {}),
    ...(level === 'ad' ? { ad_id: entity.id, ad_name: entity.name } : {}),
    date_start: since,
    date_stop: until,
  };
}

function metrics(sums: Sums, { windows }: InsightsQuery): Record<string, unknown> {
  const { spend, impressions, clicks, conversions, revenue } = sums;
  const reach = Math.ceil(impressions * 0.72);
  const links = Math.floor(clicks * 0.8);
  const purchases = (total: string, part: (share: number) => string, lift: string): Record<string, string>[] =>
    purchaseNames.map((type) => ({
      action_type: type,
      value: total,
      ...Object.fromEntries(
        windows
          .filter((window) => window !== 'default')
          .map((window) => [window, window === 'incrementality' ? lift : part(windowShares[window]!)]),
      ),
    }));
  const perConversion = conversions === 0 ? 0 : Number(revenue) / 1e6 / conversions;
  const isSold = conversions > 0;
  return {
    spend: decimal(spend),
    impressions: String(impressions),
    clicks: String(clicks),
    inline_link_clicks: String(links),
    outbound_clicks: [{ action_type: 'outbound_click', value: String(links) }],
    reach: String(reach),
    frequency: (reach === 0 ? 0 : impressions / reach).toFixed(6),
    actions: [
      { action_type: 'link_click', value: String(links) },
      ...(isSold
        ? purchases(String(conversions), (share) => String(Math.round(conversions * share)), sums.caused.toFixed(2))
        : []),
    ],
    action_values: isSold
      ? purchases(
          decimal(revenue),
          (share) => ((Number(revenue) * share) / 1e6).toFixed(2),
          (sums.caused * perConversion).toFixed(2),
        )
      : undefined,
    purchase_roas:
      isSold && spend > 0n
        ? [{ action_type: 'omni_purchase', value: (Number(revenue) / Number(spend)).toFixed(6) }]
        : undefined,
    attribution_setting: '7d_click_1d_view',
  };
}
