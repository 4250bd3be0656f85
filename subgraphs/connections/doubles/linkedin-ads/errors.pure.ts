import { json, type Answer } from '../kit/answer.pure.ts';
import type { PlatformErrors } from '../kit/define-double.ts';

/** An error as LinkedIn words it. */
export function linkedinError(status: number, serviceErrorCode: number, code: string, message: string): Answer {
  return json({ message, serviceErrorCode, code, status }, status);
}

export function invalidParameter(message: string): Answer {
  return linkedinError(400, 100, 'ILLEGAL_ARGUMENT', message);
}

const tokenProblems = {
  missing: [65_604, 'EMPTY_ACCESS_TOKEN', 'Empty oauth2 access token'],
  unknown: [65_600, 'INVALID_ACCESS_TOKEN', 'Invalid access token'],
  expired: [65_602, 'EXPIRED_ACCESS_TOKEN', 'The token used in the request has expired'],
  revoked: [65_601, 'REVOKED_ACCESS_TOKEN', 'The token used in the request has been revoked by the user'],
} as const;

/** A list without elements, as given to those who may not see any. */
export function nothing(): Answer {
  return json({ paging: { start: 0, count: 10, links: [] }, elements: [] });
}

export const linkedinErrors: PlatformErrors = {
  unauthorized(reason) {
    const [serviceErrorCode, code, message] = tokenProblems[reason];
    return linkedinError(401, serviceErrorCode, code, message);
  },
  // Waits are told by no header; the day's limit is told by its message.
  throttled: (_, waitSeconds) =>
    linkedinError(
      429,
      101,
      'TOO_MANY_REQUESTS',
      waitSeconds > 300
        ? 'Resource level throttle APPLICATION DAY limit for calls to this resource is reached.'
        : 'Resource level throttle limit for calls to this resource is reached.',
    ),
  failed: (status) => linkedinError(status, 0, 'INTERNAL_SERVER_ERROR', 'Internal Server Error'),
  notFound: ({ url }) => linkedinError(404, 0, 'RESOURCE_NOT_FOUND', `No virtual resource found at ${url.pathname}`),
  // Reports say nothing of missing rights: they are empty.
  forbidden: (account, { url }) =>
    url.pathname.endsWith('/adAnalytics')
      ? nothing()
      : linkedinError(403, 100, 'ACCESS_DENIED', `Not enough permissions to access account ${account}`),
  versionOff: (version) => linkedinError(426, 0, 'NONEXISTENT_VERSION', `Requested version ${version} is not active`),
  tooMuchData: () => invalidParameter('Request would return too many entities. Please limit your query.'),
};
