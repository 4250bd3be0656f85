import { bodyHmac } from '../schemes/body-hmac.pure.ts';
import { fieldOf, type WebhookSource } from './webhook-source.ts';

/** WooCommerce. Its orders come as its API gives them; of a deleted one only the id comes. */
export const woocommerceSource: WebhookSource = {
  kind: 'WOOCOMMERCE',
  platform: 'woocommerce',
  scheme: bodyHmac('x-wc-webhook-signature'),
  secretFrom: 'us',
  headers: ['x-wc-webhook-topic', 'x-wc-webhook-delivery-id', 'x-wc-webhook-source'],
  identify: (headers) => ({
    id: headers['x-wc-webhook-delivery-id'] ?? null,
    event: headers['x-wc-webhook-topic'] ?? 'unknown',
  }),
  read({ event, body }) {
    const isOrder = event.startsWith('order.');
    if (isOrder && fieldOf(body, 'total') !== undefined) return { rows: [{ stream: 'orders', row: body }] };
    return { sync: isOrder };
  },
  // When it is saved, a webhook posts its number without a signature, and stays off unless it is answered.
  isPing: ({ headers, body }) =>
    headers['x-wc-webhook-signature'] === undefined &&
    /^webhook_id=\d{1,20}$/.test(body.toString('latin1').slice(0, 64)),
};
