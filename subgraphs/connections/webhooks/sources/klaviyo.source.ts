import { createHash } from 'node:crypto';
import { klaviyo } from '../schemes/klaviyo.pure.ts';
import { fieldOf, textOf, type WebhookSource } from './webhook-source.ts';

/**
 * Klaviyo's system webhooks: several events at once, each as the API gives a single event. Orders are kept; what is sent,
 * opened and clicked is read as sums by day.
 */
export const klaviyoSource: WebhookSource = {
  kind: 'KLAVIYO',
  platform: 'klaviyo',
  scheme: klaviyo,
  secretFrom: 'us',
  headers: [],
  identify(_, body) {
    const events = eventsIn(body);
    const topics = new Set(events.map((one) => textOf(one, 'topic') ?? 'unknown'));
    const ids = events.map((one) => `${textOf(one, 'topic')}/${textOf(one, 'external_id') ?? idOf(one)}`);
    const isNamed = events.length > 0 && ids.every((id) => !id.endsWith('/null'));
    return {
      id: isNamed ? createHash('sha256').update(ids.toSorted().join('\n')).digest('hex') : null,
      event: [...topics].toSorted().join(', ') || 'unknown',
    };
  },
  read({ body }) {
    const orders = eventsIn(body).flatMap((one, index) => {
      if (!textOf(one, 'topic')?.endsWith('placed_order')) return [];
      const event = fieldOf(fieldOf(one, 'payload'), 'data');
      const included = fieldOf(fieldOf(one, 'payload'), 'included') ?? [];
      return [{ stream: 'order_events', page: { data: [event], included }, at: `data.${index}` }];
    });
    return { rows: orders };
  },
};

function eventsIn(body: unknown): unknown[] {
  const events = fieldOf(body, 'data');
  return Array.isArray(events) ? events : [];
}

function idOf(event: unknown): string | null {
  return textOf(fieldOf(fieldOf(event, 'payload'), 'data'), 'id');
}
