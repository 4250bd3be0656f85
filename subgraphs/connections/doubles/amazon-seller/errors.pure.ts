import { json, type Answer } from '../kit/answer.pure.ts';
import type { PlatformErrors } from '../kit/define-double.ts';
import type { Refusal } from '../kit/tokens.ts';

/** An error of the Selling Partner API. */
export function spError(status: number, code: string, message: string, details = ''): Answer {
  return json({ errors: [{ code, message, details }] }, status);
}

export function invalidInput(details: string): Answer {
  return spError(400, 'InvalidInput', 'Request has missing or invalid parameters and cannot be parsed.', details);
}

const denied = 'Access to requested resource is denied.';
const refusals: Readonly<Record<Refusal, string>> = {
  missing: 'Access token is missing in the request header.',
  expired: 'The access token you provided has expired.',
  unknown: 'The access token you provided is revoked, malformed or invalid.',
  revoked: 'The access token you provided is revoked, malformed or invalid.',
};

/** A bad token and a missing role have one status and one code; only the details tell them apart. */
export const amazonErrors: PlatformErrors = {
  unauthorized: (reason) => spError(403, 'Unauthorized', denied, refusals[reason]),
  throttled: (_, waitSeconds) => quotaExceeded(1 / waitSeconds),
  failed: (status) => spError(status, 'InternalFailure', 'We encountered an internal error. Please try again.'),
  notFound: noSuchPath,
  forbidden: () => spError(403, 'Unauthorized', denied),
  versionOff: noSuchPath,
};

function noSuchPath(): Answer {
  return spError(404, 'NotFound', 'Resource not found at specified path.');
}

/** How long to wait is not said, only how many calls a second are allowed. */
export function quotaExceeded(rate: number): Answer {
  const answer = spError(429, 'QuotaExceeded', 'You exceeded your quota for the requested resource.');
  return { ...answer, headers: { ...answer.headers, 'x-amzn-ratelimit-limit': String(rate) } };
}
