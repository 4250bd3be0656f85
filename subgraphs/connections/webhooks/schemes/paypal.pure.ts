import { createVerify, X509Certificate } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { judge } from './hmac.pure.ts';
import type { Scheme } from './scheme.ts';

/** PayPal sends a delivery again for three days, with the time of the first try. */
const toleranceMs = 4 * 86_400_000;

/** Hosts whose certificates are believed. */
export const certificateHosts = [String.raw`api(?:-m)?(?:\.sandbox)?\.paypal\.com`];

/**
 * PayPal: RSA-SHA256 over `<transmission id>|<time>|<webhook id>|<CRC32 of the body>` with a certificate of PayPal.
 * The "secret" is the id that PayPal gave the webhook.
 */
export const paypal: Scheme = {
  headers: ['id', 'time', 'sig']
    .map((name) => `paypal-transmission-${name}`)
    .concat('paypal-cert-url', 'paypal-auth-algo'),
  certificateUrl({ headers }) {
    const text = headers['paypal-cert-url'] ?? '';
    if (!URL.canParse(text)) return null;
    const url = new URL(text);
    const known = certificateHosts.some((host) => new RegExp(`^${host}$`).test(url.hostname));
    return known && url.protocol === 'https:' && url.port === '' && !url.username ? url.href : null;
  },
  verify({ headers, body }, secrets, now, certificate) {
    const [id, time, given] = ['id', 'time', 'sig'].map((name) => headers[`paypal-transmission-${name}`]);
    if (!id || !time || !given) return 'unsigned';
    if (!certificate || headers['paypal-auth-algo'] !== 'SHA256withRSA') return 'wrong';
    const { publicKey, validFrom, validTo } = new X509Certificate(certificate);
    if (Date.parse(validFrom) > now.getTime() || Date.parse(validTo) < now.getTime()) return 'wrong';
    const checksum = crc32(body);
    const right = secrets.some((webhookId) =>
      createVerify('RSA-SHA256').update(`${id}|${time}|${webhookId}|${checksum}`).verify(publicKey, given, 'base64'),
    );
    return judge(right, Date.parse(time), now, toleranceMs);
  },
};
