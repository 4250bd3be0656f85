import { bearer } from '../auth-method.ts';
import { defineConnector } from '../connector.ts';
import { mockStreams } from '../mock-streams.ts';
import { googleAccounts } from './accounts.ts';
import { adDaily } from './daily.ts';
import { classifyGoogleAds } from './errors.pure.ts';
import { liftStudies } from './lift.ts';
import { adGroups, ads, campaigns } from './objects.ts';

export const googleAds = defineConnector({
  id: 'google_ads',
  name: 'Google Ads',
  tier: 0,
  category: 'advertising',
  summary: 'Search, Shopping, YouTube and Performance Max: every advertisement by day, and what experiments measured.',
  modes: ['AUTO', 'LIVE', 'MOCK', 'HYBRID'],
  streams: mockStreams('google_ads'),
  live: {
    hosts: ['googleads\\.googleapis\\.com', 'oauth2\\.googleapis\\.com'],
    versions: [
      { version: 'v25', sunset: '2027-08-01' },
      { version: 'v24', sunset: '2027-05-01' },
      { version: 'v23', sunset: '2027-02-01' },
    ],
    version: 'v25',
    base: ({ version }) => `https://googleads.googleapis.com/${version}`,
    settings: [],
    auth: [
      {
        id: 'oauth',
        kind: 'oauth2',
        title: 'Log in with Google',
        hint: 'Use a Google account that sees the customers, directly or through a manager account.',
        fields: [],
        authorizeUrl: () => 'https://accounts.google.com/o/oauth2/v2/auth',
        tokenUrl: () => 'https://oauth2.googleapis.com/token',
        scopes: ['https://www.googleapis.com/auth/adwords'],
        scopeSeparator: ' ',
        pkce: true,
        clientAuth: 'body',
        // Without both of them a second consent brings no refresh token.
        authorizeParameters: { access_type: 'offline', prompt: 'consent' },
        renewal: 'refresh_token',
        usualLifeSeconds: 3599,
        renewAheadSeconds: 900,
        apply: bearer,
      },
    ],
    accounts: googleAccounts,
    classify: classifyGoogleAds,
    limits: { concurrency: 4, timeoutSeconds: 120 },
    streams: [campaigns, adGroups, ads, adDaily, liftStudies],
  },
});
