import { json, type Answer } from '../kit/answer.pure.ts';
import { defineDouble, type Route } from '../kit/define-double.ts';
import type { OAuthOptions } from '../kit/oauth-options.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { demoApp } from '../demo-app.ts';
import { amazonErrors, spError } from './errors.pure.ts';
import { transactions } from './finances.ts';
import { operationOf, takeCall } from './limits.ts';
import { orderMetrics } from './metrics.ts';
import { searchOrders } from './orders.ts';
import { createReport, file, filesHost, getDocument, getReport, listReports } from './reports.ts';
import {
  amazonState,
  marketplaceAsked,
  marketplaceOf,
  sellerId,
  selfAuthorised,
  type AmazonDouble,
  type AmazonState,
} from './state.ts';

const host = 'sellingpartnerapi-eu.amazon.com';
const otherRegions = ['sellingpartnerapi-na.amazon.com', 'sellingpartnerapi-fe.amazon.com'];
const consentHost = 'sellercentral-europe.amazon.com';
const tokenHost = 'api.amazon.com';
const app = demoApp('amazon_seller');
const applicationId = 'amzn1.sp.solution.liftos-demo';
/** Stands for the versions of all parts of the API. */
const version = '2026-01-01';

const oauth: OAuthOptions = {
  ...app,
  authorize: { host: consentHost, path: '/apps/authorize/consent' },
  token: { host: tokenHost, path: '/auth/o2/token' },
  accessSeconds: 3600,
  rotation: 'kept',
  accessToken: (secret) => `Atza|${secret}`,
  refreshToken: (secret) => `Atzr|${secret}`,
  // A seller lets an app in for all marketplaces of his region.
  callback({ request, grant, code, parameters }): Record<string, string> {
    grant.accounts = null;
    parameters.delete('code');
    return request.query.get('application_id') === applicationId
      ? { spapi_oauth_code: code, selling_partner_id: sellerId }
      : { error: 'MD1000', error_description: 'The application id is not known.' };
  },
};

/** `GET /sellers/v1/marketplaceParticipations`. */
function participations(_: DoubleRequest, { state }: AmazonDouble): Answer {
  const payload = state.orders.accounts.map((account) => {
    const { id, country, domain, store, currency } = marketplaceOf(account);
    const name = domain.replace('www.a', 'A');
    return {
      marketplace: { id, name, countryCode: country, defaultCurrencyCode: currency, domainName: domain },
      participation: { isParticipating: account.kind !== 'forbidden', hasSuspendedListings: false },
      storeName: store,
    };
  });
  // Where one sells elsewhere through Amazon's warehouses; Amazon lists it beside the others.
  const elsewhere = { id: 'A38D8NSA03LJTC', name: 'Non-Amazon DE', countryCode: 'DE', defaultCurrencyCode: 'EUR' };
  const marketplace = { ...elsewhere, domainName: 'si-prod-marketplace-eu.stores.amazon.com' };
  payload.push({
    marketplace,
    participation: { isParticipating: true, hasSuspendedListings: false },
    storeName: 'Nordwind Europe',
  });
  return json({ payload });
}

function before(request: DoubleRequest, double: AmazonDouble): Answer | null {
  if (request.url.hostname === filesHost) return null;
  if (!request.header('user-agent')) return spError(400, 'InvalidInput', 'The user-agent header is missing.');
  // The seller is one of Europe.
  if (request.url.hostname !== host) return amazonErrors.forbidden('', request);
  const account = double.state.orders.account(marketplaceAsked(request) ?? '');
  return account?.kind === 'forbidden' ? amazonErrors.forbidden(account.id, request) : takeCall(request, double);
}

const routes = [host, ...otherRegions].flatMap((region): Route<AmazonState>[] => [
  { host: region, method: 'GET', path: '/sellers/v1/marketplaceParticipations', handle: participations },
  { host: region, method: 'GET', path: '/sales/v1/orderMetrics', handle: orderMetrics },
  { host: region, method: 'GET', path: '/orders/2026-01-01/orders', handle: searchOrders },
  { host: region, method: 'POST', path: '/reports/2021-06-30/reports', handle: createReport },
  { host: region, method: 'GET', path: '/reports/2021-06-30/reports', handle: listReports },
  { host: region, method: 'GET', path: '/reports/2021-06-30/reports/{report}', handle: getReport },
  { host: region, method: 'GET', path: '/reports/2021-06-30/documents/{document}', handle: getDocument },
  { host: region, method: 'GET', path: '/finances/2024-06-19/transactions', handle: transactions },
]);

export const amazonSellerDouble = defineDouble<AmazonState>({
  platform: 'amazon_seller',
  hosts: [host, ...otherRegions, consentHost, tokenHost, filesHost],
  access: {
    Region: 'eu',
    'Application ID': applicationId,
    'Client ID': app.clientId,
    'Client secret': app.clientSecret,
    'Refresh token': selfAuthorised,
  },
  oauth,
  state: amazonState,
  token: (request) => request.header('x-amz-access-token'),
  errors: amazonErrors,
  version: (request) => (operationOf(request) ? version : null),
  account: marketplaceAsked,
  before,
  finish(answer, request) {
    const operation = operationOf(request);
    const rate: Record<string, string> = operation ? { 'x-amzn-ratelimit-limit': String(operation.rate) } : {};
    return { ...answer, headers: { 'x-amzn-requestid': 'nordwind-0001', ...rate, ...answer.headers } };
  },
  routes: [...routes, { host: filesHost, method: 'GET', path: '/{report}', open: true, handle: file }],
  accounts: ({ state }) => state.orders.accounts,
  totals: (query, { state }) => state.orders.totals(query),
});
