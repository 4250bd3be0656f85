import { createHmac } from 'node:crypto';
import type { Answer } from '../kit/answer.pure.ts';
import { defineDouble } from '../kit/define-double.ts';
import type { OAuthOptions } from '../kit/oauth-options.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { netTotals } from '../truth/net-totals.ts';
import { bulkFile } from './bulk.ts';
import { restoreRate, shopifyErrors, throttled } from './errors.pure.ts';
import { costAsked, graphql, searchAsked } from './graphql.ts';
import { daysOf } from './lists.ts';
import { shopNames, shopOf, shopTokens, shopifyState, type ShopifyDouble, type ShopifyState } from './state.ts';

const clientId = 'liftos-demo';
const clientSecret = 'liftos-demo-secret';
const shopHost = '{shop}.myshopify.com';
const filesHost = 'storage.googleapis.com';
const refreshSeconds = 90 * 86_400;
/** Points of a shop; tests lower them. */
const usualPoints = 10_000_000;

const oauth: OAuthOptions = {
  clientId,
  clientSecret,
  authorize: { path: '/admin/oauth/authorize' },
  token: { path: '/admin/oauth/access_token' },
  scopeSeparator: ',',
  scopes: ['read_orders', 'read_all_orders', 'read_customers', 'read_products'],
  grants: ['authorization_code', 'refresh_token'],
  redirectUriOptional: true,
  accessSeconds: 3600,
  rotation: 'gentle',
  refreshSeconds,
  accessToken: (secret) => `shpat_${secret.slice(0, 32)}`,
  refreshToken: (secret) => `shprt_${secret.slice(0, 32)}`,
  callback({ request, grant, parameters }) {
    const shop = request.url.hostname;
    grant.accounts = [shop];
    const extra = { host: Buffer.from(`${shop}/admin`).toString('base64url'), shop, timestamp: '1795262400' };
    return { ...extra, hmac: signature({ ...Object.fromEntries(parameters), ...extra }) };
  },
  otherGrant: (type, input, { fail }) =>
    type === 'authorization_code' && input.get('expiring') !== '1'
      ? fail('invalid_request', 'Non-expiring offline tokens are refused for this app; send expiring.')
      : null,
};

function signature(parameters: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(parameters).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const message = sorted.map(([name, value]) => `${name}=${value}`).join('&');
  return createHmac('sha256', clientSecret).update(message).digest('hex');
}

/** Refuses tokens of other shops, those that a younger installation ended, and what costs more than is left. */
function before(request: DoubleRequest, double: ShopifyDouble): Answer | null {
  if (request.url.hostname === filesHost) return null;
  const shop = shopOf(request, double);
  if (!shop) return shopifyErrors.notFound(request);
  const { accounts, scopes, id } = request.grant!;
  if (accounts !== null && !accounts.includes(shop.id)) return shopifyErrors.unauthorized('unknown', request);
  if (scopes.length > 0) {
    const newest = Math.max(id, double.state.newestGrant.get(shop.id) ?? 0);
    double.state.newestGrant.set(shop.id, newest);
    if (id < newest) return shopifyErrors.unauthorized('revoked', request);
  }
  if (shop.kind === 'forbidden') return shopifyErrors.forbidden(shop.id, request);
  return spend(shop.id, costAsked(request), double);
}

function spend(shop: string, cost: number, { state, faults, clock }: ShopifyDouble): Answer | null {
  const most = faults.quota ?? usualPoints;
  const known = state.spent.get(shop) ?? { points: 0, at: clock.now() };
  const restored = ((clock.now() - known.at) / 1000) * restoreRate;
  const points = Math.max(0, known.points - restored) + cost;
  if (points > most) return throttled((points - most) / restoreRate);
  state.spent.set(shop, { points, at: clock.now() });
  return null;
}

export const shopifyDouble = defineDouble<ShopifyState>({
  platform: 'shopify',
  hosts: [shopHost, filesHost],
  access: {
    'Client ID': clientId,
    'Client secret': clientSecret,
    Shops: shopNames.map((name) => `${name}.myshopify.com`).join(', '),
    'Token of a custom app (EUR)': shopTokens[0]!,
    'Token of a custom app (NZD)': shopTokens[1]!,
    'Token of a custom app (forbidden)': shopTokens[2]!,
    'Token of a custom app (empty)': shopTokens[3]!,
  },
  oauth,
  accountKeys: ({ state }) => shopTokens.map((key, index) => ({ key, accounts: [state.orders.accounts[index]!.id] })),
  state: shopifyState,
  token: (request) => request.header('x-shopify-access-token'),
  errors: shopifyErrors,
  version: ({ params }) => params.version ?? null,
  account: ({ url }) => url.hostname,
  days: (request) => daysOf(searchAsked(request)),
  before,
  finish: (answer, { params }) => ({
    ...answer,
    headers: { ...(params.version ? { 'x-shopify-api-version': params.version } : {}), ...answer.headers },
  }),
  routes: [
    { method: 'POST', path: '/admin/api/{version}/graphql.json', handle: graphql },
    { method: 'GET', host: filesHost, path: '/shopify-tiers-assets/{bucket}/{file}', open: true, handle: bulkFile },
  ],
  accounts: ({ state }) => state.orders.accounts,
  totals: (query, { state }) => netTotals(state.orders, query),
});
