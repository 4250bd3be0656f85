import { z } from 'zod';
import { dayIn } from '../../sync/plan-slices.pure.ts';
import type { Item, Json, Mapped, Slice } from '../connector.ts';
import { defineStream } from '../connector.ts';
import { micros } from '../kit/money.pure.ts';
import { attributionOf, ageAt, marketOf, order, type Order } from './attribution.pure.ts';
import { beginning, isSale, nextPlace, requestOf, type OrderInShort, type Place } from './order-places.pure.ts';

const refund = z.looseObject({ id: z.number(), date_created_gmt: z.string(), amount: z.string() });
type Refund = z.infer<typeof refund> & { ofOrder: OrderInShort };

const row = z.union([z.looseObject({ ...refund.shape, ofOrder: z.custom<OrderInShort>() }), order]);

/** Orders with the last visit before each; their refunds are asked for one by one, as only there is their day. */
export const orders = defineStream<Order | Refund>({
  name: 'orders',
  title: 'Orders, refunds and what led to them',
  delivers: ['items', 'journeys'],
  basis: 'booked',
  key: ['id'],
  row,
  cursor: { by: 'update', overlapSeconds: 600, windowDays: 30, historyDays: 1120 },
  pageSize: 50,
  request: (slice, at) => requestOf(slice, placeIn(at)),
  rows: ({ body }, _, at) => {
    const [ofOrder] = placeIn(at).queue;
    const found = body as object[];
    return ofOrder ? found.map((one) => ({ ...one, ofOrder })) : found;
  },
  next: (answer, slice, at) => nextPlace(answer, slice, placeIn(at)) as unknown as Json,
  map: (given, slice) => ('ofOrder' in given ? { items: [refundItem(given as Refund)] } : mapOrder(given, slice)),
});

function placeIn(at: Json | null): Place {
  return (at as unknown as Place | null) ?? beginning;
}

/** Times come without an offset; those called `_gmt` are of UTC. Throws RangeError for what is no time. */
function utc(text: string): Date {
  const date = new Date(`${text}Z`);
  if (Number.isNaN(date.getTime())) throw new RangeError(`${text} is no time.`);
  return date;
}

function mapOrder(given: Order, slice: Slice): Mapped {
  const made = utc(given.date_created_gmt);
  const isSold = isSale(given.status);
  const revenue = isSold ? micros(given.total) : 0n;
  const { isKnown, ...way } = attributionOf(given);
  const key = String(given.id);
  const item: Item = {
    key,
    kind: 'order',
    occurredAt: made,
    updatedAt: utc(given.date_modified_gmt),
    ...way,
    region: marketOf(given),
    currency: given.currency,
    conversions: isSold ? 1 : 0,
    revenue,
    details: {
      number: given.number ?? null,
      status: given.status,
      total: given.total,
      guest: given.customer_id === 0,
      customer: given.customer_id || null,
    },
  };
  if (!isKnown) return { items: [item] };
  const journey = {
    key,
    date: dayIn(made, slice.account.timeZone),
    currency: given.currency,
    conversions: isSold ? 1 : 0,
    nulls: isSold ? 0 : 1,
    value: revenue,
    touches: [{ ...way, age: ageAt(given, made) }],
  };
  return { items: [item], journeys: [journey] };
}

/** The refund of an order that counts nothing takes nothing away either. */
function refundItem({ id, date_created_gmt: made, amount, ofOrder }: Refund): Item {
  return {
    key: `refund/${id}`,
    kind: 'refund',
    occurredAt: utc(made),
    updatedAt: null,
    channel: ofOrder.channel,
    campaign: ofOrder.campaign,
    region: ofOrder.region ?? null,
    currency: ofOrder.currency,
    revenue: ofOrder.counts ? -micros(amount.replace(/^-/, '')) : 0n,
    details: { order: ofOrder.id, amount },
  };
}
