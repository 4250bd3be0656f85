import { defineConnector } from '../connector.ts';
import { mockStreams } from '../mock-streams.ts';
import { xAccounts } from './accounts.ts';
import { xAuth } from './auth.ts';
import { classifyX, holdBackX } from './errors.pure.ts';
import { campaigns, lineItems } from './objects.ts';
import { adGroupDaily } from './stats.ts';

export const xAds = defineConnector({
  id: 'x_ads',
  name: 'X Ads',
  tier: 4,
  category: 'advertising',
  summary: 'Every ad group on X by day, with the purchases X claims.',
  modes: ['AUTO', 'LIVE', 'MOCK', 'HYBRID'],
  streams: mockStreams('x_ads'),
  live: {
    hosts: ['ads-api\\.x\\.com', 'api\\.twitter\\.com'],
    versions: [{ version: '12', sunset: null }],
    version: '12',
    base: ({ version }) => `https://ads-api.x.com/${version}`,
    settings: [],
    auth: xAuth,
    accounts: xAccounts,
    classify: classifyX,
    holdBack: holdBackX,
    limits: { concurrency: 2, timeoutSeconds: 60 },
    streams: [campaigns, lineItems, adGroupDaily],
  },
});
