import { z } from 'zod';
import type { Answer, Failure } from '../connector.ts';

const errorBody = z.looseObject({
  errors: z
    .array(z.looseObject({ code: z.string(), message: z.string().nullish(), details: z.string().nullish() }))
    .min(1),
});

const busy = new Set(['InternalFailure', 'InternalError', 'ServiceUnavailable']);

/** What the answers of the Selling Partner API mean. */
export function classifyAmazon({ status, headers, body }: Answer): Failure | null {
  if (status < 400) return null;
  // The file of a report; a link to it is good for five minutes, and another one is asked for.
  if (status === 403 && typeof body === 'string' && body.includes('Request has expired'))
    return { class: 'transient', message: 'Amazon: the link to the report has expired.' };
  const error = errorBody.safeParse(body).data?.errors[0];
  const said = `Amazon: ${sayingOf(error) || status}`;
  if (status === 429 || error?.code === 'QuotaExceeded') return tooMany(said, headers);
  return error ? meaningOf(status, error, said) : null;
}

type SpError = z.infer<typeof errorBody>['errors'][number];

function sayingOf(error: SpError | undefined): string | undefined {
  return [error?.message, error?.details].filter(Boolean).join(' ') || error?.code;
}

function meaningOf(status: number, { code, message, details }: SpError, said: string): Failure | null {
  if (status === 404 && /specified path/.test(message ?? '')) return { class: 'version_sunset', message: said };
  if (status === 401 || status === 403) return refused(said, details ?? '');
  if (busy.has(code)) return { class: 'transient', message: said };
  return status < 500 ? { class: 'bad_request', message: said } : null;
}

/** No answer says how long to wait, only how many calls a second are allowed; sometimes not even that. */
function tooMany(message: string, headers: Answer['headers']): Failure {
  const rate = Number(headers['x-amzn-ratelimit-limit']);
  return { class: 'rate_limit', message, ...(rate > 0 ? { waitSeconds: Math.ceil(1 / rate) } : {}) };
}

/** A token that ended and a role that is missing have one status and one code; the details tell of the token. */
function refused(message: string, details: string): Failure {
  if (/token/i.test(details)) return { class: 'auth', message };
  return { class: 'permission', message: `${message} Check the roles of the app, and the region.` };
}
