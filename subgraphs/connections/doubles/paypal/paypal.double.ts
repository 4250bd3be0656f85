import { json, type Answer } from '../kit/answer.pure.ts';
import { defineDouble, type Route } from '../kit/define-double.ts';
import { oauthError, type OAuthOptions } from '../kit/oauth-options.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { paypalErrors } from './errors.pure.ts';
import { balances, daysAsked, disputes, transactions } from './reports.ts';
import { totals } from './rows.ts';
import { paypalState, type PaypalDouble, type PaypalState } from './state.ts';

const clientId = 'liftos-demo';
const clientSecret = 'liftos-demo-secret';
const live = 'api-m.paypal.com';
const sandbox = 'api-m.sandbox.paypal.com';
const accessSeconds = 32_400;
const searchScope = 'https://uri.paypal.com/services/reporting/search/read';
const disputeScope = 'https://uri.paypal.com/services/disputes/read-seller';
/** Calls of a minute; tests lower it. */
const usualCalls = 100_000;
const minuteMs = 60_000;

const oauth: OAuthOptions = {
  clientId,
  clientSecret,
  token: { path: '/v1/oauth2/token' },
  clientAuth: 'basic',
  grants: ['client_credentials'],
  accessSeconds,
  rotation: 'none',
  accessToken: (secret) => `A21AA${secret}`,
  answer: ({ access_token, expires_in }, { grant }) => {
    grant.scopes = [searchScope, disputeScope];
    return tokenBody(access_token, grant.scopes, expires_in!);
  },
};

function tokenBody(token: string, scopes: readonly string[], seconds: number): Record<string, unknown> {
  return {
    scope: scopes.join(' '),
    access_token: token,
    token_type: 'Bearer',
    app_id: 'APP-80W284485P519543T',
    expires_in: seconds,
    nonce: '2026-11-21T12:00:00ZnonceOfTheDouble',
  };
}

/** The app of the sandbox, in which "Transaction search" is not switched on. */
function sandboxToken(request: DoubleRequest, { tokens }: PaypalDouble): Answer {
  const basic = request.basic();
  if (basic?.user !== clientId || basic.password !== clientSecret)
    return oauthError('invalid_client', 'Client Authentication failed');
  tokens.issued += 1;
  const grant = tokens.grant([disputeScope], null);
  const token = tokens.add(`A21AA${tokens.secret('access', 64)}`, grant, 'access', accessSeconds);
  return json(tokenBody(token, grant.scopes, accessSeconds));
}

/** Refuses what the scopes of the token do not cover, and calls beyond the limit of a minute. */
function before(request: DoubleRequest, double: PaypalDouble): Answer | null {
  const { state, clock, faults } = double;
  if (request.grant === null) return null;
  const needed = request.url.pathname.includes('/reporting/') ? searchScope : disputeScope;
  if (!request.grant.scopes.includes(needed)) return paypalErrors.forbidden('', request);
  const account = `${state.accountNumber}/${request.query.get('transaction_currency')}`;
  if (faults.forbidden.has(account)) return paypalErrors.forbidden(account, request);
  const now = clock.now();
  state.calls = state.calls.filter((instant) => instant > now - minuteMs);
  if (state.calls.length >= (faults.quota ?? usualCalls)) return paypalErrors.throttled(request, 60);
  state.calls.push(now);
  return null;
}

const routes = [live, sandbox].flatMap((host): Route<PaypalState>[] => [
  { host, method: 'GET', path: '/{version}/reporting/transactions', handle: transactions },
  { host, method: 'GET', path: '/{version}/reporting/balances', handle: balances },
  { host, method: 'GET', path: '/{version}/customer/disputes', handle: disputes },
]);

export const paypalDouble = defineDouble<PaypalState>({
  platform: 'paypal',
  hosts: [live, sandbox],
  access: {
    'Client ID': clientId,
    Secret: clientSecret,
    Sandbox: 'The same, with an app that may not search transactions',
  },
  oauth,
  state: paypalState,
  errors: paypalErrors,
  version: ({ params }) => params.version ?? null,
  days: daysAsked,
  before,
  routes: [...routes, { host: sandbox, method: 'POST', path: '/v1/oauth2/token', open: true, handle: sandboxToken }],
  accounts: ({ state }) => state.orders.accounts,
  totals,
});
