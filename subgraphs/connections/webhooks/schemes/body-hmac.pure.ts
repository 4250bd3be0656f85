import { holds } from './hmac.pure.ts';
import type { Scheme } from './scheme.ts';

/** The signature of the body alone, in base64 in a header: Shopify, WooCommerce. No time is signed. */
export function bodyHmac(header: string): Scheme {
  return {
    headers: [header],
    verify({ headers, body }, secrets) {
      const given = headers[header];
      if (!given) return 'unsigned';
      return holds(secrets, [body], [Buffer.from(given, 'base64')]) ? 'ok' : 'wrong';
    },
  };
}
