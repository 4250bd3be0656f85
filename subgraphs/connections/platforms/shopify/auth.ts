import { createHmac, timingSafeEqual } from 'node:crypto';
import { badInput } from '@liftos/core/errors.ts';
import type { KeyMethod, OAuth2Method, OAuthApp, Outgoing, Credential, Values } from '../auth-method.ts';

/** Nothing but a name of Shopify's own may become a part of an address. */
export const shopPattern = '[a-z0-9][a-z0-9-]*\\.myshopify\\.com';

/** Throws BAD_USER_INPUT for what is no shop. */
function shopIn(settings: Values): string {
  const shop = settings['shop'] ?? '';
  if (!new RegExp(`^${shopPattern}$`).test(shop))
    throw badInput('shop', 'Give the address of a shop at myshopify.com.');
  return shop;
}

/**
 * Checks that Shopify itself sent the browser back: the parameters, sorted, are signed with the application's secret.
 * Throws BAD_USER_INPUT.
 */
export function checkCallback(callback: Values, settings: Values, { clientSecret }: OAuthApp): void {
  const { hmac = '', ...signed } = callback;
  const message = Object.entries(signed)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  const expected = createHmac('sha256', clientSecret).update(message).digest();
  const given = Buffer.from(hmac, 'hex');
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw badInput('hmac', 'The way back from Shopify is not signed as it should be.');
  if (callback['shop'] !== shopIn(settings)) throw badInput('shop', `This login is for the shop ${callback['shop']}.`);
}

const apply = (name: (credential: Credential) => string | undefined) => (request: Outgoing, credential: Credential) => {
  request.headers['x-shopify-access-token'] = name(credential) ?? '';
};

/**
 * Tokens that end after an hour, and refresh tokens that are renewed with each use and end after 90 days without one.
 * Only one of them is active for an application and shop: a new login ends the one before.
 */
export const oauth: OAuth2Method = {
  id: 'oauth',
  kind: 'oauth2',
  title: 'Log in with Shopify',
  hint: 'Log in as somebody who may install apps. Logging in again ends the access of connections to the same shop.',
  fields: [],
  authorizeUrl: (settings) => `https://${shopIn(settings)}/admin/oauth/authorize`,
  tokenUrl: (settings) => `https://${shopIn(settings)}/admin/oauth/access_token`,
  scopes: ['read_orders', 'read_all_orders', 'read_customers', 'read_products'],
  scopeSeparator: ',',
  pkce: false,
  clientAuth: 'body',
  tokenEncoding: 'json',
  tokenParameters: { expiring: '1' },
  renewal: 'refresh_token',
  usualLifeSeconds: 3600,
  renewAheadSeconds: 300,
  consentDays: 90,
  checkCallback,
  apply: apply(({ accessToken }) => accessToken),
};

export const customApp: KeyMethod = {
  id: 'custom_app',
  kind: 'key',
  title: 'Token of a custom app',
  hint: 'Settings, Apps, Develop apps: an app with read access to orders, customers and products, then its Admin API access token.',
  fields: [
    {
      name: 'token',
      label: 'Admin API access token',
      secret: true,
      pattern: 'shp[a-z]{2}_\\w+',
      placeholder: 'shpat_…',
    },
  ],
  apply: apply(({ values }) => values['token']),
};
