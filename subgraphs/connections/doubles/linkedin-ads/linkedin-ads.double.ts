import type { Answer } from '../kit/answer.pure.ts';
import { defineDouble } from '../kit/define-double.ts';
import type { OAuthOptions } from '../kit/oauth-options.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { accountAsked, adAnalytics, daysAsked } from './analytics.ts';
import { linkedinError, linkedinErrors } from './errors.pure.ts';
import { adAccounts, adAccountUsers, campaigns, creatives } from './objects.ts';
import { linkedinState, type LinkedinDouble } from './state.ts';

const clientId = 'liftos-demo';
const clientSecret = 'liftos-demo-secret';
const portalToken = 'linkedin-double-access-token';
const daySeconds = 86_400;
const newestVersion = '202607';
/** Characters of an address that are still taken. */
const longestAddress = 4096;

const oauth: OAuthOptions = {
  clientId,
  clientSecret,
  authorize: { host: 'www.linkedin.com', path: '/oauth/v2/authorization' },
  token: { host: 'www.linkedin.com', path: '/oauth/v2/accessToken' },
  codeSeconds: 1800,
  scopes: ['r_ads', 'r_ads_reporting', 'rw_ads'],
  accessSeconds: 60 * daySeconds,
  // The refresh token stays, and so does its end: a year after the consent.
  rotation: 'kept',
  refreshSeconds: 365 * daySeconds,
  accessToken: (secret) => `AQX${secret}`,
  refreshToken: (secret) => `AQY${secret}`,
  answer: (standard, { request }) => ({ refresh_token: request.input().get('refresh_token'), ...standard }),
};

/** Versions live for a year and half a month; there was none in December 2025. */
function isAlive(version: string, now: number): boolean {
  if (!/^20\d\d(?:0[1-9]|1[0-2])$/.test(version) || version > newestVersion || version === '202512') return false;
  return now < Date.UTC(Number(version.slice(0, 4)) + 1, Number(version.slice(4)) - 1, 15);
}

/** Headers that every request needs, and how long its address may be. */
function before(request: DoubleRequest, { clock }: LinkedinDouble): Answer | null {
  if (request.url.href.length > longestAddress) return linkedinError(414, 0, 'URI_TOO_LONG', 'Request-URI Too Long');
  const version = request.header('linkedin-version');
  if (version === null) return linkedinError(400, 0, 'VERSION_MISSING', 'A version must be present.');
  if (!isAlive(version, clock.now())) return linkedinErrors.versionOff(version, request);
  if (request.header('x-restli-protocol-version') !== '2.0.0')
    return linkedinError(400, 0, 'ILLEGAL_ARGUMENT', 'X-RestLi-Protocol-Version 2.0.0 is required for this syntax.');
  const isTunnel = request.header('x-http-method-override')?.toUpperCase() === 'GET';
  return request.method === 'GET' || isTunnel ? null : linkedinErrors.notFound(request);
}

export const linkedinAdsDouble = defineDouble({
  platform: 'linkedin_ads',
  hosts: ['api.linkedin.com', 'www.linkedin.com'],
  access: { 'Client ID': clientId, 'Client secret': clientSecret, 'Access token': portalToken },
  oauth,
  keys: [portalToken],
  state: linkedinState,
  errors: linkedinErrors,
  version: (request) => request.header('linkedin-version'),
  account: (request) => request.params.account ?? accountAsked(request),
  days: daysAsked,
  before,
  routes: [
    { method: 'GET', path: '/rest/adAccounts', handle: adAccounts },
    { method: 'GET', path: '/rest/adAccountUsers', handle: adAccountUsers },
    { method: 'GET', path: '/rest/adAccounts/{account}/adCampaignGroups', handle: campaigns('adCampaignGroups') },
    { method: 'GET', path: '/rest/adAccounts/{account}/adCampaigns', handle: campaigns('adCampaigns') },
    { method: 'GET', path: '/rest/adAccounts/{account}/creatives', handle: creatives },
    { method: 'GET', path: '/rest/adAnalytics', handle: adAnalytics },
    { method: 'POST', path: '/rest/adAnalytics', handle: adAnalytics },
  ],
  accounts: ({ state }) => state.truth.accounts,
  totals: (query, { state }) => state.truth.totals(query),
});
