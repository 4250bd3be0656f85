import { z } from 'zod';
import type { Item, Json } from '../connector.ts';
import { defineStream } from '../connector.ts';
import { money } from './sales.ts';

const instant = z.iso.datetime({ offset: true });
const order = z.looseObject({
  orderId: z.string(),
  createdTime: instant,
  lastUpdatedTime: instant,
  salesChannel: z.union([z.string(), z.looseObject({ channelName: z.string().nullish() })]).nullish(),
  fulfillment: z.looseObject({ fulfillmentStatus: z.string().nullish(), fulfilledBy: z.string().nullish() }).nullish(),
  proceeds: z.looseObject({ grandTotal: money.nullish() }).nullish(),
  orderItems: z
    .array(
      z.looseObject({
        product: z.looseObject({ asin: z.string().nullish(), sellerSku: z.string().nullish() }).nullish(),
        quantityOrdered: z.number().nullish(),
      }),
    )
    .nullish(),
});
type Order = z.infer<typeof order>;

interface Page {
  orders?: unknown[];
  pagination?: { nextToken?: string | null } | null;
}

/** Where the next page begins. */
interface Place {
  token: string;
  /** When Amazon gave the token. */
  at: number;
}

/** Tokens of pages are good for a day; an older one begins the window again. */
const tokenMs = 23 * 3_600_000;

/**
 * Orders that changed since yesterday, one by one. A page of a hundred takes three minutes once a burst of twenty is used
 * up, so that nothing older is read, and all in one window: it has no end but now. They add to no figures: each is already in `sales_daily`. Names and addresses of
 * buyers are not asked for.
 */
export const orders = defineStream<Order>({
  name: 'orders',
  title: 'Orders that changed of late',
  delivers: ['items'],
  basis: 'booked',
  key: ['orderId'],
  row: order,
  cursor: { by: 'update', overlapSeconds: 900, windowDays: 3, historyDays: 1 },
  pageSize: 100,
  request: ({ account, since, pageSize, now }, at) => ({
    url: '/orders/2026-01-01/orders',
    query: {
      marketplaceIds: account.id,
      lastUpdatedAfter: since.toISOString(),
      includedData: 'PROCEEDS,PROMOTION',
      maxResultsPerPage: pageSize,
      paginationToken: tokenOf(at, now),
    },
  }),
  rows: ({ body }) => (body as Page).orders ?? [],
  next: ({ body }, { now }): Json | null => {
    const token = (body as Page).pagination?.nextToken;
    return token ? { token, at: now.getTime() } : null;
  },
  map: (row) => ({ items: [itemOf(row)] }),
});

function tokenOf(at: Json | null, now: Date): string | undefined {
  const place = at as unknown as Place | null;
  return place && now.getTime() - place.at < tokenMs ? place.token : undefined;
}

/** Orders whose payment is still looked into have no price. */
function itemOf(row: Order): Item {
  const { proceeds, fulfillment } = row;
  return {
    key: row.orderId,
    kind: 'order',
    occurredAt: new Date(row.createdTime),
    updatedAt: new Date(row.lastUpdatedTime),
    channel: null,
    ...(proceeds?.grandTotal ? { currency: proceeds.grandTotal.currencyCode } : {}),
    details: {
      total: proceeds?.grandTotal?.amount ?? null,
      status: fulfillment?.fulfillmentStatus ?? null,
      fulfilledBy: fulfillment?.fulfilledBy ?? null,
      salesChannel: channelIn(row),
      items: itemsIn(row),
    },
  };
}

function channelIn({ salesChannel: sold }: Order): string | null {
  return typeof sold === 'string' ? sold : (sold?.channelName ?? null);
}

function itemsIn({ orderItems }: Order): Json[] {
  return (orderItems ?? []).map(({ product, quantityOrdered: quantity }) => ({
    asin: product?.asin ?? null,
    sku: product?.sellerSku ?? null,
    quantity: quantity ?? null,
  }));
}
