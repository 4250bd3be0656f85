import { z } from 'zod';
import type { Answer, Failure } from '../connector.ts';

const errorBody = z.object({
  errors: z.array(z.looseObject({ title: z.string().default(''), detail: z.string().default('') })).min(1),
});

/** Statuses mean the usual here; a range that is too long is told in words only. */
export function classifyKlaviyo({ status, body }: Answer): Failure | null {
  const parsed = errorBody.safeParse(body);
  if (status !== 400 || !parsed.success) return null;
  const [error] = parsed.data.errors;
  const said = error!.detail || error!.title;
  const isTooMuch = /range|timeframe/i.test(said) && /too (long|large)|exceed|at most|longer/i.test(said);
  return isTooMuch ? { class: 'too_much_data', message: `Klaviyo: ${said}` } : null;
}
