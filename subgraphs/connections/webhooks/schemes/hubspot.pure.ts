import { holds, judge } from './hmac.pure.ts';
import type { Scheme } from './scheme.ts';

const signature = 'x-hubspot-signature-v3';
const timestamp = 'x-hubspot-request-timestamp';

/** HubSpot, version 3: HMAC-SHA256 over method, address, body and time in ms, in base64. */
export const hubspot: Scheme = {
  headers: [signature, timestamp],
  verify({ method, url, headers, body }, secrets, now) {
    const given = headers[signature];
    const time = headers[timestamp] ?? '';
    if (!given || !/^\d{1,16}$/.test(time)) return 'unsigned';
    const right = holds(secrets, [method, decoded(url), body, time], [Buffer.from(given, 'base64')]);
    return judge(right, Number(time), now);
  },
};

/** HubSpot signs the address with these characters as they are, whatever the client wrote. */
function decoded(url: string): string {
  return url.replace(/%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, (code) => decodeURIComponent(code));
}
