import type { AuthMethod, Credential } from '../platforms/auth-method.ts';

/** Tokens that are made are made again so long before they end. */
const mintAheadMs = 60_000;

/**
 * Whether a credential has to be renewed before it is used.
 * @param refused the access token that the platform just rejected; another one may work
 */
export function needsRenewal(method: AuthMethod, credential: Credential, now: Date, refused?: string): boolean {
  if (!isRenewable(method)) return false;
  const { accessToken, expiresAt } = credential;
  if (accessToken === undefined || accessToken === '') return true;
  if (refused !== undefined && accessToken === refused) return true;
  if (expiresAt === undefined) return false;
  return Date.parse(expiresAt) - aheadMs(method) <= now.getTime();
}

/** Whether there is anything that gives a new token without a person. */
export function isRenewable(method: AuthMethod): boolean {
  return method.kind === 'mint' || (method.kind === 'oauth2' && method.renewal !== 'none');
}

/** Whether the token may still be used although it should be renewed. */
export function stillWorks({ accessToken, expiresAt }: Credential, now: Date, refused?: string): boolean {
  if (!accessToken || accessToken === refused) return false;
  return expiresAt === undefined || Date.parse(expiresAt) > now.getTime();
}

function aheadMs(method: AuthMethod): number {
  return method.kind === 'oauth2' ? method.renewAheadSeconds * 1000 : mintAheadMs;
}
