import { dayNumber } from '../../mock/calendar.pure.ts';
import type { Totals, TotalsQuery } from '../kit/define-double.ts';
import type { AccountTruth } from './accounts.pure.ts';
import type { OrdersTruth, OrderTruth } from './orders-truth.ts';
import { startOfDay } from './zone.pure.ts';

const dayMs = 86_400_000;
/** Refunds are made at the latest so long after their order. */
const refundsWithinDays = 60;

/**
 * What is left of the sales of the days: each refund counts on its own day, also one of an older order. Cancelled orders
 * and those made to try the shop count nothing.
 */
export function netTotals(
  orders: OrdersTruth,
  { account, from, to }: TotalsQuery,
  counts: (order: OrderTruth) => boolean = isSold,
): Totals {
  const asked = orders.accounts.filter(({ id, kind }) => kind !== 'forbidden' && (account === null || id === account));
  let conversions = 0;
  let sold = 0n;
  let refunded = 0n;
  for (const one of asked) {
    const [begin, end] = bounds(one, from, to);
    const within = (at: number): boolean => at >= begin && at < end;
    for (const order of orders.created(one, begin - refundsWithinDays * dayMs, end).filter(counts)) {
      if (within(order.createdAt)) {
        conversions += 1;
        sold += order.amount;
      }
      for (const { at, amount } of order.refunds) if (within(at)) refunded += amount;
    }
  }
  return { conversions, orders: conversions, revenue: String(sold - refunded), refunds: String(refunded) };
}

function bounds({ timeZone }: AccountTruth, from: string, to: string): [number, number] {
  return [startOfDay(timeZone, dayNumber(from)), startOfDay(timeZone, dayNumber(to) + 1)];
}

function isSold({ isTest, cancelledAt }: OrderTruth): boolean {
  return !isTest && cancelledAt === null;
}
