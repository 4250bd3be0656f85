import type { WebhookKind } from '../../schema.generated.ts';
import { customSource, standardSource } from './custom.source.ts';
import { hubspotSource } from './hubspot.source.ts';
import { klaviyoSource } from './klaviyo.source.ts';
import { paypalSource } from './paypal.source.ts';
import { shopifySource } from './shopify.source.ts';
import { stripeSource } from './stripe.source.ts';
import type { WebhookSource } from './webhook-source.ts';
import { woocommerceSource } from './woocommerce.source.ts';

const sources: Record<WebhookKind, WebhookSource> = {
  SHOPIFY: shopifySource,
  STRIPE: stripeSource,
  HUBSPOT: hubspotSource,
  WOOCOMMERCE: woocommerceSource,
  PAYPAL: paypalSource,
  KLAVIYO: klaviyoSource,
  CUSTOM: customSource,
  STANDARD: standardSource,
};

/** The kind of sender that an endpoint is for. */
export function sourceOf(kind: WebhookKind): WebhookSource {
  return sources[kind];
}
