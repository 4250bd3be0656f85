import { badInput } from '@liftos/core/errors.ts';
import type { Values } from '../auth-method.ts';

/** Where sellers of a region log in, unless they name another place. */
const usualLogin: Readonly<Record<string, string>> = {
  na: 'sellercentral.amazon.com',
  eu: 'sellercentral-europe.amazon.com',
  fe: 'sellercentral.amazon.co.jp',
};

/** Places where sellers log in, as an expression. */
export const loginHosts =
  'sellercentral(?:-europe)?\\.amazon\\.(?:com|ca|com\\.(?:mx|br|au|be|tr)|co\\.(?:uk|jp|za)|de|fr|it|es|nl|se|pl|eg|sa|ae|in|sg|ie)';

/** The address of the API for a region. Throws BAD_USER_INPUT for what is no region. */
export function apiOf({ region = '' }: Values): string {
  if (!Object.hasOwn(usualLogin, region)) throw badInput('region', 'The region is na, eu or fe.');
  return `https://sellingpartnerapi-${region}.amazon.com`;
}

/** The page on which a seller lets an application in. Throws BAD_USER_INPUT. */
export function consentPage({ region = '', sellerCentral, applicationId, appVersion }: Values): string {
  if (!applicationId) throw badInput('applicationId', 'Logging in needs the application ID of your app.');
  const host = sellerCentral || usualLogin[region];
  if (!host || !new RegExp(`^${loginHosts}$`).test(host)) throw badInput('region', 'The region is na, eu or fe.');
  const url = new URL(`https://${host}/apps/authorize/consent`);
  url.searchParams.set('application_id', applicationId);
  if (appVersion) url.searchParams.set('version', appVersion);
  return url.href;
}

/** Where a day begins in the marketplace of a country. Amazon counts all of North America in Pacific time. */
const zones: Readonly<Record<string, string>> = {
  US: 'America/Los_Angeles',
  CA: 'America/Los_Angeles',
  MX: 'America/Los_Angeles',
  BR: 'America/Sao_Paulo',
  GB: 'Europe/London',
  UK: 'Europe/London',
  IE: 'Europe/Dublin',
  DE: 'Europe/Berlin',
  FR: 'Europe/Paris',
  IT: 'Europe/Rome',
  ES: 'Europe/Madrid',
  NL: 'Europe/Amsterdam',
  BE: 'Europe/Brussels',
  SE: 'Europe/Stockholm',
  PL: 'Europe/Warsaw',
  TR: 'Europe/Istanbul',
  EG: 'Africa/Cairo',
  ZA: 'Africa/Johannesburg',
  SA: 'Asia/Riyadh',
  AE: 'Asia/Dubai',
  IN: 'Asia/Kolkata',
  JP: 'Asia/Tokyo',
  SG: 'Asia/Singapore',
  AU: 'Australia/Sydney',
};

/** The time zone of a marketplace; undefined for a country that is not known. */
export function zoneOf(country: string): string | undefined {
  return zones[country.toUpperCase()];
}
