import { defineConnector } from './connector.ts';
import { mockStreams } from './mock-streams.ts';

export const googleAds = defineConnector({
  id: 'google_ads',
  name: 'Google Ads',
  tier: 0,
  modes: ['MOCK'],
  streams: mockStreams('google_ads'),
});
