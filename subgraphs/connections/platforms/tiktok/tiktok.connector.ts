import { defineConnector } from '../connector.ts';
import { mockStreams } from '../mock-streams.ts';
import { tiktokAccounts } from './accounts.ts';
import { tiktokAuth } from './auth.ts';
import { classifyTiktok } from './errors.pure.ts';
import { adGroups, ads, campaigns } from './objects.ts';
import { adDaily } from './report.ts';

export const tiktok = defineConnector({
  id: 'tiktok',
  name: 'TikTok Ads',
  tier: 3,
  category: 'advertising',
  summary: 'Every advertisement on TikTok by day, with the purchases TikTok claims.',
  modes: ['AUTO', 'LIVE', 'MOCK', 'HYBRID'],
  streams: mockStreams('tiktok'),
  live: {
    hosts: ['business-api\\.tiktok\\.com'],
    versions: [{ version: 'v1.3', sunset: null }],
    version: 'v1.3',
    // Paths end with a slash.
    base: ({ version }) => `https://business-api.tiktok.com/open_api/${version}`,
    settings: [],
    auth: tiktokAuth,
    accounts: tiktokAccounts,
    classify: classifyTiktok,
    // The lowest app level allows 10 a second.
    limits: { concurrency: 4, requestsPerSecond: 8, timeoutSeconds: 60 },
    streams: [campaigns, adGroups, ads, adDaily],
  },
});
