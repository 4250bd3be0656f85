import { defineConnector } from './connector.ts';
import { mockStreams } from './mock-streams.ts';

export const klaviyo = defineConnector({
  id: 'klaviyo',
  name: 'Klaviyo',
  tier: 0,
  modes: ['MOCK'],
  streams: mockStreams('klaviyo'),
});
