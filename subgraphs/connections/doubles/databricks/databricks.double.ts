import { defineDouble } from '../kit/define-double.ts';
import type { OAuthOptions } from '../kit/oauth-options.ts';
import { warehouseState, type WarehouseState } from '../warehouse/state.ts';
import { databricksErrors } from './errors.pure.ts';
import {
  cancel,
  daysAsked,
  file,
  resultChunk,
  statement,
  submit,
  tableAsked,
  warehouseId,
  warehouses,
} from './statements.ts';

const personalToken = 'dapi-databricks-double';

const oauth: OAuthOptions = {
  clientId: 'liftos-demo',
  clientSecret: 'liftos-demo-secret',
  authorize: { path: '/oidc/v1/authorize' },
  token: { path: '/oidc/v1/token' },
  clientAuth: 'basic',
  pkce: 'required',
  scopes: ['all-apis', 'offline_access'],
  grants: ['authorization_code', 'refresh_token', 'client_credentials'],
  accessSeconds: 3600,
  rotation: 'always',
};

export const databricksDouble = defineDouble<WarehouseState>({
  platform: 'databricks',
  hosts: ['{workspace}.cloud.databricks.com', 'databricks-results.s3.eu-central-1.amazonaws.com'],
  access: {
    Workspace: 'dbc-nordwind.cloud.databricks.com',
    'SQL warehouse id': warehouseId,
    Tables: 'marketing.public.nordwind_europe, marketing.public.nordwind_pacific',
    Columns:
      'day, channel, campaign, ad_group, ad, spend, impressions, clicks, conversions, revenue, currency, updated_at',
    'Client ID': oauth.clientId,
    'OAuth secret': oauth.clientSecret,
    'Personal access token': personalToken,
  },
  oauth,
  keys: [personalToken],
  state: warehouseState('databricks', ({ name }) => `marketing.public.${name.toLowerCase().replaceAll(' ', '_')}`),
  errors: databricksErrors,
  version: ({ params }) => params.version ?? null,
  account: tableAsked,
  days: daysAsked,
  routes: [
    { method: 'GET', path: '/api/{version}/sql/warehouses', handle: warehouses },
    { method: 'POST', path: '/api/{version}/sql/statements', handle: submit },
    { method: 'GET', path: '/api/{version}/sql/statements/{id}', handle: statement },
    { method: 'GET', path: '/api/{version}/sql/statements/{id}/result/chunks/{chunk}', handle: resultChunk },
    { method: 'POST', path: '/api/{version}/sql/statements/{id}/cancel', handle: cancel },
    {
      method: 'GET',
      host: 'databricks-results.s3.eu-central-1.amazonaws.com',
      path: '/results/{id}/{chunk}',
      open: true,
      handle: file,
    },
  ],
  accounts: ({ state }) => state.truth.accounts,
  totals: (query, { state }) => state.truth.totals(query),
});
