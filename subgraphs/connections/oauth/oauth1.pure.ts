import { createHmac } from 'node:crypto';
import type { Values } from '../platforms/auth-method.ts';

/** Who signs, and with what. */
export interface Signer {
  consumerKey: string;
  consumerSecret: string;
  token?: string;
  tokenSecret?: string;
  /** Anything that is used once. */
  nonce: string;
  /** Seconds since 1970. */
  timestamp: number;
}

interface SignedRequest {
  method: string;
  url: URL;
  /** Fields of a form body; other bodies are not signed. */
  form?: Values;
}

/**
 * The `Authorization` header of OAuth 1.0a with HMAC-SHA1 (RFC 5849).
 * @param more further protocol parameters, e.g. `oauth_callback`
 */
export function oauth1Header(request: SignedRequest, signer: Signer, more: Values = {}): string {
  const own: Values = {
    oauth_consumer_key: signer.consumerKey,
    oauth_nonce: signer.nonce,
    oauth_signature_method: 'HMAC-SHA1',
    oauth_timestamp: String(signer.timestamp),
    ...(signer.token === undefined ? {} : { oauth_token: signer.token }),
    oauth_version: '1.0',
    ...more,
  };
  const signature = oauth1Signature(request, own, signer);
  const fields = Object.entries({ ...own, oauth_signature: signature });
  return `OAuth ${fields.map(([name, value]) => `${percent(name)}="${percent(value)}"`).join(', ')}`;
}

/** The signature over the method, the address, its query, the form and the protocol parameters. */
export function oauth1Signature(
  { method, url, form = {} }: SignedRequest,
  own: Values,
  { consumerSecret, tokenSecret = '' }: Pick<Signer, 'consumerSecret' | 'tokenSecret'>,
): string {
  const all = [...url.searchParams, ...Object.entries(form), ...Object.entries(own)];
  const pairs = all.map(([name, value]) => [percent(name), percent(value)] as const);
  const sorted = pairs.toSorted(([a, x], [b, y]) => compare(a, b) || compare(x, y));
  const parameters = sorted.map(([name, value]) => `${name}=${value}`).join('&');
  const address = `${url.protocol}//${url.host}${url.pathname}`;
  const base = [method.toUpperCase(), percent(address), percent(parameters)].join('&');
  return createHmac('sha1', `${percent(consumerSecret)}&${percent(tokenSecret)}`)
    .update(base)
    .digest('base64');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** As RFC 3986 writes it, which is stricter than the language does. */
function percent(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
