import { stripe } from '../schemes/stripe.pure.ts';
import { fieldOf, textOf, type WebhookSource } from './webhook-source.ts';

/** Streams by what an event is about, in Stripe's words. */
const streams: Record<string, string> = { charge: 'charges', refund: 'refunds' };

/** Stripe. Events carry the object as the lists give it. */
export const stripeSource: WebhookSource = {
  kind: 'STRIPE',
  platform: 'stripe',
  scheme: stripe,
  secretFrom: 'platform',
  headers: [],
  identify: (_, body) => ({ id: textOf(body, 'id'), event: textOf(body, 'type') ?? 'unknown' }),
  read({ event, body }) {
    const object = fieldOf(fieldOf(body, 'data'), 'object');
    const stream = streams[textOf(object, 'object') ?? ''];
    const created = Number(fieldOf(body, 'created'));
    if (stream) return { rows: [{ stream, row: object, version: new Date(created * 1000) }] };
    return { sync: event.startsWith('payment_intent.') || event.startsWith('charge.') };
  },
};
