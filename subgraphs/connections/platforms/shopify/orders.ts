import { z } from 'zod';
import type { Journey } from '../../csv/journey-columns.pure.ts';
import { dayIn } from '../../sync/plan-slices.pure.ts';
import type { Item, Mapped, Slice } from '../connector.ts';
import { micros } from '../kit/money.pure.ts';
import { channelOfVisit } from '../kit/visit-channel.pure.ts';
import { connectionStream } from './connection-stream.ts';

const dayMs = 86_400_000;
const instant = z.iso.datetime({ offset: true });
const moneyBag = z.looseObject({ shopMoney: z.looseObject({ amount: z.string(), currencyCode: z.string() }) });

const visit = z.looseObject({
  occurredAt: instant.nullish(),
  referrerUrl: z.string().nullish(),
  source: z.string().nullish(),
  utmParameters: z
    .looseObject({ source: z.string().nullish(), medium: z.string().nullish(), campaign: z.string().nullish() })
    .nullish(),
});
type Visit = z.infer<typeof visit>;

const order = z.looseObject({
  id: z.string(),
  legacyResourceId: z.string(),
  name: z.string().nullish(),
  createdAt: instant,
  updatedAt: instant,
  cancelledAt: instant.nullish(),
  displayFinancialStatus: z.string().nullish(),
  totalPriceSet: moneyBag,
  sourceName: z.string().nullish(),
  discountCodes: z.array(z.string()).nullish(),
  test: z.boolean().nullish(),
  customer: z.looseObject({ id: z.string() }).nullish(),
  refunds: z
    .array(z.looseObject({ legacyResourceId: z.string(), createdAt: instant, totalRefundedSet: moneyBag }))
    .nullish(),
  customerJourneySummary: z.looseObject({ firstVisit: visit.nullish(), lastVisit: visit.nullish() }).nullish(),
});
type Order = z.infer<typeof order>;

const money = 'shopMoney { amount currencyCode }';
const visitFields = 'occurredAt landingPage referrerUrl source sourceType utmParameters { source medium campaign }';

/** Orders, their refunds on the day they were made, and the first and the last visit before each. */
export const orders = connectionStream<Order>({
  field: 'orders',
  title: 'Orders, refunds and what led to them',
  delivers: ['items', 'journeys'],
  scopes: ['read_orders'],
  row: order,
  fields: `id legacyResourceId name createdAt updatedAt cancelledAt displayFinancialStatus
    totalPriceSet { ${money} } sourceName discountCodes test customer { id }
    refunds { legacyResourceId createdAt totalRefundedSet { ${money} } }
    customerJourneySummary { firstVisit { ${visitFields} } lastVisit { ${visitFields} } }`,
  pageSize: 100,
  map: mapOrder,
});

function mapOrder(row: Order, slice: Slice): Mapped {
  const journeys = journeyOf(row, slice);
  return { items: [orderItem(row), ...refundItems(row)], ...(journeys ? { journeys: [journeys] } : {}) };
}

/** What was cancelled, or only tried out, is kept and counts nothing. */
function counts({ cancelledAt, test }: Order): boolean {
  return !cancelledAt && test !== true;
}

function broughtBy({ customerJourneySummary: journey }: Order): { channel: string; campaign: string | null } {
  const last = journey?.lastVisit ?? journey?.firstVisit;
  return last ? wayOf(last) : { channel: 'Direct', campaign: null };
}

function wayOf({ source, referrerUrl, utmParameters: utm }: Visit): { channel: string; campaign: string | null } {
  const channel = channelOfVisit({ source: utm?.source ?? source, medium: utm?.medium, referrer: referrerUrl });
  return { channel, campaign: utm?.campaign || null };
}

function orderItem(row: Order): Item {
  const { amount, currencyCode: currency } = row.totalPriceSet.shopMoney;
  const isSold = counts(row);
  return {
    key: row.legacyResourceId,
    kind: 'order',
    occurredAt: new Date(row.createdAt),
    updatedAt: new Date(row.updatedAt),
    ...broughtBy(row),
    currency,
    conversions: isSold ? 1 : 0,
    revenue: isSold ? micros(amount) : 0n,
    details: {
      name: row.name ?? null,
      total: amount,
      status: row.displayFinancialStatus ?? null,
      cancelled: row.cancelledAt ?? null,
      test: row.test === true,
      source: row.sourceName ?? null,
      discounts: row.discountCodes ?? [],
      customer: row.customer?.id.split('/').at(-1) ?? null,
    },
  };
}

/** The refund of an order that counts nothing takes nothing away either. */
function refundItems(row: Order): Item[] {
  return (row.refunds ?? []).map((refund) => {
    const { amount, currencyCode: currency } = refund.totalRefundedSet.shopMoney;
    return {
      key: `refund/${refund.legacyResourceId}`,
      kind: 'refund',
      occurredAt: new Date(refund.createdAt),
      updatedAt: new Date(row.updatedAt),
      ...broughtBy(row),
      currency,
      revenue: counts(row) ? -micros(amount) : 0n,
      details: { order: row.legacyResourceId, amount },
    };
  });
}

/** Shopify tells of the first and the last visit, not of those between them. Null when it knows of none. */
function journeyOf(row: Order, { account }: Slice): Journey | null {
  const { firstVisit: first, lastVisit: last } = row.customerJourneySummary ?? {};
  const bought = new Date(row.createdAt);
  const isSame = first && last && first.occurredAt === last.occurredAt && wayOf(first).channel === wayOf(last).channel;
  const visits = (isSame ? [last] : [first, last]).filter((one) => one !== null && one !== undefined);
  if (visits.length === 0) return null;
  const isSold = counts(row);
  return {
    key: row.legacyResourceId,
    date: dayIn(bought, account.timeZone),
    currency: row.totalPriceSet.shopMoney.currencyCode,
    conversions: isSold ? 1 : 0,
    nulls: isSold ? 0 : 1,
    value: isSold ? micros(row.totalPriceSet.shopMoney.amount) : 0n,
    touches: visits.map((one) => ({ ...wayOf(one), age: ageOf(one, bought) })),
  };
}

/** Days before the order; NaN when nobody knows. */
function ageOf({ occurredAt }: Visit, bought: Date): number {
  return occurredAt ? Math.max(0, (bought.getTime() - Date.parse(occurredAt)) / dayMs) : Number.NaN;
}
