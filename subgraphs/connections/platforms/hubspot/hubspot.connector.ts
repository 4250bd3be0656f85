import { z } from 'zod';
import { bearer } from '../auth-method.ts';
import { defineConnector, type Account, type Api } from '../connector.ts';
import { mockStreams } from '../mock-streams.ts';
import { campaignResults, campaigns } from './campaigns.ts';
import { companies, contacts, deals } from './crm-objects.ts';
import { emailDaily, marketingEmails } from './emails.ts';
import { classifyHubspot, holdBackHubspot } from './errors.pure.ts';
import { pipelines } from './pipelines.ts';

const version = '2026-09';
const host = 'https://api.hubapi.com';

const details = z.looseObject({
  portalId: z.union([z.number(), z.string()]),
  timeZone: z.string(),
  companyCurrency: z.string(),
  uiDomain: z.string().optional(),
});

/** The portal that the token belongs to; there is only one. */
async function portal(api: Api): Promise<Account[]> {
  const { body } = await api.call({ url: `/account-info/${api.version}/details` });
  const { portalId, timeZone, companyCurrency: currency } = details.parse(body);
  return [{ id: String(portalId), name: `HubSpot portal ${portalId}`, currency, timeZone, state: 'ok' }];
}

export const hubspot = defineConnector({
  id: 'hubspot',
  name: 'HubSpot',
  tier: 2,
  category: 'crm',
  summary: 'Contacts with the way they came, deals that were won, marketing e-mails by day, and campaigns.',
  modes: ['AUTO', 'LIVE', 'MOCK', 'HYBRID'],
  streams: mockStreams('hubspot'),
  live: {
    hosts: ['api\\.hubapi\\.com', 'app\\.hubspot\\.com'],
    versions: [
      { version: '2026-09', sunset: null },
      { version: '2026-03', sunset: null },
      { version: '2025-09', sunset: null },
    ],
    version,
    // The version stands in the middle of each path.
    base: () => host,
    settings: [],
    auth: [
      {
        id: 'oauth',
        kind: 'oauth2',
        title: 'Log in with HubSpot',
        hint: 'Choose the portal that you want to see here. What its plan does not include is left out.',
        fields: [],
        authorizeUrl: () => 'https://app.hubspot.com/oauth/authorize',
        tokenUrl: () => `${host}/oauth/${version}/token`,
        scopes: ['oauth', 'crm.objects.contacts.read', 'crm.objects.companies.read', 'crm.objects.deals.read'],
        scopeSeparator: ' ',
        // A portal that cannot grant one of the scopes above refuses the whole installation; these it may leave out.
        authorizeParameters: {
          optional_scope: 'content marketing.campaigns.read marketing.campaigns.revenue.read',
        },
        pkce: true,
        clientAuth: 'body',
        renewal: 'refresh_token',
        usualLifeSeconds: 1800,
        renewAheadSeconds: 300,
        apply: bearer,
      },
      {
        id: 'private_app',
        kind: 'key',
        title: 'Private app',
        hint: 'Settings, Integrations, Private apps: read scopes for contacts, companies, deals, content and campaigns.',
        fields: [
          { name: 'token', label: 'Access token', secret: true, placeholder: 'pat-eu1-…', pattern: 'pat-[\\w-]+' },
        ],
        apply: (request, { values }) => {
          request.headers['authorization'] = `Bearer ${values['token'] ?? ''}`;
        },
      },
    ],
    accounts: portal,
    classify: classifyHubspot,
    holdBack: holdBackHubspot,
    // The search allows four requests a second.
    limits: { concurrency: 3, requestsPerSecond: 4, timeoutSeconds: 60 },
    streams: [pipelines, campaigns, marketingEmails, deals, contacts, companies, emailDaily, campaignResults],
  },
});
