import type { Answer } from '../kit/answer.pure.ts';
import { defineDouble } from '../kit/define-double.ts';
import type { OAuthOptions } from '../kit/oauth-options.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { envelope, tiktokErrors } from './errors.pure.ts';
import { advertiserInfo, advertisers, objects } from './objects.ts';
import { daysAsked, report } from './report.ts';
import { tiktokState, type TiktokDouble } from './state.ts';

const clientId = 'liftos-demo';
const clientSecret = 'liftos-demo-secret';
const longLivedToken = 'tiktok-double-access-token';
/** Calls of a minute at the highest app level. */
const callsPerMinute = 3000;

const oauth: OAuthOptions = {
  clientId,
  clientSecret,
  authorize: { path: '/portal/auth' },
  token: { path: '/open_api/{version}/oauth2/access_token/' },
  names: { clientId: 'app_id', clientSecret: 'secret', code: 'auth_code' },
  codeSeconds: 3600,
  redirectUriOptional: true,
  grants: ['authorization_code'],
  accessSeconds: null,
  rotation: 'none',
  answer: ({ access_token }, { grant }) => ({
    code: 0,
    message: 'OK',
    request_id: '20261121120000',
    data: { access_token, advertiser_ids: grant.accounts ?? [], scope: [4] },
  }),
  error: (_, description) => envelope(40_110, description),
};

function limitPerMinute(request: DoubleRequest, { state, clock, faults }: TiktokDouble): Answer | null {
  const now = clock.now();
  state.calls = state.calls.filter((instant) => instant > now - 60_000);
  if (state.calls.length >= (faults.quota ?? callsPerMinute)) return tiktokErrors.throttled(request, 300);
  state.calls.push(now);
  return null;
}

export const tiktokDouble = defineDouble({
  platform: 'tiktok',
  hosts: ['business-api.tiktok.com'],
  access: { 'App id': clientId, Secret: clientSecret, 'Access token': longLivedToken },
  oauth,
  keys: [longLivedToken],
  state: tiktokState,
  token: (request) => request.header('access-token'),
  errors: tiktokErrors,
  version: ({ params }) => params.version ?? null,
  account: ({ query }) => query.get('advertiser_id'),
  days: daysAsked,
  before: limitPerMinute,
  routes: [
    {
      method: 'GET',
      path: '/open_api/{version}/oauth2/advertiser/get/',
      handle: advertisers({ id: clientId, secret: clientSecret }),
    },
    { method: 'GET', path: '/open_api/{version}/advertiser/info/', handle: advertiserInfo },
    { method: 'GET', path: '/open_api/{version}/campaign/get/', handle: objects('campaign') },
    { method: 'GET', path: '/open_api/{version}/adgroup/get/', handle: objects('adgroup') },
    { method: 'GET', path: '/open_api/{version}/ad/get/', handle: objects('ad') },
    { method: 'GET', path: '/open_api/{version}/report/integrated/get/', handle: report },
  ],
  accounts: ({ state }) => state.truth.accounts,
  totals: (query, { state }) => state.truth.totals(query),
});
