import { bearer } from '../auth-method.ts';
import { defineConnector } from '../connector.ts';
import { mockStreams } from '../mock-streams.ts';
import { klaviyoAccounts } from './accounts.ts';
import { clickedDaily, ordersDaily, sentDaily } from './aggregates.ts';
import { classifyKlaviyo } from './errors.pure.ts';
import { orderEvents } from './events.ts';
import { campaigns, flows, lists, segments } from './objects.ts';
import { campaignResults, flowResults } from './reports.ts';

const scopes = ['accounts', 'metrics', 'events', 'campaigns', 'flows', 'lists', 'segments'].map((of) => `${of}:read`);

export const klaviyo = defineConnector({
  id: 'klaviyo',
  name: 'Klaviyo',
  tier: 0,
  category: 'email',
  summary: 'E-mail and SMS: what was sent and clicked by day, and the orders Klaviyo credits to it.',
  modes: ['AUTO', 'LIVE', 'MOCK', 'HYBRID'],
  streams: mockStreams('klaviyo'),
  live: {
    hosts: ['a\\.klaviyo\\.com'],
    // A revision lives two years.
    versions: [{ version: '2026-07-15', sunset: '2028-07-15' }],
    version: '2026-07-15',
    base: () => 'https://a.klaviyo.com/api',
    headers: ({ version }) => ({
      accept: 'application/vnd.api+json',
      revision: version,
      // A revision that has ended is to be told, and not answered by another one of another shape.
      'x-klaviyo-revision-fall-forward-opt-out': '1',
    }),
    settings: [],
    auth: [
      {
        id: 'oauth',
        kind: 'oauth2',
        title: 'Log in with Klaviyo',
        fields: [],
        authorizeUrl: () => 'https://www.klaviyo.com/oauth/authorize',
        tokenUrl: () => 'https://a.klaviyo.com/oauth/token',
        scopes,
        scopeSeparator: ' ',
        pkce: true,
        clientAuth: 'basic',
        renewal: 'refresh_token',
        usualLifeSeconds: 3600,
        renewAheadSeconds: 900,
        apply: bearer,
      },
      {
        id: 'private_key',
        kind: 'key',
        title: 'Private key',
        hint: 'Settings, API keys, Create private API key, with read access to what is to be read.',
        fields: [{ name: 'key', label: 'Private key', secret: true, pattern: 'pk_\\w+', placeholder: 'pk_…' }],
        apply: (request, { values }) => {
          request.headers['authorization'] = `Klaviyo-API-Key ${values['key'] ?? ''}`;
        },
      },
    ],
    accounts: klaviyoAccounts,
    classify: classifyKlaviyo,
    // The slowest thing that is read often, sums of metrics, allows three a second and sixty a minute.
    limits: { concurrency: 2, requestsPerSecond: 1, timeoutSeconds: 60 },
    streams: [
      campaigns,
      flows,
      lists,
      segments,
      ordersDaily,
      sentDaily,
      clickedDaily,
      orderEvents,
      flowResults,
      campaignResults,
    ],
  },
});
