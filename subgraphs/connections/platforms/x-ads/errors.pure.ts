import { z } from 'zod';
import type { Answer, Failure } from '../connector.ts';

const errorBody = z.object({
  errors: z
    .array(z.object({ code: z.string(), message: z.string().default(''), parameter: z.string().optional() }))
    .min(1),
});

const usualWaitSeconds = 60;
/** By user, and by advertising account. */
const families = ['x-rate-limit', 'x-account-rate-limit'];

/** What X says with codes in words; what it does not explain has the usual meaning of its status. */
export function classifyX(answer: Answer): Failure | null {
  if (answer.status < 400) return null;
  if (answer.status === 429) {
    const wait = secondsToReset(answer) ?? usualWaitSeconds;
    return { class: 'rate_limit', message: `X: ${messageOf(answer)}`, waitSeconds: wait };
  }
  const parsed = errorBody.safeParse(answer.body);
  if (!parsed.success) return null;
  const [{ code, message: said, parameter }] = parsed.data.errors as [z.infer<typeof errorBody>['errors'][0]];
  const message = `X: ${said}`;
  if (/VERSION/.test(code)) return { class: 'version_sunset', message };
  // Accounts of others are as good as not there.
  if (answer.status === 404 && /NOT_FOUND/.test(code) && code !== 'ROUTE_NOT_FOUND')
    return { class: 'permission', message };
  if (code === 'INVALID_PARAMETER' && parameter === 'end_time' && /too (?:large|long)|exceed/i.test(said))
    return { class: 'too_much_data', message };
  return null;
}

/** Waits for the next quarter of an hour once no calls are left. */
export function holdBackX(answer: Answer): number | null {
  return secondsToReset(answer);
}

/** Seconds until calls are allowed again in the families that have none left; null when all have some. */
function secondsToReset({ headers }: Answer): number | null {
  const now = Date.parse(headers['date'] ?? '') / 1000;
  const waits = families
    .filter((family) => headers[`${family}-remaining`] === '0')
    .map((family) => Number(headers[`${family}-reset`]) - now)
    .filter((seconds) => Number.isFinite(seconds));
  return waits.length > 0 ? Math.max(1, Math.ceil(Math.max(...waits))) : null;
}

function messageOf({ body }: Answer): string {
  const parsed = errorBody.safeParse(body);
  return parsed.success ? parsed.data.errors[0]!.message : 'too many requests';
}
