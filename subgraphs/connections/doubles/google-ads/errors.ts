import { json, type Answer } from '../kit/answer.pure.ts';
import type { PlatformErrors } from '../kit/define-double.ts';
import type { DoubleRequest } from '../kit/request.ts';

interface Failure {
  status: number;
  /** gRPC's name of it, e.g. `PERMISSION_DENIED`. */
  name: string;
  message: string;
  /** Kind and code of the Google Ads error, e.g. `authorizationError`, `USER_PERMISSION_DENIED`. */
  kind: string;
  code: string;
  details?: Record<string, unknown>;
}

/** An error as Google Ads words it; a stream sends it inside an array. */
export function adsError(request: DoubleRequest, failure: Failure): Answer {
  const { status, name, message, kind, code, details } = failure;
  const body = {
    error: {
      code: status,
      message: topMessages[name] ?? message,
      status: name,
      details: [
        {
          '@type': 'type.googleapis.com/google.ads.googleads.v25.errors.GoogleAdsFailure',
          errors: [{ errorCode: { [kind]: code }, message, ...(details ? { details } : {}) }],
          requestId: 'q1w2e3r4t5y6u7i8o9p0aA',
        },
      ],
    },
  };
  return json(request.url.pathname.endsWith(':searchStream') ? [body] : body, status);
}

const topMessages: Record<string, string> = {
  INVALID_ARGUMENT: 'Request contains an invalid argument.',
  PERMISSION_DENIED: 'The caller does not have permission',
  UNAUTHENTICATED: 'Request had invalid authentication credentials.',
  RESOURCE_EXHAUSTED: 'Resource has been exhausted (e.g. check quota).',
};

/** A query or header that is wrong. */
export function invalid(request: DoubleRequest, kind: string, code: string, message: string): Answer {
  return adsError(request, { status: 400, name: 'INVALID_ARGUMENT', kind, code, message });
}

export function denied(request: DoubleRequest, code: string, message: string): Answer {
  return adsError(request, { status: 403, name: 'PERMISSION_DENIED', kind: 'authorizationError', code, message });
}

const tokenCodes = {
  missing: 'OAUTH_TOKEN_HEADER_INVALID',
  unknown: 'OAUTH_TOKEN_INVALID',
  expired: 'OAUTH_TOKEN_EXPIRED',
  revoked: 'OAUTH_TOKEN_REVOKED',
};

/** A 404 as Google's front end words it, for paths that no service has. */
function noSuchPath(): Answer {
  return json({ error: { code: 404, message: 'Requested entity was not found.', status: 'NOT_FOUND' } }, 404);
}

export const googleErrors: PlatformErrors = {
  unauthorized: (reason, request) =>
    adsError(request, {
      status: 401,
      name: 'UNAUTHENTICATED',
      kind: 'authenticationError',
      code: tokenCodes[reason],
      message: `The OAuth token is ${reason}.`,
    }),
  throttled: (request, waitSeconds) =>
    adsError(request, {
      status: 429,
      name: 'RESOURCE_EXHAUSTED',
      kind: 'quotaError',
      code: 'RESOURCE_EXHAUSTED',
      message: 'Too many requests. Retry in the time that is given.',
      details: {
        quotaErrorDetails: {
          rateScope: 'DEVELOPER',
          rateName: 'Number of operations for basic access',
          retryDelay: `${waitSeconds}s`,
        },
      },
    }),
  failed: (status, request) =>
    adsError(request, {
      status,
      name: status === 503 ? 'UNAVAILABLE' : 'INTERNAL',
      kind: 'internalError',
      code: 'INTERNAL_ERROR',
      message: 'An internal error has occurred.',
    }),
  notFound: noSuchPath,
  forbidden: (_, request) =>
    denied(request, 'USER_PERMISSION_DENIED', "User doesn't have permission to access customer."),
  versionOff: noSuchPath,
  // There is no word for it: what is too large is not ready in time.
  tooMuchData: (request) =>
    adsError(request, {
      status: 504,
      name: 'DEADLINE_EXCEEDED',
      kind: 'internalError',
      code: 'DEADLINE_EXCEEDED',
      message: 'The request took longer than the deadline.',
    }),
};
