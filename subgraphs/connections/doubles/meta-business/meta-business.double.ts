import { createHmac } from 'node:crypto';
import { json, type Answer } from '../kit/answer.pure.ts';
import { defineDouble } from '../kit/define-double.ts';
import type { OAuthOptions } from '../kit/oauth-options.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { graphError, metaErrors } from './errors.pure.ts';
import { daysAsked } from './insights-query.pure.ts';
import { insights, reportRows, reportRun, startReport } from './insights.ts';
import { adAccount, adAccounts, entities, me, permissions } from './objects.ts';
import { metaState, metaToken, type MetaDouble, type MetaState } from './state.ts';
import { spendPoints, withUsage } from './usage.ts';

const clientId = '1029384756102938';
const clientSecret = 'meta-double-secret';
const systemUserToken = 'EAAdoubleSystemUserToken';
/** Two hours, and sixty days. */
const shortLife = 7200;
const longLife = 5_184_000;

const oauth: OAuthOptions = {
  clientId,
  clientSecret,
  authorize: { host: 'www.facebook.com', path: '/v{version}/dialog/oauth' },
  token: { path: '/v{version}/oauth/access_token' },
  tokenByGet: true,
  scopeSeparator: ',',
  scopes: ['ads_read', 'ads_management', 'business_management', 'read_insights', 'public_profile'],
  accessSeconds: shortLife,
  rotation: 'none',
  accessToken: (secret) => `EAA${secret}`,
  answer: ({ access_token, token_type, expires_in }) => ({ access_token, token_type, expires_in }),
  error: (_, description) => graphError(400, 100, description),
  otherGrant(type, input, { request, check, issue }) {
    if (type !== 'fb_exchange_token') return null;
    const grant = check(input.get('fb_exchange_token'));
    if (typeof grant === 'string') return { ...metaErrors.unauthorized(grant, request), status: 400 };
    return json({ access_token: issue(grant, longLife), token_type: 'bearer', expires_in: longLife });
  },
};

/** `appsecret_proof` may be left out, but not be wrong. */
function wrongProof(request: DoubleRequest): Answer | null {
  const proof = request.input().get('appsecret_proof');
  if (proof === null) return null;
  const right = createHmac('sha256', clientSecret)
    .update(metaToken(request) ?? '')
    .digest('hex');
  return proof === right ? null : graphError(400, 100, 'Invalid appsecret_proof provided in the API argument');
}

/** Versions before v21.0 have ended. */
function endedVersion(request: DoubleRequest, double: MetaDouble): Answer | null {
  const version = request.params.version ?? '';
  const ended = Number(version) < 21 || !/^\d+\.0$/.test(version);
  return ended ? metaErrors.versionOff(version, request) : spendPoints(request, double);
}

export const metaBusinessDouble = defineDouble<MetaState>({
  platform: 'meta_business',
  hosts: ['graph.facebook.com', 'www.facebook.com'],
  access: { 'App id': clientId, 'App secret': clientSecret, 'System user token': systemUserToken },
  oauth,
  keys: [systemUserToken],
  state: metaState,
  token: metaToken,
  errors: metaErrors,
  version: ({ params }) => (params.version === undefined ? null : `v${params.version}`),
  account: ({ params }) => params.account ?? null,
  days: (request) => daysAsked(request.input()),
  before: (request, double) => wrongProof(request) ?? endedVersion(request, double),
  finish: withUsage,
  routes: [
    { method: 'GET', path: '/v{version}/me', handle: me },
    { method: 'GET', path: '/v{version}/me/permissions', handle: permissions },
    { method: 'GET', path: '/v{version}/me/adaccounts', handle: adAccounts },
    { method: 'GET', path: '/v{version}/act_{account}', handle: adAccount },
    { method: 'GET', path: '/v{version}/act_{account}/campaigns', handle: entities('campaigns') },
    { method: 'GET', path: '/v{version}/act_{account}/adsets', handle: entities('adsets') },
    { method: 'GET', path: '/v{version}/act_{account}/ads', handle: entities('ads') },
    { method: 'GET', path: '/v{version}/act_{account}/insights', handle: insights },
    { method: 'POST', path: '/v{version}/act_{account}/insights', handle: startReport },
    { method: 'GET', path: '/v{version}/{run}', handle: reportRun },
    { method: 'GET', path: '/v{version}/{run}/insights', handle: reportRows },
  ],
  accounts: ({ state }) => state.truth.accounts,
  totals: (query, { state }) => state.truth.totals(query),
});
