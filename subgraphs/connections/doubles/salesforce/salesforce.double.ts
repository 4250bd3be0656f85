import { json, type Answer } from '../kit/answer.pure.ts';
import { defineDouble, type Route } from '../kit/define-double.ts';
import type { OAuthOptions } from '../kit/oauth-options.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { salesforceErrors } from './errors.pure.ts';
import { daysAsked, describe, query, queryMore } from './query.ts';
import { instanceHost, organizationOf, salesforceState, type SalesforceDouble, type SalesforceState } from './state.ts';

const clientId = 'liftos-demo';
const clientSecret = 'liftos-demo-secret';
const login = 'login.salesforce.com';
const instance = '{org}.my.salesforce.com';
/** The session of an organisation; the answer does not tell. */
const sessionSeconds = 7200;
const oldestVersion = 31;
const newestVersion = 67;
const usualLimit = 100_000;
const dayMs = 86_400_000;

const oauth: OAuthOptions = {
  clientId,
  clientSecret,
  authorize: { host: login, path: '/services/oauth2/authorize' },
  token: { host: login, path: '/services/oauth2/token' },
  revoke: { host: login, path: '/services/oauth2/revoke' },
  pkce: 'required',
  clientAuth: 'either',
  scopes: ['api', 'refresh_token', 'offline_access'],
  accessSeconds: sessionSeconds,
  hidesExpiry: true,
  // The old one is dead at once, as partner apps have to have it.
  rotation: 'always',
  accessToken: (secret) => `00D${secret.slice(0, 12)}!${secret}`,
  refreshToken: (secret) => `5Aep${secret}`,
  answer: ({ access_token, refresh_token, scope }, { grant, now }) => {
    const organization = grant.accounts?.[0] ?? '';
    return {
      access_token,
      ...(refresh_token === undefined ? {} : { refresh_token }),
      scope,
      instance_url: `https://${instanceHost(organization)}`,
      id: `https://${login}/id/${organization}/0055g00000AbCdEAAV`,
      token_type: 'Bearer',
      issued_at: String(now),
      signature: 'c2lnbmF0dXJlIG9mIHRoZSBkb3VibGU=',
    };
  },
};

/** Refuses sessions of another organisation, versions that are not there, and calls beyond the limit of a day. */
function before(request: DoubleRequest, double: SalesforceDouble): Answer | null {
  const id = organizationOf(request);
  const account = double.state.deals.account(id ?? '');
  if (!account || request.url.hostname !== instanceHost(account.id))
    return salesforceErrors.unauthorized('unknown', request);
  const version = Number(request.params.version);
  if (version < oldestVersion) return salesforceErrors.versionOff(`v${version}`, request);
  if (!(version <= newestVersion)) return salesforceErrors.notFound(request);
  if (account.kind === 'forbidden') return salesforceErrors.forbidden(account.id, request);
  const calls = recentCalls(account.id, double);
  if (calls.length >= limitOf(double)) return salesforceErrors.throttled(request, 0);
  calls.push(double.clock.now());
  double.state.calls.set(account.id, calls);
  return null;
}

function limitOf({ faults }: SalesforceDouble): number {
  return faults.quota ?? usualLimit;
}

function recentCalls(id: string, { state, clock }: SalesforceDouble): number[] {
  return (state.calls.get(id) ?? []).filter((instant) => instant > clock.now() - dayMs);
}

/** Every answer tells what was used of the day. */
function finish(answer: Answer, request: DoubleRequest, double: SalesforceDouble): Answer {
  const used = recentCalls(organizationOf(request) ?? '', double).length;
  const usage = { 'sforce-limit-info': `api-usage=${used}/${limitOf(double)}` };
  return { ...answer, headers: { ...answer.headers, ...usage } };
}

/** `GET /services/data/v{version}/limits`. */
function limits(request: DoubleRequest, double: SalesforceDouble): Answer {
  const max = limitOf(double);
  const remaining = max - recentCalls(organizationOf(request) ?? '', double).length;
  return json({ DailyApiRequests: { Max: max, Remaining: remaining } });
}

const get = (path: string, handle: Route<SalesforceState>['handle']): Route<SalesforceState> => ({
  host: instance,
  method: 'GET',
  path: `/services/data/v{version}${path}`,
  handle,
});

export const salesforceDouble = defineDouble<SalesforceState>({
  platform: 'salesforce',
  hosts: [login, instance],
  access: {
    'Consumer key': clientId,
    'Consumer secret': clientSecret,
    Currency: 'EUR needs none to be typed in; type NZD when you choose Nordwind Pacific',
  },
  oauth,
  state: salesforceState,
  errors: salesforceErrors,
  version: ({ params }) => (params.version === undefined ? null : `v${params.version}`),
  account: organizationOf,
  days: daysAsked,
  before,
  finish,
  routes: [
    get('/limits', limits),
    get('/query', query(false)),
    get('/queryAll', query(true)),
    get('/query/{locator}', queryMore),
    get('/sobjects/{object}/describe', describe),
  ],
  accounts: ({ state }) => state.deals.accounts,
  totals: (asked, { state }) => state.deals.totals(asked),
});
