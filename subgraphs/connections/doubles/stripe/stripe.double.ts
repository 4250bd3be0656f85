import { json, type Answer } from '../kit/answer.pure.ts';
import { defineDouble } from '../kit/define-double.ts';
import type { OAuthOptions } from '../kit/oauth-options.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { netTotals } from '../truth/net-totals.ts';
import { stripeError, stripeErrors } from './errors.pure.ts';
import { daysAsked, list } from './lists.ts';
import { accountObject } from './objects.ts';
import {
  accountOf,
  platformKey,
  stripeKeys,
  stripeState,
  testKey,
  type StripeDouble,
  type StripeState,
} from './state.ts';

const clientId = 'liftos-demo';
const clientSecret = 'liftos-demo-secret';
const newestVersion = '2026-07-29.dahlia';
/** Calls of a second; tests lower it. */
const usualCalls = 100_000;

const oauth: OAuthOptions = {
  clientId,
  clientSecret,
  authorize: { host: 'connect.stripe.com', path: '/oauth/authorize' },
  token: { host: 'connect.stripe.com', path: '/oauth/token' },
  scopes: ['read_only', 'read_write'],
  redirectUriOptional: true,
  accessSeconds: null,
  rotation: 'kept',
  accessToken: (secret) => `sk_live_${secret.slice(0, 40)}`,
  refreshToken: (secret) => `rt_${secret.slice(0, 40)}`,
  answer: ({ access_token, refresh_token, scope }, { grant }) => ({
    access_token,
    refresh_token,
    token_type: 'bearer',
    stripe_user_id: grant.accounts?.[0],
    livemode: true,
    scope,
  }),
};

/** Refuses accounts that a key is not for, and calls beyond the limit of a second. */
function before(request: DoubleRequest, double: StripeDouble): Answer | null {
  const { state, clock, faults } = double;
  const account = accountOf(request, double);
  if (!account || account.kind === 'forbidden' || faults.forbidden.has(account.id))
    return stripeErrors.forbidden(request.header('stripe-account') ?? account?.id ?? '', request);
  const recent = (state.calls.get(account.id) ?? []).filter((instant) => instant > clock.now() - 1000);
  if (recent.length >= (faults.quota ?? usualCalls)) return stripeErrors.throttled(request, 1);
  state.calls.set(account.id, [...recent, clock.now()]);
  return null;
}

function balance(request: DoubleRequest, double: StripeDouble): Answer {
  const livemode = request.bearer() !== testKey;
  const currency = accountOf(request, double)!.currency.toLowerCase();
  return json({ object: 'balance', available: [{ amount: 0, currency }], pending: [], livemode });
}

export const stripeDouble = defineDouble<StripeState>({
  platform: 'stripe',
  hosts: ['api.stripe.com', 'connect.stripe.com'],
  access: {
    'Client ID': clientId,
    'Client secret': clientSecret,
    'Restricted key (EUR)': stripeKeys[0],
    'Restricted key (JPY, no disputes)': stripeKeys[1],
    'Restricted key (forbidden)': stripeKeys[2],
    'Restricted key (empty)': stripeKeys[3],
    'Key of test mode': testKey,
  },
  oauth,
  accountKeys: ({ state }) => {
    const ids = state.orders.accounts.map(({ id }) => id);
    return [
      ...stripeKeys.map((key, index) => ({ key, accounts: [ids[index]!] })),
      { key: testKey, accounts: [ids[0]!] },
      { key: platformKey, accounts: ids },
    ];
  },
  state: stripeState,
  token: (request) => request.bearer() ?? request.basic()?.user ?? null,
  errors: stripeErrors,
  version: (request) => request.header('stripe-version') ?? newestVersion,
  days: daysAsked,
  before,
  finish: (answer, request) => ({
    ...answer,
    headers: {
      'stripe-version': request.header('stripe-version') ?? newestVersion,
      'request-id': 'req_double',
      ...answer.headers,
    },
  }),
  routes: [
    {
      method: 'GET',
      path: '/v1/account',
      handle: (request, double) => json(accountObject(accountOf(request, double)!)),
    },
    { method: 'GET', path: '/v1/balance', handle: balance },
    { method: 'GET', path: '/v1/{list}', handle: list },
    {
      method: 'POST',
      path: '/v1/{list}',
      handle: () => stripeError(403, 'invalid_request_error', 'This key may only read.'),
    },
  ],
  accounts: ({ state }) => state.orders.accounts,
  totals: (query, { state }) => netTotals(state.orders, query),
});
