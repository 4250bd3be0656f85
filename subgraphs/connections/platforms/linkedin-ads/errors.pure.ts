import { z } from 'zod';
import type { Answer, Failure } from '../connector.ts';

const errorBody = z.object({
  status: z.number(),
  message: z.string().default(''),
  code: z.string().optional(),
  serviceErrorCode: z.number().optional(),
});

/** Most follows from the status; how long to wait, and that a report would be too large, only from the message. */
export function classifyLinkedin(answer: Answer): Failure | null {
  if (answer.status < 400) return null;
  const parsed = errorBody.safeParse(answer.body);
  if (!parsed.success) return null;
  const said = parsed.data.message;
  const message = `LinkedIn: ${said}`;
  if (answer.status === 426 || parsed.data.code === 'NONEXISTENT_VERSION') return { class: 'version_sunset', message };
  if (answer.status === 429) {
    // Limits are by day in UTC unless the answer says otherwise.
    const waitSeconds = /\bday\b/i.test(said) ? secondsToMidnight(answer.headers['date']) : 60;
    return { class: 'rate_limit', message, waitSeconds };
  }
  if (answer.status === 400 && /too many (?:entities|elements)|too large/i.test(said))
    return { class: 'too_much_data', message };
  return null;
}

function secondsToMidnight(date: string | undefined): number {
  const now = Date.parse(date ?? '');
  return Number.isNaN(now) ? 3600 : 86_400 - (Math.floor(now / 1000) % 86_400);
}
