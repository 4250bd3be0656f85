import type { Tone } from '../../../ui/badge.tsx';
import type { WebhookDeliveryState, WebhookKind } from './webhooks.generated.ts';

interface Kind {
  label: string;
  /** The platform whose connections may take it; null for programs of one's own. */
  platform: string | null;
  /** Where the secret comes from. */
  secret: 'theirs' | 'ours';
  /** What to do at the platform. */
  steps: string;
}

/** What is known of each sender. `secret` says who makes the key that deliveries are signed with. */
export const kinds: Record<WebhookKind, Kind> = {
  SHOPIFY: {
    label: 'Shopify',
    platform: 'shopify',
    secret: 'theirs',
    steps:
      'Settings → Notifications → Webhooks: add the address as JSON, then copy the signing secret shown below the list.',
  },
  STRIPE: {
    label: 'Stripe',
    platform: 'stripe',
    secret: 'theirs',
    steps: 'Developers → Webhooks → Add endpoint: enter the address, then reveal the signing secret (whsec_…).',
  },
  HUBSPOT: {
    label: 'HubSpot',
    platform: 'hubspot',
    secret: 'theirs',
    steps: 'Your app → Webhooks: enter the address; the secret is the client secret of the app.',
  },
  WOOCOMMERCE: {
    label: 'WooCommerce',
    platform: 'woocommerce',
    secret: 'ours',
    steps: 'WooCommerce → Settings → Advanced → Webhooks: enter the address as delivery URL, and our secret.',
  },
  PAYPAL: {
    label: 'PayPal',
    platform: 'paypal',
    secret: 'theirs',
    steps: 'Apps & Credentials → your app → Webhooks: enter the address; the secret is the webhook id shown there.',
  },
  KLAVIYO: {
    label: 'Klaviyo',
    platform: 'klaviyo',
    secret: 'ours',
    steps: 'Integrations → Webhooks: enter the address and our secret.',
  },
  CUSTOM: {
    label: 'Own program',
    platform: null,
    secret: 'ours',
    steps: 'Send JSON with a signature over time and body (HMAC-SHA256) made with our secret.',
  },
  STANDARD: {
    label: 'Standard Webhooks',
    platform: null,
    secret: 'ours',
    steps: 'Send as standardwebhooks.com says, signed with our secret.',
  },
};

export const kindNames = Object.keys(kinds) as WebhookKind[];

export const deliveryStates: Record<WebhookDeliveryState, { tone: Tone; label: string; busy?: boolean }> = {
  WAITING: { tone: 'info', label: 'Waiting', busy: true },
  STORED: { tone: 'ok', label: 'Stored' },
  PARTIAL: { tone: 'warn', label: 'Partial' },
  IGNORED: { tone: 'neutral', label: 'Ignored' },
  FAILED: { tone: 'error', label: 'Failed' },
};
