import { z } from 'zod';
import { dayIn } from '../../sync/plan-slices.pure.ts';
import type { Answer, ApiRequest, Slice } from '../connector.ts';
import { defineStream } from '../connector.ts';
import { micros } from '../kit/money.pure.ts';

/** Amounts are in major units, as text or number. */
export const money = z.looseObject({ amount: z.union([z.string(), z.number()]), currencyCode: z.string() });

const metric = z.looseObject({ interval: z.string(), orderCount: z.number(), totalSales: money });
const answer = z.looseObject({ payload: z.array(metric) });

/** Sums of a window, one for each day of the marketplace or one for all. */
function metrics({ account, since, until }: Slice, granularity: 'Day' | 'Total'): ApiRequest {
  return {
    url: '/sales/v1/orderMetrics',
    query: {
      marketplaceIds: account.id,
      interval: `${since.toISOString()}--${until.toISOString()}`,
      granularity,
      granularityTimeZone: account.timeZone,
    },
  };
}

/**
 * Sales by day of the marketplace: the one stream of Amazon that counts. What was ordered is booked on the day of the
 * order, cancellations change it for weeks, and refunds are left to the transactions.
 */
export const salesDaily = defineStream<z.infer<typeof metric>>({
  name: 'sales_daily',
  title: 'Sales by day',
  delivers: ['facts'],
  basis: 'booked',
  key: ['interval'],
  row: metric,
  cursor: { by: 'day', lookbackDays: 30, windowDays: 90, historyDays: 729 },
  pageSize: 0,
  request: (slice) => metrics(slice, 'Day'),
  rows: ({ body }) => (body as { payload?: unknown[] }).payload ?? [],
  next: () => null,
  map: ({ interval, orderCount, totalSales }, { account }) => ({
    facts: [
      {
        date: dayOf(interval, account.timeZone),
        entity: account.id,
        channel: 'Amazon',
        campaign: null,
        adGroup: null,
        ad: null,
        currency: totalSales.currencyCode,
        spend: 0n,
        impressions: 0,
        clicks: 0,
        conversions: orderCount,
        revenue: micros(totalSales.amount),
      },
    ],
  }),
  totals: { request: (slice) => metrics(slice, 'Total'), read: totalOf },
});

/** The day in which an interval such as `2026-11-01T00:00-07:00--2026-11-02T00:00-08:00` begins. */
function dayOf(interval: string, timeZone: string): string {
  const begin = new Date(interval.split('--')[0]!);
  if (Number.isNaN(begin.getTime())) throw new RangeError(`${interval} is no interval.`);
  return dayIn(begin, timeZone);
}

function totalOf({ body }: Answer) {
  const { payload } = answer.parse(body);
  return {
    conversions: payload.reduce((sum, { orderCount }) => sum + orderCount, 0),
    revenue: payload.reduce((sum, { totalSales }) => sum + micros(totalSales.amount), 0n),
  };
}
