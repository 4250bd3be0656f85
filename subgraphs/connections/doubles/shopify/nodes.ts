import type { AccountTruth } from '../truth/accounts.pure.ts';
import type { OrderTruth } from '../truth/orders-truth.ts';
import { decimal } from '../truth/stable.pure.ts';
import type { VisitTruth } from '../truth/visits.pure.ts';

type Node = Record<string, unknown>;

const instant = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');

/** An amount in the shop's currency, and as the customer saw it. */
function moneyBag(amount: bigint, currencyCode: string): Node {
  const money = { amount: decimal(amount), currencyCode };
  return { shopMoney: money, presentmentMoney: money };
}

/** An order as the API shows it. */
export function orderNode(order: OrderTruth): Node {
  const { currency } = order;
  const refunded = order.refunds.reduce((sum, { amount }) => sum + amount, 0n);
  const bag = (amount: bigint): Node => moneyBag(amount, currency);
  return {
    id: `gid://shopify/Order/${order.id}`,
    legacyResourceId: order.id,
    name: `#${order.number}`,
    createdAt: instant(order.createdAt),
    updatedAt: instant(order.updatedAt),
    processedAt: instant(order.createdAt),
    cancelledAt: order.cancelledAt === null ? null : instant(order.cancelledAt),
    displayFinancialStatus: financialStatus(order, refunded),
    currencyCode: currency,
    presentmentCurrencyCode: currency,
    totalPriceSet: bag(order.amount),
    currentTotalPriceSet: bag(order.amount - refunded),
    totalRefundedSet: bag(refunded),
    netPaymentSet: bag(order.amount - refunded),
    sourceName: 'web',
    discountCodes: [],
    tags: [],
    test: order.isTest,
    customer: { id: `gid://shopify/Customer/${order.customer.id}` },
    refunds: order.refunds.map((refund) => ({
      id: `gid://shopify/Refund/${refund.id}`,
      legacyResourceId: refund.id,
      createdAt: instant(refund.at),
      totalRefundedSet: bag(refund.amount),
    })),
    customerJourneySummary: journeySummary(order),
  };
}

function financialStatus({ amount, cancelledAt }: OrderTruth, refunded: bigint): string {
  if (cancelledAt !== null) return 'VOIDED';
  if (refunded === 0n) return 'PAID';
  return refunded === amount ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
}

/** The first and the last visit; those between them are not told. */
function journeySummary({ visits }: OrderTruth): Node {
  const [first] = visits;
  const last = visits.at(-1);
  return {
    ready: true,
    momentsCount: { count: visits.length },
    firstVisit: first ? visitNode(first) : null,
    lastVisit: last ? visitNode(last) : null,
  };
}

function visitNode(visit: VisitTruth): Node {
  const { source, medium, campaign, landingPage, referrer } = visit;
  return {
    occurredAt: instant(visit.at),
    landingPage,
    referrerUrl: referrer || null,
    source,
    sourceType: null,
    utmParameters: { source, medium, campaign, content: null, term: null },
  };
}

export function customerNode({ customer, createdAt, updatedAt }: OrderTruth): Node {
  return {
    id: `gid://shopify/Customer/${customer.id}`,
    legacyResourceId: customer.id,
    createdAt: instant(createdAt),
    updatedAt: instant(updatedAt),
    numberOfOrders: '1',
    defaultEmailAddress: { emailAddress: customer.email },
  };
}

export function productNode({ sku, title }: { sku: string; title: string }): Node {
  const number = sku.replace(/\D/g, '');
  return {
    id: `gid://shopify/Product/${number}`,
    legacyResourceId: number,
    title,
    status: 'ACTIVE',
    updatedAt: '2025-01-15T08:00:00Z',
  };
}

export function shopNode({ id, name, currency, timeZone }: AccountTruth): Node {
  return { name, myshopifyDomain: id, currencyCode: currency, ianaTimezone: timeZone };
}
