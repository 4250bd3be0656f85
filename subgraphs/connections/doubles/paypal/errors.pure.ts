import { json, type Answer } from '../kit/answer.pure.ts';
import type { PlatformErrors } from '../kit/define-double.ts';

interface Detail {
  field?: string;
  value?: string;
  location?: string;
  issue: string;
  description?: string;
}

/** An error as PayPal words it. */
export function paypalError(status: number, name: string, message: string, details: readonly Detail[] = []): Answer {
  const link = `https://developer.paypal.com/docs/api/errors/#${name}`;
  return json({ name, message, debug_id: 'b1d1f06c7246c', information_link: link, details, links: [] }, status);
}

/** A parameter that is wrong. */
export function invalidRequest(field: string, issue: string): Answer {
  const message = 'Request is not well-formed, syntactically incorrect, or violates schema.';
  return paypalError(400, 'INVALID_REQUEST', message, [{ field, location: 'query', issue }]);
}

/** More rows than a window may have. */
export function resultSetTooLarge(): Answer {
  return paypalError(
    400,
    'RESULTSET_TOO_LARGE',
    'Result set size is greater than the maximum limit. Change the filter.',
  );
}

export const paypalErrors: PlatformErrors = {
  unauthorized: (reason) =>
    json({ error: 'invalid_token', error_description: `The token passed in was ${reason}.` }, 401),
  throttled: () => paypalError(429, 'RATE_LIMIT_REACHED', 'Too many requests. Blocked due to rate limiting.'),
  failed: (status) => paypalError(status, 'INTERNAL_SERVER_ERROR', 'An internal server error occurred.'),
  notFound: () => paypalError(404, 'RESOURCE_NOT_FOUND', 'The specified resource does not exist.'),
  forbidden: () =>
    paypalError(403, 'NOT_AUTHORIZED', 'Authorization failed due to insufficient permissions.', [
      { issue: 'PERMISSION_DENIED', description: 'You do not have permission to access or perform operations.' },
    ]),
  versionOff: (version) => paypalError(410, 'GONE', `The version ${version} of this API was retired.`),
  tooMuchData: resultSetTooLarge,
};
