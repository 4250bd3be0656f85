import { activity, knownSequence } from '../../../data/activity.ts';
import { createFeed } from '../../../data/feed.ts';
import { WebhookDeliveredDocument, type WebhookDeliveredSubscription } from './webhooks.generated.ts';

/** Calls back each time deliveries were worked on, of all endpoints or of one. */
export function followWebhooks(
  onEvent: (event: WebhookDeliveredSubscription['webhookDelivered']) => void,
  endpointId?: () => string,
): void {
  createFeed({
    document: WebhookDeliveredDocument,
    variables: () => {
      if (!activity.ready()) return null;
      return endpointId ? { endpointId: endpointId() } : {};
    },
    after: knownSequence,
    sequenceOf: (data) => data.webhookDelivered.sequence,
    onEvent: ({ webhookDelivered }) => onEvent(webhookDelivered),
  });
}
