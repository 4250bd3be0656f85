import { defineConnector } from './connector.ts';
import { mockStreams } from './mock-streams.ts';

export const metaBusiness = defineConnector({
  id: 'meta_business',
  name: 'Meta Business',
  tier: 0,
  category: 'advertising',
  summary: 'Daily figures of every advertisement, with what the platform claims to have caused.',
  live: null,
  modes: ['MOCK'],
  streams: mockStreams('meta_business'),
});
