import { bearer } from '../auth-method.ts';
import { defineConnector } from '../connector.ts';
import { mockStreams } from '../mock-streams.ts';
import { linkedinAccounts } from './accounts.ts';
import { adDaily } from './analytics.ts';
import { classifyLinkedin } from './errors.pure.ts';
import { campaignGroups, campaigns, creatives } from './objects.ts';

const daySeconds = 86_400;

export const linkedinAds = defineConnector({
  id: 'linkedin_ads',
  name: 'LinkedIn Ads',
  tier: 4,
  category: 'advertising',
  summary: 'Every creative on LinkedIn by day, with conversions and leads that LinkedIn claims.',
  modes: ['AUTO', 'LIVE', 'MOCK', 'HYBRID'],
  streams: mockStreams('linkedin_ads'),
  live: {
    hosts: ['api\\.linkedin\\.com', 'www\\.linkedin\\.com'],
    versions: [
      { version: '202607', sunset: '2027-07-15' },
      { version: '202601', sunset: '2027-01-15' },
    ],
    version: '202607',
    base: () => 'https://api.linkedin.com/rest',
    headers: ({ version }) => ({ 'linkedin-version': version, 'x-restli-protocol-version': '2.0.0' }),
    settings: [],
    auth: [
      {
        id: 'oauth',
        kind: 'oauth2',
        title: 'Log in with LinkedIn',
        hint: 'Your user needs a role in each ad account. LinkedIn asks you to log in again after a year.',
        fields: [],
        authorizeUrl: () => 'https://www.linkedin.com/oauth/v2/authorization',
        tokenUrl: () => 'https://www.linkedin.com/oauth/v2/accessToken',
        scopes: ['r_ads', 'r_ads_reporting'],
        scopeSeparator: ' ',
        pkce: false,
        clientAuth: 'body',
        renewal: 'refresh_token',
        usualLifeSeconds: 60 * daySeconds,
        renewAheadSeconds: 7 * daySeconds,
        // The refresh token ends a year after the consent, however often it is used.
        consentDays: 365,
        apply: bearer,
      },
      {
        id: 'token',
        kind: 'key',
        title: 'Access token',
        hint: 'From the token generator of the developer portal, with r_ads and r_ads_reporting. It lives for 60 days.',
        fields: [{ name: 'token', label: 'Access token', secret: true }],
        apply: (request, { values }) => {
          request.headers['authorization'] = `Bearer ${values['token'] ?? ''}`;
        },
      },
    ],
    accounts: linkedinAccounts,
    classify: classifyLinkedin,
    limits: { concurrency: 2, timeoutSeconds: 60 },
    streams: [campaignGroups, campaigns, creatives, adDaily],
  },
});
