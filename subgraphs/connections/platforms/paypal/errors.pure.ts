import { z } from 'zod';
import type { Answer, Failure } from '../connector.ts';

const errorBody = z.looseObject({
  name: z.string(),
  message: z.string().default(''),
  details: z.array(z.looseObject({ issue: z.string().optional(), description: z.string().optional() })).optional(),
});

/** PayPal does not say how long to wait. */
const throttleSeconds = 60;
/** The report is at times later than usual. */
const lateSeconds = 1800;

export const searchHint =
  'Switch on "Transaction search" in the app at developer.paypal.com; it takes up to nine hours to act.';

/** What PayPal's errors mean; they have names of their own. */
export function classifyPaypal(answer: Answer): Failure | null {
  if (answer.status < 400) return null;
  const parsed = errorBody.safeParse(answer.body);
  if (!parsed.success) return null;
  const { name, message, details = [] } = parsed.data;
  const issues = details.map(({ issue, description }) => description ?? issue ?? '').filter(Boolean);
  const said = `PayPal: ${[message, ...issues].join(' ')}`;
  if (name === 'RESULTSET_TOO_LARGE') return { class: 'too_much_data', message: said };
  if (answer.status === 429) return { class: 'rate_limit', message: said, waitSeconds: throttleSeconds };
  if (name === 'NOT_AUTHORIZED') return { class: 'permission', message: `${said} ${searchHint}` };
  if (details.some(({ issue }) => /date is not available/i.test(issue ?? '')))
    return { class: 'rate_limit', message: said, waitSeconds: lateSeconds };
  return null;
}
