import { json, type Answer } from '../kit/answer.pure.ts';
import type { PlatformErrors } from '../kit/define-double.ts';

/** An error as Salesforce words it: a list. */
export function salesforceError(status: number, errorCode: string, message: string): Answer {
  return json([{ message, errorCode }], status);
}

export const salesforceErrors: PlatformErrors = {
  unauthorized: () => salesforceError(401, 'INVALID_SESSION_ID', 'Session expired or invalid'),
  throttled: () => salesforceError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
  failed: (status) =>
    salesforceError(
      status,
      status === 503 ? 'SERVER_UNAVAILABLE' : 'UNKNOWN_EXCEPTION',
      'An unexpected error occurred.',
    ),
  notFound: () => salesforceError(404, 'NOT_FOUND', 'The requested resource does not exist'),
  forbidden: () => salesforceError(403, 'API_DISABLED_FOR_ORG', 'API is not enabled for this Organization or Partner'),
  versionOff: () => salesforceError(410, 'UNSUPPORTED_API_VERSION', 'This API version is no longer supported.'),
  tooMuchData: () => salesforceError(400, 'QUERY_TIMEOUT', 'Your query request was running for too long.'),
};
