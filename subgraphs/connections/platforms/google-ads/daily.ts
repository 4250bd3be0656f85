import { z } from 'zod';
import { defineStream, type Answer, type Json, type Slice, type Totals } from '../connector.ts';
import { count, micros } from '../kit/money.pure.ts';
import { nextTokenOf, resultsOf, search } from './query.ts';

/** Zeros are not written. */
const metrics = z.looseObject({
  costMicros: z.string().default('0'),
  impressions: z.string().default('0'),
  clicks: z.string().default('0'),
  conversions: z.number().default(0),
  conversionsValue: z.number().default(0),
});
const none = { costMicros: '0', impressions: '0', clicks: '0', conversions: 0, conversionsValue: 0 };

const part = z.looseObject({ id: z.string(), name: z.string().optional() });

const dailyRow = z.looseObject({
  segments: z.looseObject({ date: z.string() }),
  customer: z.looseObject({ id: z.string() }),
  campaign: part,
  adGroup: part.optional(),
  adGroupAd: z.looseObject({ ad: part }).optional(),
  metrics: metrics.default(none),
});

type DailyRow = z.infer<typeof dailyRow>;

const metricFields =
  'metrics.cost_micros, metrics.impressions, metrics.clicks, metrics.conversions, metrics.conversions_value';
/** Kinds of campaigns that have no advertisements of their own; their figures are there for the campaign only. */
const withoutAds = "('PERFORMANCE_MAX', 'LOCAL_SERVICES')";

/** The two questions that together give everything: by advertisement, and by campaign where there are none. */
const parts = [
  {
    fields: 'ad_group.id, ad_group.name, ad_group_ad.ad.id, ad_group_ad.ad.name,',
    resource: 'ad_group_ad',
    condition: `campaign.advertising_channel_type NOT IN ${withoutAds}`,
  },
  { fields: '', resource: 'campaign', condition: `campaign.advertising_channel_type IN ${withoutAds}` },
] as const;

interface Place {
  part: number;
  token: string | null;
}

function placeOf(at: Json | null): Place {
  return (at as unknown as Place | null) ?? { part: 0, token: null };
}

function dailyQuery({ part }: Place, { from, to }: Slice): string {
  const { fields, resource, condition } = parts[part]!;
  return `SELECT segments.date, customer.id, campaign.id, campaign.name, ${fields} ${metricFields} FROM ${resource}
    WHERE segments.date BETWEEN '${from}' AND '${to}' AND ${condition}`;
}

function entityOf({ customer, campaign, adGroup, adGroupAd }: DailyRow): string {
  const below = adGroupAd && adGroup ? `${adGroup.id}~${adGroupAd.ad.id}` : `campaign/${campaign.id}`;
  return `${customer.id}/${below}`;
}

/** Text and responsive advertisements have no name. */
function adName({ adGroupAd }: DailyRow): string | null {
  return adGroupAd ? adGroupAd.ad.name || `Ad ${adGroupAd.ad.id}` : null;
}

export const adDaily = defineStream<DailyRow>({
  name: 'ad_daily',
  title: 'Advertisements by day',
  delivers: ['facts'],
  basis: 'claimed',
  key: ['segments.date', 'customer.id', 'campaign.id', 'adGroup.id', 'adGroupAd.ad.id'],
  row: dailyRow,
  // Conversions are counted on the day of the click, up to the account's window of usually 30 days later.
  cursor: { by: 'day', lookbackDays: 30, windowDays: 14, historyDays: 1100 },
  pageSize: 0,
  request: (slice, at) => search(slice.account, dailyQuery(placeOf(at), slice), placeOf(at).token),
  rows: resultsOf,
  next: (answer, _, at) => {
    const { part } = placeOf(at);
    const token = nextTokenOf(answer);
    if (token !== null) return { part, token };
    return part + 1 < parts.length ? { part: part + 1, token: null } : null;
  },
  map: (row) => ({
    facts: [
      {
        date: row.segments.date,
        entity: entityOf(row),
        channel: 'Google Ads',
        campaign: row.campaign.name ?? row.campaign.id,
        adGroup: row.adGroup ? (row.adGroup.name ?? row.adGroup.id) : null,
        ad: adName(row),
        spend: BigInt(row.metrics.costMicros),
        impressions: count(row.metrics.impressions),
        clicks: count(row.metrics.clicks),
        conversions: row.metrics.conversions,
        revenue: micros(row.metrics.conversionsValue),
      },
    ],
  }),
  totals: {
    request: ({ account, from, to }) =>
      search(account, `SELECT ${metricFields} FROM customer WHERE segments.date BETWEEN '${from}' AND '${to}'`),
    read: readTotals,
  },
});

function readTotals(answer: Answer): Totals {
  const sums: Required<Pick<Totals, 'spend' | 'impressions' | 'clicks' | 'conversions'>> = {
    spend: 0n,
    impressions: 0,
    clicks: 0,
    conversions: 0,
  };
  for (const { metrics: one } of z.array(z.looseObject({ metrics: metrics.default(none) })).parse(resultsOf(answer))) {
    sums.spend += BigInt(one.costMicros);
    sums.impressions += count(one.impressions);
    sums.clicks += count(one.clicks);
    sums.conversions += one.conversions;
  }
  return sums;
}
