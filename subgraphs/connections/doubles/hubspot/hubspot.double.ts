import type { Answer } from '../kit/answer.pure.ts';
import { defineDouble, type Route } from '../kit/define-double.ts';
import type { OAuthOptions } from '../kit/oauth-options.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { hubspotErrors, missingScope, rateLimited } from './errors.pure.ts';
import { budget, campaigns, emails, histogram, metrics, revenue } from './marketing.ts';
import { daysAsked, details, list, pipelines, search } from './objects.ts';
import {
  grantable,
  hubspotState,
  optionalScopes,
  portal,
  portalOf,
  privateApps,
  requiredScopes,
  type HubspotDouble,
  type HubspotState,
} from './state.ts';

const clientId = 'liftos-demo';
const clientSecret = 'liftos-demo-secret';
const versions = ['2026-09', '2026-03', '2025-09'];
const accessSeconds = 1800;
const tokenLength = 300;
/** What a window of ten seconds allows; tests lower it. */
const usualCalls = 100_000;
const shownCalls = 190;
const windowMs = 10_000;

const oauth: OAuthOptions = {
  clientId,
  clientSecret,
  authorize: { host: 'app.hubspot.com', path: '/oauth/authorize' },
  token: { path: '/oauth/2026-09/token' },
  revoke: { path: '/oauth/2026-09/token/revoke' },
  pkce: 'accepted',
  scopes: [...requiredScopes, ...optionalScopes],
  accessSeconds,
  rotation: 'kept',
  accessToken: (secret) => `CN${secret}`.padEnd(tokenLength, secret),
  callback({ request, grant }) {
    const optional = (request.query.get('optional_scope') ?? '').split(' ').filter(Boolean);
    grant.scopes = [...grant.scopes, ...optional];
    return {};
  },
};

/** Refuses what the token or the portal's plan does not cover, and calls beyond the limit. */
function before(request: DoubleRequest, double: HubspotDouble): Answer | null {
  const { version } = request.params;
  if (version !== undefined && !versions.includes(version)) return hubspotErrors.notFound(request);
  const asked = double.state.deals.account(portalOf(request) ?? '');
  if (asked?.kind === 'forbidden') return hubspotErrors.forbidden(asked.id, request);
  const scope = neededScope(request);
  if (scope !== null && !mayUse(scope, request, double)) return missingScope(scope);
  const calls = recentCalls(request, double);
  if (calls.length >= limitOf(double)) return rateLimited('TEN_SECONDLY_ROLLING');
  calls.push(double.clock.now());
  double.state.calls.set(portalOf(request) ?? '', calls);
  return null;
}

function neededScope({ url, params }: DoubleRequest): string | null {
  const { pathname } = url;
  if (pathname.startsWith('/crm/objects/')) return `crm.objects.${params.type}.read`;
  if (pathname.startsWith('/crm/pipelines/')) return 'crm.objects.deals.read';
  if (pathname.startsWith('/marketing/emails/')) return 'content';
  if (pathname.endsWith('/reports/revenue')) return 'marketing.campaigns.revenue.read';
  return pathname.startsWith('/marketing/campaigns/') ? 'marketing.campaigns.read' : null;
}

function mayUse(scope: string, request: DoubleRequest, double: HubspotDouble): boolean {
  const isGranted = request.grant!.scopes.length === 0 || request.grant!.scopes.includes(scope);
  return isGranted && (requiredScopes.includes(scope) || grantable(portal(request, double)).includes(scope));
}

function limitOf({ faults }: HubspotDouble): number {
  return faults.quota ?? usualCalls;
}

function recentCalls(request: DoubleRequest, { state, clock }: HubspotDouble): number[] {
  const since = clock.now() - windowMs;
  return (state.calls.get(portalOf(request) ?? '') ?? []).filter((instant) => instant > since);
}

/** Tells how much is left, the calls of a day for private apps only. */
function finish(answer: Answer, request: DoubleRequest, double: HubspotDouble): Answer {
  const limit = double.faults.quota ?? shownCalls;
  const left = Math.max(0, limit - recentCalls(request, double).length);
  const headers: Record<string, string> = {
    'x-hubspot-ratelimit-max': String(limit),
    'x-hubspot-ratelimit-remaining': String(double.faults.quota === null ? shownCalls : left),
    'x-hubspot-ratelimit-interval-milliseconds': String(windowMs),
  };
  if (request.bearer()?.startsWith('pat-')) {
    headers['x-hubspot-ratelimit-daily'] = '650000';
    headers['x-hubspot-ratelimit-daily-remaining'] = '640000';
  }
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

const get = (path: string, handle: Route<HubspotState>['handle']): Route<HubspotState> => ({
  method: 'GET',
  path,
  handle,
});

export const hubspotDouble = defineDouble<HubspotState>({
  platform: 'hubspot',
  hosts: ['api.hubapi.com', 'app.hubspot.com'],
  access: {
    'Client ID': clientId,
    'Client secret': clientSecret,
    'Private app token (EUR)': privateApps[0],
    'Private app token (NZD, no reports on revenue)': privateApps[1],
    'Private app token (forbidden)': privateApps[2],
    'Private app token (empty)': privateApps[3],
  },
  oauth,
  state: hubspotState,
  errors: hubspotErrors,
  version: ({ params }) => params.version ?? null,
  account: portalOf,
  days: daysAsked,
  before,
  finish,
  routes: [
    get('/account-info/{version}/details', details),
    get('/crm/pipelines/{version}/deals', pipelines),
    { method: 'POST', path: '/crm/objects/{version}/{type}/search', handle: search },
    get('/crm/objects/{version}/{type}', list),
    get('/marketing/emails/{version}/statistics/histogram', histogram),
    get('/marketing/emails/{version}', emails),
    get('/marketing/campaigns/{version}/{guid}/reports/metrics', metrics),
    get('/marketing/campaigns/{version}/{guid}/reports/revenue', revenue),
    get('/marketing/campaigns/{version}/{guid}/budget/totals', budget),
    get('/marketing/campaigns/{version}', campaigns),
  ],
  accounts: ({ state }) => state.deals.accounts,
  totals: (query, { state }) => state.deals.totals(query),
});
