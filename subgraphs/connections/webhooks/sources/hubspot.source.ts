import { createHash } from 'node:crypto';
import { hubspot } from '../schemes/hubspot.pure.ts';
import { textOf, type WebhookSource } from './webhook-source.ts';

/** HubSpot sends up to a hundred changes at once, and of each only the id of what changed: a sync reads the rest. */
export const hubspotSource: WebhookSource = {
  kind: 'HUBSPOT',
  platform: 'hubspot',
  scheme: hubspot,
  secretFrom: 'platform',
  headers: [],
  identify(_, body) {
    if (!Array.isArray(body) || body.length === 0) return { id: null, event: 'unknown' };
    // A repeated delivery differs in the number of the attempt.
    const names = ['eventId', 'subscriptionId', 'occurredAt', 'objectId'];
    const keys = body.map((one) => names.map((name) => textOf(one, name)).join('/')).toSorted();
    const events = new Set(body.map((one) => textOf(one, 'subscriptionType') ?? 'unknown'));
    return { id: createHash('sha256').update(keys.join('\n')).digest('hex'), event: [...events].toSorted().join(', ') };
  },
  read: ({ event }) => ({ sync: /(?:^|, )(?:contact|deal|company|object)\./.test(event) }),
};
