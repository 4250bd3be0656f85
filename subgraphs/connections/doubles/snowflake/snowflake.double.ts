import type { Answer } from '../kit/answer.pure.ts';
import { defineDouble, type Running } from '../kit/define-double.ts';
import type { OAuthOptions } from '../kit/oauth-options.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { warehouseState, type WarehouseState } from '../warehouse/state.ts';
import { snowflakeErrors } from './errors.pure.ts';
import { cancel, daysAsked, statement, submit, tableAsked } from './statements.ts';
import { jwtProblem, privateKeyPem, snowflakeUser } from './tokens.ts';

const accessToken = 'snowflake-double-token';
const daySeconds = 86_400;

const oauth: OAuthOptions = {
  clientId: 'liftos-demo',
  clientSecret: 'liftos-demo-secret',
  authorize: { path: '/oauth/authorize' },
  token: { path: '/oauth/token-request' },
  clientAuth: 'basic',
  pkce: 'accepted',
  accessSeconds: 600,
  rotation: 'kept',
  refreshSeconds: 90 * daySeconds,
};

/** Each kind of token has to say what it is. */
function authenticate(request: DoubleRequest, double: Running<WarehouseState>): Answer | null {
  const token = request.bearer();
  if (token === null) return snowflakeErrors.unauthorized('missing', request);
  const type = request.header('x-snowflake-authorization-token-type') ?? 'OAUTH';
  if (type === 'KEYPAIR_JWT') {
    const problem = jwtProblem(token, request, double);
    return problem && snowflakeErrors.unauthorized(problem, request);
  }
  const isFit = (token === accessToken) === (type === 'PROGRAMMATIC_ACCESS_TOKEN');
  const grant = isFit ? double.tokens.check(token) : 'unknown';
  if (typeof grant === 'string') return snowflakeErrors.unauthorized(grant, request);
  request.grant = grant;
  return null;
}

export const snowflakeDouble = defineDouble<WarehouseState>({
  platform: 'snowflake',
  hosts: ['{account}.snowflakecomputing.com'],
  access: {
    Account: 'nordwind-marketing',
    Warehouse: 'REPORTING_XS',
    Tables: 'MARKETING.PUBLIC.NORDWIND_EUROPE, MARKETING.PUBLIC.NORDWIND_PACIFIC',
    Columns:
      'DAY, CHANNEL, CAMPAIGN, AD_GROUP, AD, SPEND, IMPRESSIONS, CLICKS, CONVERSIONS, REVENUE, CURRENCY, UPDATED_AT',
    Token: accessToken,
    User: snowflakeUser,
    get 'Private key'() {
      return privateKeyPem();
    },
  },
  oauth,
  keys: [accessToken],
  state: warehouseState('snowflake', ({ name }) => `MARKETING.PUBLIC.${name.toUpperCase().replaceAll(' ', '_')}`),
  authenticate,
  errors: snowflakeErrors,
  version: ({ params }) => params.version ?? null,
  account: tableAsked,
  days: daysAsked,
  routes: [
    { method: 'POST', path: '/api/{version}/statements', handle: submit },
    { method: 'GET', path: '/api/{version}/statements/{handle}', handle: statement },
    { method: 'POST', path: '/api/{version}/statements/{handle}/cancel', handle: cancel },
  ],
  accounts: ({ state }) => state.truth.accounts,
  totals: (query, { state }) => state.truth.totals(query),
});
