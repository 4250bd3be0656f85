import { json, type Answer } from '../kit/answer.pure.ts';
import type { PlatformErrors } from '../kit/define-double.ts';

/** An error as Zoho words it. */
export function zohoError(
  status: number,
  code: string,
  message: string,
  details: Readonly<Record<string, unknown>> = {},
): Answer {
  return json({ code, details, message, status: 'error' }, status);
}

export const zohoErrors: PlatformErrors = {
  unauthorized: () => zohoError(401, 'INVALID_TOKEN', 'invalid oauth token'),
  throttled: () => zohoError(429, 'TOO_MANY_REQUESTS', 'Too many requests fired concurrently. Please try again later.'),
  failed: (status) => zohoError(status, 'INTERNAL_ERROR', 'Internal Server Error'),
  notFound: () => zohoError(404, 'INVALID_URL_PATTERN', 'Please check if the URL trying to access is a correct one'),
  forbidden: () => zohoError(403, 'NO_PERMISSION', 'permission denied', { permissions: ['Crm_Implied_View_Deals'] }),
  versionOff: () => zohoError(400, 'API_NOT_SUPPORTED', 'API not supported in this version', { supported_version: 9 }),
};
