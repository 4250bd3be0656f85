import { json, type Answer } from '../kit/answer.pure.ts';
import type { PlatformErrors } from '../kit/define-double.ts';

/** An error as the Ads API of X words it. */
export function xError(status: number, code: string, message: string, parameter?: string): Answer {
  return json(
    { errors: [{ code, message, ...(parameter === undefined ? {} : { parameter }) }], request: { params: {} } },
    status,
  );
}

export function invalid(parameter: string, message: string): Answer {
  return xError(400, 'INVALID_PARAMETER', message, parameter);
}

export const xErrors: PlatformErrors = {
  unauthorized: (reason) =>
    xError(401, 'UNAUTHORIZED_ACCESS', `This request is not properly authenticated (${reason}).`),
  throttled: () => xError(429, 'TOO_MANY_REQUESTS', 'This request is rate limited.'),
  failed: (status) => xError(status, 'INTERNAL_ERROR', 'An internal error occurred.'),
  notFound: ({ url }) => xError(404, 'ROUTE_NOT_FOUND', `The requested resource could not be found: ${url.pathname}`),
  // Accounts of others are as good as not there.
  forbidden: (account) => xError(404, 'NOT_FOUND', `Account ${account} was not found.`, 'account_id'),
  versionOff: (version) => xError(410, 'API_VERSION_RETIRED', `Version ${version} of the API was retired.`),
  tooMuchData: () => invalid('end_time', 'The time range is too large.'),
};
