import { holds, judge } from './hmac.pure.ts';
import type { Scheme } from './scheme.ts';

const prefix = 'whsec_';
const mostSignatures = 10;

/** Standard Webhooks (standardwebhooks.com): HMAC-SHA256 over `<id>.<timestamp>.<body>`, in base64 behind `v1,`. */
export const standard: Scheme = {
  headers: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
  verify({ headers, body }, secrets, now) {
    const id = headers['webhook-id'];
    const time = headers['webhook-timestamp'] ?? '';
    const signatures = (headers['webhook-signature'] ?? '')
      .split(' ')
      .filter((part) => part.startsWith('v1,'))
      .slice(0, mostSignatures)
      .map((part) => Buffer.from(part.slice(3), 'base64'));
    if (!id || signatures.length === 0 || !/^\d{1,12}$/.test(time)) return 'unsigned';
    return judge(holds(secrets.map(keyOf), [`${id}.${time}.`, body], signatures), Number(time) * 1000, now);
  },
};

/** Secrets are base64 behind `whsec_`; anything else is taken as it stands. */
function keyOf(secret: string): string | Buffer {
  return secret.startsWith(prefix) ? Buffer.from(secret.slice(prefix.length), 'base64') : secret;
}
