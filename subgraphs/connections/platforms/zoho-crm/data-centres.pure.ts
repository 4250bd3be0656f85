import { AppError } from '@liftos/core/errors.ts';
import type { Values } from '../auth-method.ts';

/** Where Zoho keeps accounts, by the ending of its names. */
const accountsHosts = new Set([
  'accounts.zoho.com',
  'accounts.zoho.eu',
  'accounts.zoho.in',
  'accounts.zoho.com.cn',
  'accounts.zoho.com.au',
  'accounts.zoho.jp',
  'accounts.zoho.sa',
  'accounts.zohocloud.ca',
]);

/** Hosts of the API in all data centres, as an expression. */
export const apiHosts = 'www\\.(?:zohoapis\\.(?:com|eu|in|com\\.cn|com\\.au|jp|sa|ca)|zohocloud\\.ca)';

export const usualApi = 'https://www.zohoapis.com';
const usualAccounts = 'https://accounts.zoho.com';

/**
 * The server that gives tokens of an account. The browser brings its name along, so only known ones are believed: any
 * other would be handed the application's secret. Throws BAD_USER_INPUT.
 */
export function accountsServer(callback: Values, extra: Values): string {
  const named = callback['accounts-server'] ?? extra['accounts_server'] ?? usualAccounts;
  const url = URL.canParse(named) ? new URL(named) : null;
  if (url?.protocol === 'https:' && url.port === '' && accountsHosts.has(url.hostname)) return url.origin;
  throw new AppError('BAD_USER_INPUT', 'Zoho named a server for tokens that is not known.', {
    field: 'accounts-server',
  });
}

const apiAddress = new RegExp(`^https://${apiHosts}$`);

/** The address of the API in a token answer. Throws PLATFORM_AUTH for one that is not Zoho's. */
export function apiDomain(answer: Readonly<Record<string, unknown>>): string {
  const domain = answer['api_domain'] ?? usualApi;
  if (typeof domain === 'string' && apiAddress.test(domain)) return domain;
  throw new AppError('PLATFORM_AUTH', 'Zoho named an address of its API that is not known.');
}
