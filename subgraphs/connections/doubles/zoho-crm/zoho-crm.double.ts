import { json, type Answer } from '../kit/answer.pure.ts';
import { defineDouble, type Route } from '../kit/define-double.ts';
import type { OAuthOptions } from '../kit/oauth-options.ts';
import type { DoubleRequest } from '../kit/request.ts';
import type { Grant } from '../kit/tokens.ts';
import { zohoErrors } from './errors.pure.ts';
import { deleted, list, org } from './modules.ts';
import { organization, organizationOf, zohoState, type ZohoDouble, type ZohoState } from './state.ts';

const clientId = 'liftos-demo';
const clientSecret = 'liftos-demo-secret';
const world = 'accounts.zoho.com';
/** The organisations live in Europe: their tokens and data are there and nowhere else. */
const accountsServer = 'accounts.zoho.eu';
const api = 'www.zohoapis.eu';
const otherApi = 'www.zohoapis.com';
const accessSeconds = 3600;
const mostTokens = 10;
const tokenWindowMs = 600_000;
const dailyCredits = 100_000;
const dayMs = 86_400_000;
const versions = ['v8', 'v7', 'v6'];

/** Instants at which a grant was given tokens. */
const given = new WeakMap<Grant, number[]>();

const oauth: OAuthOptions = {
  clientId,
  clientSecret,
  authorize: { host: world, path: '/oauth/v2/auth' },
  token: { host: accountsServer, path: '/oauth/v2/token' },
  revoke: { host: accountsServer, path: '/oauth/v2/token/revoke' },
  scopeSeparator: ',',
  accessSeconds,
  rotation: 'kept',
  offline: { name: 'access_type', value: 'offline' },
  accessToken: (secret) => `1000.${secret.slice(0, 32)}.${secret.slice(32)}`,
  refreshToken: (secret) => `1000.r${secret.slice(1, 32)}.${secret.slice(32)}`,
  callback: () => ({ location: 'eu', 'accounts-server': `https://${accountsServer}` }),
  answer(standard, { grant, now }) {
    const recent = (given.get(grant) ?? []).filter((instant) => instant > now - tokenWindowMs);
    given.set(grant, [...recent, now]);
    if (recent.length >= mostTokens) return tooManyTokens;
    const { access_token, refresh_token, expires_in, scope } = standard;
    const kept = refresh_token === undefined ? {} : { refresh_token };
    return { access_token, ...kept, scope, api_domain: `https://${api}`, token_type: 'Bearer', expires_in };
  },
  // Errors come as successes.
  error: (code) => json({ error: code === 'invalid_grant' ? 'invalid_code' : code }),
};

const tooManyTokens = {
  error_description: 'You have made too many requests continuously. Please try again after some time.',
  error: 'Access Denied',
  status: 'failure',
};

/** Every call costs a credit of the day. */
function before(request: DoubleRequest, double: ZohoDouble): Answer | null {
  const { version } = request.params;
  if (version !== undefined && !versions.includes(version)) return zohoErrors.notFound(request);
  if (request.grant === null) return null;
  const account = organization(request, double);
  if (account.kind === 'forbidden') return zohoErrors.forbidden(account.id, request);
  const calls = recentCalls(request, double);
  if (calls.length >= creditsOf(double)) return zohoErrors.throttled(request, 0);
  calls.push(double.clock.now());
  double.state.calls.set(account.id, calls);
  return null;
}

function creditsOf({ faults }: ZohoDouble): number {
  return faults.quota ?? dailyCredits;
}

function recentCalls(request: DoubleRequest, { state, clock }: ZohoDouble): number[] {
  return (state.calls.get(organizationOf(request) ?? '') ?? []).filter((instant) => instant > clock.now() - dayMs);
}

/** What is left is only told once half of it is used. */
function finish(answer: Answer, request: DoubleRequest, double: ZohoDouble): Answer {
  const credits = creditsOf(double);
  const left = credits - recentCalls(request, double).length;
  if (left > credits / 2) return answer;
  return { ...answer, headers: { ...answer.headers, 'x-api-credits-remaining': String(left) } };
}

const get = (host: string, path: string, handle: Route<ZohoState>['handle'], open = false): Route<ZohoState> => ({
  host,
  method: 'GET',
  path: `/crm/{version}${path}`,
  open,
  handle,
});

const wrongPlace = (request: DoubleRequest): Answer => zohoErrors.unauthorized('unknown', request);

export const zohoCrmDouble = defineDouble<ZohoState>({
  platform: 'zoho_crm',
  hosts: [world, accountsServer, api, otherApi],
  access: { 'Client ID': clientId, 'Client secret': clientSecret },
  oauth,
  state: zohoState,
  token: (request) => request.bearer('Zoho-oauthtoken'),
  errors: zohoErrors,
  version: ({ params }) => params.version ?? null,
  account: organizationOf,
  before,
  finish,
  routes: [
    get(api, '/org', org),
    get(api, '/{module}', list),
    get(api, '/{module}/deleted', deleted),
    get(otherApi, '/{module}', wrongPlace, true),
    {
      host: world,
      method: 'POST',
      path: '/oauth/v2/token',
      open: true,
      handle: () => json({ error: 'invalid_code' }),
    },
  ],
  accounts: ({ state }) => state.deals.accounts,
  totals: (query, { state }) => state.deals.totals(query),
});
