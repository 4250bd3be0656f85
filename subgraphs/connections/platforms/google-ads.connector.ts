import { defineConnector } from './connector.ts';
import { mockStreams } from './mock-streams.ts';

export const googleAds = defineConnector({
  id: 'google_ads',
  name: 'Google Ads',
  tier: 0,
  category: 'advertising',
  summary: 'Daily figures of every advertisement, with what the platform claims to have caused.',
  live: null,
  modes: ['MOCK'],
  streams: mockStreams('google_ads'),
});
