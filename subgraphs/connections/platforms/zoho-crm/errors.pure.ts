import { z } from 'zod';
import type { Answer, Failure, FailureClass } from '../connector.ts';

const errorBody = z.looseObject({
  code: z.string().optional(),
  error: z.string().optional(),
  error_description: z.string().optional(),
  message: z.string().default(''),
  status: z.string().optional(),
});

const minuteSeconds = 60;
/** Credits come back over a day, tokens over ten minutes. */
const hourSeconds = 3600;

const classes: Readonly<Record<string, FailureClass>> = {
  INVALID_TOKEN: 'auth',
  AUTHENTICATION_FAILURE: 'auth',
  // Status 401 as well, though the token is good.
  OAUTH_SCOPE_MISMATCH: 'permission',
  NO_PERMISSION: 'permission',
  INVALID_MODULE: 'permission',
  TOO_MANY_REQUESTS: 'rate_limit',
  LIMIT_EXCEEDED: 'rate_limit',
  INTERNAL_ERROR: 'transient',
  API_NOT_SUPPORTED: 'version_sunset',
};

/** Zoho's codes mean more than its statuses; errors of the token end point have status 200. */
export function classifyZoho(answer: Answer): Failure | null {
  const parsed = errorBody.safeParse(answer.body);
  if (!parsed.success) return null;
  const { code, error, error_description: description, message, status } = parsed.data;
  if (error !== undefined && /too many requests/i.test(description ?? ''))
    return { class: 'rate_limit', message: `Zoho: ${description}`, waitSeconds: 10 * minuteSeconds };
  if (code === undefined || (answer.status < 400 && status !== 'error')) return null;
  const found = classes[code];
  if (!found) return null;
  const said = `Zoho CRM: ${message} (${code})`;
  if (found !== 'rate_limit') return { class: found, message: said };
  return { class: found, message: said, waitSeconds: code === 'TOO_MANY_REQUESTS' ? minuteSeconds : hourSeconds };
}

/** The last credits of a day are left to others. */
const leastCredits = 250;

/** Holds back when few credits are left; the header is only there once half of them are used. */
export function holdBackZoho({ headers }: Answer): number | null {
  const left = headers['x-api-credits-remaining'];
  return left !== undefined && Number(left) < leastCredits ? hourSeconds : null;
}
