import { z } from 'zod';
import { defineStream, type Answer, type Json, type Slice } from '../connector.ts';
import { metricId } from './accounts.ts';
import { listPage, nextLinkOf } from './pages.ts';

const reference = z.looseObject({ id: z.string() });
const one = z.looseObject({ data: reference.nullish() });

const credited = z.looseObject({ 'campaign-message': one.optional(), flow: one.optional() });

type Attribution = z.infer<typeof credited>;

const eventRow = z.looseObject({
  id: z.string(),
  attributes: z.looseObject({
    datetime: z.string(),
    event_properties: z.looseObject({
      $value: z.number().nullish(),
      $event_id: z.union([z.string(), z.number()]).nullish(),
    }),
  }),
  relationships: z
    .looseObject({ attributions: z.looseObject({ data: z.array(reference).nullish() }).optional() })
    .optional(),
  /** What the order is credited to; put beside the event by `rows`. */
  attribution: credited.nullable(),
});

const page = z.object({
  data: z.array(z.looseObject({ relationships: z.unknown().optional() })),
  included: z
    .array(z.looseObject({ type: z.string(), id: z.string(), relationships: z.unknown().optional() }))
    .default([]),
});

/** Events with what they are credited to, which stands apart in the answer. */
function eventsOf({ body }: Answer): readonly unknown[] {
  const { data, included } = page.parse(body);
  const byId = new Map(included.filter(({ type }) => type === 'attribution').map((item) => [item.id, item]));
  return data.map((event) => {
    const [first] = (event.relationships as { attributions?: { data?: { id: string }[] } })?.attributions?.data ?? [];
    return { ...event, attribution: (first && byId.get(first.id)?.relationships) ?? null };
  });
}

/**
 * Orders as Klaviyo was told of them, with the message each is credited to. They add to no figures: the sums by day have
 * them, and the shop books them.
 */
export const orderEvents = defineStream<z.infer<typeof eventRow>>({
  name: 'order_events',
  title: 'Orders with the message they are credited to',
  delivers: ['items'],
  basis: 'claimed',
  scopes: ['events:read'],
  key: ['id'],
  row: eventRow,
  // An event may be told of days after it happened, so days are read again and not only what is new.
  cursor: { by: 'day', lookbackDays: 14, windowDays: 14, historyDays: 365 },
  pageSize: 1000,
  request: (slice, at: Json | null) => {
    const filter = [
      `equals(metric_id,"${metricId(slice.account, 'placedOrder') ?? 'none'}")`,
      `greater-or-equal(datetime,${slice.since.toISOString()})`,
      `less-than(datetime,${slice.until.toISOString()})`,
    ].join(',');
    const query = { filter, include: 'attributions', sort: 'datetime', 'page[size]': slice.pageSize };
    return listPage({ url: '/events', query }, at);
  },
  rows: eventsOf,
  next: nextLinkOf,
  map: ({ id, attributes, attribution }, slice) => {
    const { $value: value, $event_id: order } = attributes.event_properties;
    const details = { order: order == null ? null : String(order), value: value ?? 0, ...creditOf(attribution, slice) };
    const at = new Date(attributes.datetime);
    return { items: [{ key: id, kind: 'event', occurredAt: at, updatedAt: null, channel: null, details }] };
  },
});

/** The flow or campaign an order is credited to, by name where it is known. */
function creditOf(attribution: Attribution | null, slice: Slice): { creditedTo: string | null; kind: string | null } {
  const flow = attribution?.flow?.data?.id;
  if (flow) return { creditedTo: slice.nameOf('flow', flow) ?? flow, kind: 'flow' };
  const message = attribution?.['campaign-message']?.data?.id;
  return message
    ? { creditedTo: slice.nameOf('message', message) ?? message, kind: 'campaign' }
    : { creditedTo: null, kind: null };
}
