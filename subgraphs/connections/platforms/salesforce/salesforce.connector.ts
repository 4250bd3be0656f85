import { bearer, type Values } from '../auth-method.ts';
import { defineConnector } from '../connector.ts';
import { mockStreams } from '../mock-streams.ts';
import { salesforceAccounts } from './accounts.ts';
import { classifySalesforce, holdBackSalesforce } from './errors.pure.ts';
import { journeys } from './journeys.ts';
import { campaignMembers, campaigns, companies, contacts, leads, opportunities, stages } from './objects.ts';

const version = 'v67.0';

/** Where people of the organisation log in; its data are at another host. */
function login(settings: Values): string {
  return `https://${settings['loginHost'] || 'login.salesforce.com'}/services/oauth2`;
}

export const salesforce = defineConnector({
  id: 'salesforce',
  name: 'Salesforce',
  tier: 2,
  category: 'crm',
  summary:
    'Opportunities that were won, their stages, leads and contacts, campaigns with costs, and what led to a sale.',
  modes: ['AUTO', 'LIVE', 'MOCK', 'HYBRID'],
  streams: mockStreams('salesforce'),
  live: {
    hosts: ['(?:[a-z0-9-]+\\.)+salesforce\\.com'],
    versions: [
      { version: 'v67.0', sunset: null },
      { version: 'v66.0', sunset: null },
      { version: 'v65.0', sunset: null },
    ],
    version,
    base: (target) => `${target.extra['instance_url']}/services/data/${target.version}`,
    settings: [
      {
        name: 'loginHost',
        label: 'Login host',
        hint: 'test.salesforce.com for a sandbox, or your own domain.',
        optional: true,
        placeholder: 'login.salesforce.com',
        pattern: '(?:[a-z0-9-]+\\.)+salesforce\\.com',
      },
      {
        name: 'currency',
        label: 'Currency',
        hint: 'Only for organisations with a single currency; Salesforce does not tell which one it is.',
        optional: true,
        placeholder: 'USD',
        pattern: '[A-Z]{3}',
      },
    ],
    auth: [
      {
        id: 'oauth',
        kind: 'oauth2',
        title: 'Log in with Salesforce',
        hint: 'Log in as a user who may see opportunities, leads and campaigns, and may use the API.',
        fields: [],
        authorizeUrl: (settings) => `${login(settings)}/authorize`,
        tokenUrl: (settings) => `${login(settings)}/token`,
        scopes: ['api', 'refresh_token', 'offline_access'],
        scopeSeparator: ' ',
        pkce: true,
        clientAuth: 'body',
        renewal: 'refresh_token',
        // A session lives as long as the organisation lets it; two hours unless it was changed.
        usualLifeSeconds: 7200,
        renewAheadSeconds: 600,
        readAnswer: (answer) => ({
          accessToken: String(answer['access_token']),
          // With rotation each renewal brings a new one; without it there is none, and the old one stays.
          ...(typeof answer['refresh_token'] === 'string' ? { refreshToken: answer['refresh_token'] } : {}),
          scopes: String(answer['scope'] ?? '').split(' '),
          ...(typeof answer['instance_url'] === 'string' ? { extra: { instance_url: answer['instance_url'] } } : {}),
        }),
        apply: bearer,
      },
    ],
    accounts: salesforceAccounts,
    classify: classifySalesforce,
    holdBack: holdBackSalesforce,
    // At most 25 long calls at once for everybody; five in organisations of developers.
    limits: { concurrency: 3, timeoutSeconds: 120 },
    streams: [campaigns, opportunities, journeys, stages, leads, contacts, companies, campaignMembers],
  },
});
