import { defineConnector } from '../platforms/connector.ts';

/** Data that partners send by themselves, see docs/webhooks.md. */
export const webhookConnector = defineConnector({
  id: 'webhook',
  name: 'Webhook',
  tier: null,
  category: 'custom',
  summary: 'Orders, payments, events or daily figures that a program of yours sends, signed.',
  live: null,
  modes: ['LIVE'],
  streams: [],
});
