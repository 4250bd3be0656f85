import { json, type Answer } from '../kit/answer.pure.ts';
import type { PlatformErrors } from '../kit/define-double.ts';

const mediaType = { 'content-type': 'application/vnd.api+json' };

/** A good answer. */
export function api(body: unknown): Answer {
  return json(body, 200, mediaType);
}

/** An error as JSON:API words it. */
export function apiError(
  status: number,
  code: string,
  title: string,
  detail: string,
  source: Record<string, string> = {},
  headers: Record<string, string> = {},
): Answer {
  const id = '7d2f1a3e-4b5c-4d6e-8f90-a1b2c3d4e5f6';
  return json({ errors: [{ id, status, code, title, detail, source, meta: {} }] }, status, {
    ...mediaType,
    ...headers,
  });
}

/** A parameter of the query that is wrong. */
export function badParameter(parameter: string, detail: string): Answer {
  return apiError(400, 'invalid', 'Invalid input.', detail, { parameter });
}

/** A field of the body that is wrong. */
export function badField(pointer: string, detail: string): Answer {
  return apiError(400, 'invalid', 'Invalid input.', detail, { pointer });
}

export const klaviyoErrors: PlatformErrors = {
  unauthorized: (reason) =>
    reason === 'missing'
      ? apiError(401, 'not_authenticated', 'Authentication credentials were not provided.', 'Missing or invalid key.')
      : apiError(401, 'authentication_failed', 'Incorrect authentication credentials.', `The token is ${reason}.`),
  throttled: (_, waitSeconds) =>
    apiError(
      429,
      'throttled',
      'Request was throttled.',
      `Expected available in ${waitSeconds} seconds.`,
      {},
      {
        'retry-after': String(waitSeconds),
      },
    ),
  failed: (status) => apiError(status, 'service_unavailable', 'Service unavailable.', 'Try again later.'),
  notFound: () => apiError(404, 'not_found', 'Not found.', 'The requested endpoint does not exist.'),
  tooMuchData: () => badField('/data/attributes/filter', 'The range of dates is too long.'),
  forbidden: () =>
    apiError(403, 'permission_denied', 'You do not have permission to perform this action.', 'Forbidden.'),
  versionOff: (version) =>
    apiError(410, 'gone', 'Revision is retired.', `The revision ${version} is no longer served.`),
};
