import { z } from 'zod';
import type { ItemKind } from '@liftos/core/ports/memory.ts';
import type { Item } from '../../platforms/connector.ts';
import { micros } from '../../platforms/kit/money.pure.ts';
import { webhookStream, type WebhookStream } from './webhook-source.ts';

const amount = z
  .union([z.string(), z.number()])
  .transform(String)
  .refine(
    (text) => /^-?\d{1,12}(?:\.\d{1,6})?$/.test(text),
    'must be a number with at most six decimals, e.g. 12.5 or "12.50"',
  )
  .transform((text) => micros(text));
const count = z.number().min(0).max(1e12);
const name = z.string().trim().min(1).max(500);
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const currency = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code, e.g. EUR');
const details = z.record(z.string().max(100), z.union([z.string().max(1000), z.number(), z.boolean(), z.null()]));

/** What is about something with an id; without a channel it adds to no daily figures. */
const thing = z.strictObject({
  id: z.string().min(1).max(200),
  occurredAt: instant,
  updatedAt: instant.optional(),
  deleted: z.boolean().optional(),
  channel: name.optional(),
  campaign: name.optional(),
  adGroup: name.optional(),
  ad: name.optional(),
  currency: currency.optional(),
  details: details.optional(),
});
const sale = thing.extend({ amount, conversions: count.default(1) });
const refund = thing.extend({ amount, orderId: z.string().max(200).optional() });
const event = thing.extend({ name, amount: amount.optional(), conversions: count.default(0) });
const day = z.strictObject({
  date: z.iso.date(),
  channel: name,
  campaign: name.optional(),
  adGroup: name.optional(),
  ad: name.optional(),
  currency: currency.optional(),
  spend: amount.refine((value) => value >= 0n, 'must not be negative').default(0n),
  impressions: count.default(0),
  clicks: count.default(0),
  conversions: count.default(0),
  revenue: amount.default(0n),
});

function itemOf(kind: ItemKind, row: z.output<typeof thing>, change: Partial<Item>): Item {
  const { id, occurredAt, updatedAt, deleted, channel, campaign, adGroup, ad } = row;
  return {
    key: id,
    kind,
    occurredAt,
    updatedAt: updatedAt ?? null,
    channel: channel ?? null,
    campaign: campaign ?? null,
    adGroup: adGroup ?? null,
    ad: ad ?? null,
    ...(deleted ? { deleted } : {}),
    ...(row.currency ? { currency: row.currency } : {}),
    details: row.details ?? {},
    ...change,
  };
}

/** What custom webhooks carry, by the name of the list it stands in. */
export const customStreams: readonly WebhookStream[] = [
  webhookStream<z.output<typeof sale>>({
    name: 'orders',
    basis: 'booked',
    row: sale,
    map: (row) => ({ items: [itemOf('order', row, { revenue: row.amount, conversions: row.conversions })] }),
  }),
  webhookStream<z.output<typeof refund>>({
    name: 'refunds',
    basis: 'booked',
    row: refund,
    map: (row) => {
      const about = row.orderId === undefined ? {} : { details: { ...row.details, orderId: row.orderId } };
      return { items: [itemOf('refund', row, { revenue: -row.amount, ...about })] };
    },
  }),
  webhookStream<z.output<typeof sale>>({
    name: 'payments',
    basis: 'paid',
    row: sale,
    map: (row) => ({ items: [itemOf('payment', row, { revenue: row.amount, conversions: row.conversions })] }),
  }),
  webhookStream<z.output<typeof event>>({
    name: 'events',
    basis: 'booked',
    row: event,
    map: (row) => {
      const figures = { revenue: row.amount ?? 0n, conversions: row.conversions };
      return { items: [itemOf('event', row, { ...figures, details: { ...row.details, name: row.name } })] };
    },
  }),
  webhookStream<z.output<typeof day>>({
    name: 'daily',
    basis: 'claimed',
    row: day,
    map: ({ campaign = null, adGroup = null, ad = null, currency: given, ...row }, { account }) => {
      const money = given ?? account.currency;
      const entity = JSON.stringify([row.channel, campaign, adGroup, ad, money]);
      return { facts: [{ ...row, campaign, adGroup, ad, currency: money, entity }] };
    },
  }),
];
