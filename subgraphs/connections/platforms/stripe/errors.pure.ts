import { z } from 'zod';
import type { Answer, Failure, FailureClass } from '../connector.ts';

const errorBody = z.looseObject({
  error: z.looseObject({ type: z.string().optional(), code: z.string().nullish(), message: z.string().default('') }),
});

/** Seconds to wait at the limit, which is one of requests a second. */
const throttleSeconds = 2;

/** What Stripe's errors mean. A 403 names the permission that a restricted key lacks. */
export function classifyStripe(answer: Answer): Failure | null {
  const parsed = errorBody.safeParse(answer.body);
  if (answer.status < 400 || !parsed.success) return null;
  const { code, message } = parsed.data.error;
  const failureClass = classOf(answer, code ?? '', message);
  if (failureClass === null) return null;
  const wait = failureClass === 'rate_limit' ? { waitSeconds: throttleSeconds } : {};
  return { class: failureClass, message: `Stripe: ${message}`, ...wait };
}

/** A header says whether it makes sense to try again; it goes before the usual meaning of the status. */
function classOf({ status, headers }: Answer, code: string, message: string): FailureClass | null {
  if (code === 'request_too_large') return 'too_much_data';
  if (/invalid stripe api version/i.test(message)) return 'version_sunset';
  if (status === 401) return 'auth';
  if (status === 403) return 'permission';
  if (status === 429) return code === 'lock_timeout' ? 'transient' : 'rate_limit';
  const again = headers['stripe-should-retry'];
  if (again === undefined) return status === 409 ? 'transient' : null;
  return again === 'true' ? 'transient' : 'bad_request';
}
