import { bodyHmac } from '../schemes/body-hmac.pure.ts';
import { shopifyOrder } from './shopify-order.pure.ts';
import { fieldOf, type WebhookSource } from './webhook-source.ts';

const orderEvents = new Set([
  'orders/create',
  'orders/updated',
  'orders/cancelled',
  'orders/paid',
  'orders/fulfilled',
  'orders/edited',
]);

/** Shopify. Its refunds name their order only by id; the order itself comes as `orders/updated` or by a sync. */
export const shopifySource: WebhookSource = {
  kind: 'SHOPIFY',
  platform: 'shopify',
  scheme: bodyHmac('x-shopify-hmac-sha256'),
  secretFrom: 'platform',
  headers: ['x-shopify-topic', 'x-shopify-webhook-id', 'x-shopify-shop-domain', 'x-shopify-triggered-at'],
  identify: (headers) => ({
    id: headers['x-shopify-webhook-id'] ?? null,
    event: headers['x-shopify-topic'] ?? 'unknown',
  }),
  read({ event, body }) {
    if (orderEvents.has(event) && fieldOf(body, 'total_price') !== undefined) {
      return { rows: [{ stream: 'orders', row: shopifyOrder(body as Record<string, unknown>) }] };
    }
    // The header with the name of the event is not signed; what is signed must be a shop.
    if (event === 'app/uninstalled' && fieldOf(body, 'myshopify_domain') !== undefined) {
      return { broken: 'The app was removed from the shop. Connect the shop again.' };
    }
    return { sync: event.startsWith('orders/') || event.startsWith('refunds/') };
  },
};
