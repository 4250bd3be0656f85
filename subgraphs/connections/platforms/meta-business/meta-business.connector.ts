import { bearer } from '../auth-method.ts';
import { defineConnector } from '../connector.ts';
import { mockStreams } from '../mock-streams.ts';
import { metaAccounts } from './accounts.ts';
import { classifyMeta, holdBackMeta } from './errors.pure.ts';
import { adDaily, campaignLift } from './insights.ts';
import { ads, adSets, campaigns } from './objects.ts';

const version = 'v26.0';
const graph = `https://graph.facebook.com/${version}`;

export const metaBusiness = defineConnector({
  id: 'meta_business',
  name: 'Meta Business',
  tier: 0,
  category: 'advertising',
  summary: 'Facebook and Instagram: every advertisement by day, with what Meta claims and what it estimates it caused.',
  modes: ['AUTO', 'LIVE', 'MOCK', 'HYBRID'],
  streams: mockStreams('meta_business'),
  live: {
    hosts: ['graph\\.facebook\\.com'],
    versions: [
      { version: 'v26.0', sunset: null },
      { version: 'v25.0', sunset: '2028-07-29' },
      { version: 'v24.0', sunset: '2028-02-18' },
      { version: 'v23.0', sunset: '2027-10-08' },
      { version: 'v22.0', sunset: '2027-05-20' },
      { version: 'v21.0', sunset: '2027-01-21' },
    ],
    version,
    base: (target) => `https://graph.facebook.com/${target.version}`,
    settings: [],
    auth: [
      {
        id: 'oauth',
        kind: 'oauth2',
        title: 'Log in with Facebook',
        hint: 'Choose the business and all ad accounts that you want to see here.',
        fields: [],
        authorizeUrl: () => `https://www.facebook.com/${version}/dialog/oauth`,
        tokenUrl: () => `${graph}/oauth/access_token`,
        scopes: ['ads_read', 'business_management', 'read_insights'],
        scopeSeparator: ',',
        pkce: false,
        clientAuth: 'body',
        // There is no refresh token: one that still works is exchanged for a younger one.
        renewal: 'exchange',
        exchange: ({ accessToken }) => ({ grant_type: 'fb_exchange_token', fb_exchange_token: accessToken ?? '' }),
        usualLifeSeconds: 60 * 86_400,
        renewAheadSeconds: 14 * 86_400,
        apply: bearer,
      },
      {
        id: 'system_user',
        kind: 'key',
        title: 'System user token',
        hint: 'Business settings, System users, Generate token, with ads_read. It does not expire.',
        fields: [{ name: 'token', label: 'Access token', secret: true }],
        apply: (request, { values }) => {
          request.headers['authorization'] = `Bearer ${values['token'] ?? ''}`;
        },
      },
    ],
    accounts: metaAccounts,
    classify: classifyMeta,
    holdBack: holdBackMeta,
    limits: { concurrency: 4, timeoutSeconds: 60 },
    streams: [campaigns, adSets, ads, adDaily, campaignLift],
  },
});
