import { json, type Answer } from '../kit/answer.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import type { OrderTruth } from '../truth/orders-truth.ts';
import { decimal } from '../truth/stable.pure.ts';
import { dayIn, isoIn, startOfDay } from '../truth/zone.pure.ts';
import { invalidInput } from './errors.pure.ts';
import { isSold, marketplaceAsked, type AmazonDouble } from './state.ts';

const dayMs = 86_400_000;
const historyDays = 732;

interface Interval {
  from: number;
  to: number;
}

/** `GET /sales/v1/orderMetrics`: what was ordered in a marketplace, by day of a zone or as a whole. */
export function orderMetrics(request: DoubleRequest, double: AmazonDouble): Answer {
  const { query } = request;
  const account = double.state.orders.account(marketplaceAsked(request) ?? '');
  if (!account) return invalidInput('marketplaceIds must name one marketplace.');
  const interval = readInterval(query.get('interval') ?? '');
  if (!interval) return invalidInput('interval must be two instants with offsets, divided by two hyphens.');
  if (interval.from < double.clock.now() - historyDays * dayMs) return invalidInput('interval is older than 2 years.');
  const granularity = query.get('granularity');
  if (granularity !== 'Day' && granularity !== 'Total') return invalidInput('granularity must be Day or Total here.');
  const zone = query.get('granularityTimeZone');
  if (!zone) return invalidInput('granularityTimeZone is required for granularities above Hour.');
  const parts = granularity === 'Total' ? [interval] : daysOf(interval, zone);
  const orders = double.state.orders.created(account, interval.from, interval.to).filter(isSold);
  return json({ payload: parts.map((part) => metric(part, zone, account, orders)) });
}

function readInterval(text: string): Interval | null {
  const [from, to, ...rest] = text.split('--');
  const withOffset = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:\d{2})$/;
  if (rest.length > 0 || !withOffset.test(from ?? '') || !withOffset.test(to ?? '')) return null;
  const interval = { from: Date.parse(from!), to: Date.parse(to!) };
  return interval.to > interval.from ? interval : null;
}

function daysOf({ from, to }: Interval, zone: string): Interval[] {
  const first = dayIn(zone, from);
  const count = dayIn(zone, to - 1) - first + 1;
  return Array.from({ length: count }, (_, index) => ({
    from: Math.max(from, startOfDay(zone, first + index)),
    to: Math.min(to, startOfDay(zone, first + index + 1)),
  }));
}

function metric({ from, to }: Interval, zone: string, { currency }: AccountTruth, all: readonly OrderTruth[]) {
  const orders = all.filter(({ createdAt }) => createdAt >= from && createdAt < to);
  const items = orders.flatMap((order) => order.items);
  const units = items.reduce((sum, { quantity }) => sum + quantity, 0);
  const sales = orders.reduce((sum, { amount }) => sum + amount, 0n);
  return {
    interval: `${minute(zone, from)}--${minute(zone, to)}`,
    unitCount: units,
    orderItemCount: items.length,
    orderCount: orders.length,
    averageUnitPrice: { amount: decimal(units === 0 ? 0n : sales / BigInt(units)), currencyCode: currency },
    totalSales: { amount: decimal(sales), currencyCode: currency },
  };
}

/** Without seconds when there are none, as Amazon writes it: `2026-11-01T00:00+01:00`. */
function minute(zone: string, instant: number): string {
  return isoIn(zone, instant, true).replace(/:00([+-]\d{2}:\d{2})$/, '$1');
}
