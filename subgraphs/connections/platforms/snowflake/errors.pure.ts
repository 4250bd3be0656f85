import { z } from 'zod';
import type { Answer, Failure } from '../connector.ts';

const errorBody = z.object({ code: z.string().default(''), message: z.string().default('') });

/** Something that is not there, or that the role may not see: Snowflake does not say which. */
const closed = new Set(['002003', '002043', '003001']);
const tookTooLong = new Set(['000630', '000604']);
const tokenProblems = new Set(['390144', '390318', '390114', '390104', '390195']);

/** Statements fail with status 422 whatever the reason; the code tells. */
export function classifySnowflake(answer: Answer): Failure | null {
  if (answer.status < 400) return null;
  const parsed = errorBody.safeParse(answer.body);
  if (!parsed.success) return null;
  const { code, message: said } = parsed.data;
  const message = `Snowflake: ${said}${code ? ` (${code})` : ''}`;
  if (tokenProblems.has(code)) return { class: 'auth', message };
  if (closed.has(code)) return { class: 'permission', message };
  if (answer.status === 408 || tookTooLong.has(code)) return { class: 'too_much_data', message };
  return answer.status === 422 ? { class: 'bad_request', message } : null;
}
