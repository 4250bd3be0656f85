import { holds, judge } from './hmac.pure.ts';
import type { Scheme } from './scheme.ts';

const signature = 'klaviyo-signature';
const timestamp = 'klaviyo-timestamp';
/** Klaviyo names no window and sends again what failed; each event is taken once however late it is. */
const toleranceMs = 86_400_000;

/** Klaviyo's system webhooks: HMAC-SHA256 over the body and then the time, in hex. */
export const klaviyo: Scheme = {
  headers: [signature, timestamp, 'klaviyo-webhook-id'],
  verify({ headers, body }, secrets, now) {
    const given = headers[signature];
    const time = headers[timestamp];
    if (!given || !time) return 'unsigned';
    return judge(holds(secrets, [body, time], [Buffer.from(given, 'hex')]), instant(time, now), now, toleranceMs);
  },
};

/** Seconds, ms or a date in words; what cannot be read counts as now, as it is signed. */
function instant(time: string, now: Date): number {
  if (/^\d+(?:\.\d+)?$/.test(time)) return Number(time) * (Number(time) > 1e11 ? 1 : 1000);
  const parsed = Date.parse(time);
  return Number.isNaN(parsed) ? now.getTime() : parsed;
}
