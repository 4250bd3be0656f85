import { defineConnector } from './connector.ts';
import { mockStreams } from './mock-streams.ts';

export const klaviyo = defineConnector({
  id: 'klaviyo',
  name: 'Klaviyo',
  tier: 0,
  category: 'email',
  summary: 'Campaigns and flows by e-mail and text message, with the orders they are credited with.',
  live: null,
  modes: ['MOCK'],
  streams: mockStreams('klaviyo'),
});
