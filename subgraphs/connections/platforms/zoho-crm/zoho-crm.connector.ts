import { z } from 'zod';
import { defineConnector, type Account, type Api } from '../connector.ts';
import { mockStreams } from '../mock-streams.ts';
import { accountsServer, apiDomain, apiHosts, usualApi } from './data-centres.pure.ts';
import { classifyZoho, holdBackZoho } from './errors.pure.ts';
import { campaigns, companies, contacts, deals, leads } from './modules.ts';

const organization = z.looseObject({
  id: z.string(),
  company_name: z.string().nullish(),
  iso_code: z.string(),
  time_zone: z.string(),
});
const answer = z.looseObject({ org: z.array(organization).min(1) });

/** The organisation of the token; there is only one. */
async function zohoAccounts(api: Api): Promise<Account[]> {
  const { body } = await api.call({ url: '/org' });
  return answer.parse(body).org.map(({ id, company_name: name, iso_code: currency, time_zone: timeZone }) => ({
    id,
    name: name || `Zoho organisation ${id}`,
    currency,
    timeZone,
    state: 'ok',
  }));
}

export const zohoCrm = defineConnector({
  id: 'zoho_crm',
  name: 'Zoho CRM',
  tier: 4,
  category: 'crm',
  summary: 'Deals that were won with what they came from, leads, contacts and accounts, and campaigns with their cost.',
  modes: ['AUTO', 'LIVE', 'MOCK', 'HYBRID'],
  streams: mockStreams('zoho_crm'),
  live: {
    hosts: [apiHosts],
    versions: [
      { version: 'v8', sunset: null },
      { version: 'v7', sunset: null },
      { version: 'v6', sunset: null },
    ],
    version: 'v8',
    base: ({ version, extra }) => `${extra['api_domain'] ?? usualApi}/crm/${version}`,
    settings: [
      {
        name: 'wonStages',
        label: 'Stages of deals that are won',
        hint: 'Separated by commas. Without any, stages with the word "won" in their name.',
        optional: true,
        placeholder: 'Closed Won',
      },
    ],
    auth: [
      {
        id: 'oauth',
        kind: 'oauth2',
        title: 'Log in with Zoho',
        hint: 'The data centre of your organisation is found by itself.',
        fields: [],
        authorizeUrl: () => 'https://accounts.zoho.com/oauth/v2/auth',
        tokenUrl: (_, callback, extra) => `${accountsServer(callback, extra)}/oauth/v2/token`,
        scopes: ['ZohoCRM.modules.READ', 'ZohoCRM.org.READ'],
        scopeSeparator: ',',
        // Without consent there is no refresh token the second time.
        authorizeParameters: { access_type: 'offline', prompt: 'consent' },
        pkce: false,
        clientAuth: 'body',
        renewal: 'refresh_token',
        usualLifeSeconds: 3600,
        renewAheadSeconds: 300,
        checkCallback: (callback) => void accountsServer(callback, {}),
        readAnswer: (said, callback) => ({
          accessToken: String(said['access_token'] ?? ''),
          ...(typeof said['refresh_token'] === 'string' ? { refreshToken: said['refresh_token'] } : {}),
          ...(Number(said['expires_in']) > 0 ? { expiresInSeconds: Number(said['expires_in']) } : {}),
          extra: {
            api_domain: apiDomain(said),
            // Tokens are renewed where they came from.
            ...(callback['accounts-server'] ? { accounts_server: accountsServer(callback, {}) } : {}),
          },
        }),
        apply: (request, { accessToken }) => {
          request.headers['authorization'] = `Zoho-oauthtoken ${accessToken ?? ''}`;
        },
      },
    ],
    accounts: zohoAccounts,
    classify: classifyZoho,
    holdBack: holdBackZoho,
    // Five calls at once in the smallest edition.
    limits: { concurrency: 3, timeoutSeconds: 60 },
    streams: [campaigns, deals, leads, contacts, companies],
  },
});
