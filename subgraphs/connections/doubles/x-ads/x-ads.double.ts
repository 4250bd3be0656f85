import { defineDouble } from '../kit/define-double.ts';
import { oauth1Refusal, oauth1Routes, oauth1Secret, type OAuth1Options } from '../kit/oauth1.ts';
import { xErrors } from './errors.pure.ts';
import { countCall, withRateLimit } from './limits.ts';
import { accounts, fundingInstruments, objects } from './objects.ts';
import { xState, type XDouble, type XState } from './state.ts';
import { daysBetween } from './stats-query.pure.ts';
import { activeEntities, jobFile, jobStates, startJob, stats } from './stats.ts';

const userId = '14230524';
const userToken = `${userId}-xDoubleAccessToken`;

const oauth1: OAuth1Options = {
  consumerKey: 'liftos-demo',
  consumerSecret: 'liftos-demo-secret',
  host: 'api.twitter.com',
  requestToken: '/oauth/request_token',
  authorize: '/oauth/authorize',
  accessToken: '/oauth/access_token',
  userId,
  screenName: 'nordwind',
};

export const xAdsDouble = defineDouble<XState>({
  platform: 'x_ads',
  hosts: ['ads-api.x.com', 'api.twitter.com', 'ton.twimg.com'],
  access: {
    'API key': oauth1.consumerKey,
    'API key secret': oauth1.consumerSecret,
    'Access token': userToken,
    'Access token secret': oauth1Secret(oauth1, userToken),
  },
  keys: [userToken],
  state: xState,
  authenticate: (request, double) => oauth1Refusal(oauth1, request, double, xErrors),
  errors: xErrors,
  version: ({ params }) => params.version ?? null,
  account: ({ params }) => params.account ?? null,
  days: ({ url, query }) => (/\/stats\/accounts\/[^/]+$/.test(url.pathname) ? daysBetween(query) : null),
  before: countCall,
  finish: withRateLimit,
  routes: [
    ...oauth1Routes<XState>(oauth1, ({ state }: XDouble) => state.truth.accounts),
    { method: 'GET', path: '/{version}/accounts', handle: accounts },
    { method: 'GET', path: '/{version}/accounts/{account}/funding_instruments', handle: fundingInstruments },
    { method: 'GET', path: '/{version}/accounts/{account}/campaigns', handle: objects('campaigns') },
    { method: 'GET', path: '/{version}/accounts/{account}/line_items', handle: objects('line_items') },
    { method: 'GET', path: '/{version}/accounts/{account}/promoted_tweets', handle: objects('promoted_tweets') },
    { method: 'GET', path: '/{version}/stats/accounts/{account}/active_entities', handle: activeEntities },
    { method: 'GET', path: '/{version}/stats/accounts/{account}', handle: stats },
    { method: 'POST', path: '/{version}/stats/jobs/accounts/{account}', handle: startJob },
    { method: 'GET', path: '/{version}/stats/jobs/accounts/{account}', handle: jobStates },
    {
      method: 'GET',
      host: 'ton.twimg.com',
      path: '/advertiser-api-async-analytics/{job}.json.gz',
      open: true,
      handle: jobFile,
    },
  ],
  accounts: ({ state }) => state.truth.accounts,
  totals: (query, { state }) => state.truth.totals(query),
});
