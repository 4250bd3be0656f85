import { json, type Answer } from '../kit/answer.pure.ts';
import type { PlatformErrors } from '../kit/define-double.ts';

const correlationId = '4f1a5c0e-6d0b-4a35-9d55-0c4b1e3f7a21';

/** An error as HubSpot words it. */
export function hubspotError(
  status: number,
  category: string,
  message: string,
  more: Record<string, unknown> = {},
): Answer {
  return json({ status: 'error', message, correlationId, category, ...more }, status);
}

/** A parameter that is wrong. */
export function invalid(message: string): Answer {
  return hubspotError(400, 'VALIDATION_ERROR', message, { errors: [{ message, in: 'body' }] });
}

/** What a token without a scope is told. */
export function missingScope(scope: string): Answer {
  return hubspotError(
    403,
    'MISSING_SCOPES',
    "This app hasn't been granted all required scopes to make this call. Read more about required scopes here: https://developers.hubspot.com/scopes.",
    {
      errors: [
        {
          message: 'One or more of the following scopes are required.',
          context: { requiredGranularScopes: [scope] },
        },
      ],
      links: { scopes: 'https://developers.hubspot.com/scopes' },
    },
  );
}

/** A limit that is used up; the policy tells which one. */
export function rateLimited(policyName: 'TEN_SECONDLY_ROLLING' | 'SECONDLY' | 'DAILY'): Answer {
  const limits = { TEN_SECONDLY_ROLLING: 'ten_secondly_rolling', SECONDLY: 'secondly', DAILY: 'daily' };
  const message = `You have reached your ${limits[policyName]} limit.`;
  return json({ status: 'error', message, errorType: 'RATE_LIMIT', correlationId, policyName }, 429);
}

const hourSeconds = 3600;

export const hubspotErrors: PlatformErrors = {
  unauthorized: (reason) =>
    reason === 'expired'
      ? hubspotError(401, 'EXPIRED_AUTHENTICATION', 'The OAuth token used to make this call expired.')
      : hubspotError(401, 'INVALID_AUTHENTICATION', 'Authentication credentials not found or not valid.'),
  throttled: (_, waitSeconds) => rateLimited(waitSeconds > hourSeconds ? 'DAILY' : 'TEN_SECONDLY_ROLLING'),
  failed: (status) => hubspotError(status, 'INTERNAL_ERROR', 'internal error'),
  notFound: ({ url }) => hubspotError(404, 'OBJECT_NOT_FOUND', `No handler for ${url.pathname}`),
  forbidden: () => hubspotError(403, 'BANNED', 'This account does not let the app in.'),
  versionOff: (version) => hubspotError(410, 'GONE', `The API version ${version} is no longer supported.`),
  tooMuchData: () => invalid('There was a problem with the request: too many results, more than 10,000.'),
};
