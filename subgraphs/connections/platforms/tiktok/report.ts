import { z } from 'zod';
import { defineStream, type ApiRequest, type Slice } from '../connector.ts';
import { count, micros } from '../kit/money.pure.ts';
import { listOf } from './accounts.ts';
import { nextPage } from './objects.ts';

const text = z.string().nullish();
const figures = {
  spend: text,
  impressions: text,
  clicks: text,
  complete_payment: text,
  // Despite its name this is the value of all purchases.
  total_complete_payment_rate: text,
};

const reportRow = z.looseObject({
  dimensions: z.looseObject({ ad_id: z.string(), stat_time_day: z.string() }),
  metrics: z.looseObject({
    ...figures,
    campaign_id: text,
    campaign_name: text,
    adgroup_id: text,
    adgroup_name: text,
    ad_name: text,
  }),
});

const names = ['campaign_id', 'campaign_name', 'adgroup_id', 'adgroup_name', 'ad_name'];

/** A report by day. Lists are JSON inside the query; both days are part of the range. */
function report(slice: Slice, level: 'AD' | 'ADVERTISER', metrics: readonly string[], page: number): ApiRequest {
  return {
    url: '/report/integrated/get/',
    query: {
      advertiser_id: slice.account.id,
      service_type: 'AUCTION',
      report_type: 'BASIC',
      data_level: `AUCTION_${level}`,
      dimensions: JSON.stringify([`${level.toLowerCase()}_id`, 'stat_time_day']),
      metrics: JSON.stringify(metrics),
      start_date: slice.from,
      end_date: slice.to,
      page,
      page_size: slice.pageSize,
    },
  };
}

/** Of what was deleted the report gives no names; the lists of objects do. */
function nameOf(given: string | null | undefined, slice: Slice, type: string, id: string | null | undefined) {
  if (given && given !== '-') return given;
  return id && id !== '-' ? (slice.nameOf(type, id) ?? id) : null;
}

export const adDaily = defineStream<z.infer<typeof reportRow>>({
  name: 'ad_daily',
  title: 'Advertisements by day',
  delivers: ['facts'],
  basis: 'claimed',
  key: ['dimensions.ad_id', 'dimensions.stat_time_day'],
  row: reportRow,
  // A report by day may cover 30 days.
  cursor: { by: 'day', lookbackDays: 14, windowDays: 30, historyDays: 1095 },
  pageSize: 1000,
  request: (slice, at) => report(slice, 'AD', [...names, ...Object.keys(figures)], (at as number | null) ?? 1),
  rows: listOf,
  next: nextPage,
  map: ({ dimensions, metrics }, slice) => ({
    facts: [
      {
        date: dimensions.stat_time_day.slice(0, 10),
        entity: `${slice.account.id}/${dimensions.ad_id}`,
        channel: 'TikTok Ads',
        campaign: nameOf(metrics.campaign_name, slice, 'campaign', metrics.campaign_id),
        adGroup: nameOf(metrics.adgroup_name, slice, 'adgroup', metrics.adgroup_id),
        ad: nameOf(metrics.ad_name, slice, 'ad', dimensions.ad_id),
        spend: micros(metrics.spend),
        impressions: count(metrics.impressions),
        clicks: count(metrics.clicks),
        conversions: count(metrics.complete_payment),
        revenue: micros(metrics.total_complete_payment_rate),
      },
    ],
  }),
  // At most a row a day, so one page holds them all whatever its size was cut down to.
  totals: {
    request: (slice) => report({ ...slice, pageSize: 100 }, 'ADVERTISER', Object.keys(figures), 1),
    read: (answer) => {
      const days = listOf(answer) as { metrics: Record<keyof typeof figures, string | null> }[];
      const sum = (read: (metrics: (typeof days)[number]['metrics']) => number): number =>
        days.reduce((total, { metrics }) => total + read(metrics), 0);
      return {
        spend: days.reduce((total, { metrics }) => total + micros(metrics.spend), 0n),
        impressions: sum(({ impressions }) => count(impressions)),
        clicks: sum(({ clicks }) => count(clicks)),
        conversions: sum(({ complete_payment: payments }) => count(payments)),
      };
    },
  },
});
