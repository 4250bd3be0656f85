import { z } from 'zod';
import { regionOf } from '../kit/region.pure.ts';
import { channelOfVisit } from '../kit/visit-channel.pure.ts';

const dayMs = 86_400_000;

const address = z.looseObject({ country: z.string().nullish(), state: z.string().nullish() }).nullish();

export const order = z.looseObject({
  id: z.number(),
  number: z.string().nullish(),
  status: z.string(),
  currency: z.string(),
  date_created_gmt: z.string(),
  date_modified_gmt: z.string(),
  total: z.string(),
  customer_id: z.number().nullish(),
  refunds: z.array(z.looseObject({ id: z.number() })).nullish(),
  billing: address,
  shipping: address,
  // Plugins leave values of any type there.
  meta_data: z.array(z.looseObject({ key: z.string(), value: z.unknown() })).nullish(),
});

export type Order = z.infer<typeof order>;

/** The last visit as WooCommerce remembers it with the order; `isKnown` is false when it remembers none. */
export function attributionOf(given: Order): { channel: string; campaign: string | null; isKnown: boolean } {
  const source = metaOf(given, 'utm_source');
  const medium = metaOf(given, 'utm_medium');
  const referrer = metaOf(given, 'referrer');
  const type = metaOf(given, 'source_type');
  const isKnown = type !== '' && type !== 'typein' && type !== 'admin';
  if (!isKnown) return { channel: 'Direct', campaign: null, isKnown };
  const how = medium || (type === 'organic' ? 'organic' : '');
  const campaign = metaOf(given, 'utm_campaign') || null;
  return { channel: channelOfVisit({ source, medium: how, referrer }), campaign, isKnown };
}

/** The market an order went to; of one that is not sent, where its bill went. */
export function marketOf({ billing, shipping }: Order): string | null {
  return regionOf(shipping?.country, shipping?.state) ?? regionOf(billing?.country, billing?.state);
}

/** Days between the begin of the last visit and the order; NaN when nobody knows. */
export function ageAt(given: Order, made: Date): number {
  const started = Date.parse(`${metaOf(given, 'session_start_time').replace(' ', 'T')}Z`);
  return Math.max(0, (made.getTime() - started) / dayMs);
}

function metaOf({ meta_data: meta }: Order, name: string): string {
  const found = meta?.find(({ key }) => key === `_wc_order_attribution_${name}`)?.value;
  return typeof found === 'string' ? found : '';
}
