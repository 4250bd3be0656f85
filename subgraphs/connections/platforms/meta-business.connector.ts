import { defineConnector } from './connector.ts';
import { mockStreams } from './mock-streams.ts';

export const metaBusiness = defineConnector({
  id: 'meta_business',
  name: 'Meta Business',
  tier: 0,
  modes: ['MOCK'],
  streams: mockStreams('meta_business'),
});
