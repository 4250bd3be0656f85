import { json, type Answer } from '../kit/answer.pure.ts';
import type { PlatformErrors } from '../kit/define-double.ts';

/** An error as Stripe words it. */
export function stripeError(
  status: number,
  type: string,
  message: string,
  more: Readonly<Record<string, string>> = {},
  headers: Record<string, string> = {},
): Answer {
  return json({ error: { type, message, ...more } }, status, headers);
}

/** A restricted key that was not given a resource. */
export function notPermitted(resource: string): Answer {
  const message =
    `The provided key 'rk_live_*********' does not have the required permissions for this endpoint. Having the ` +
    `'${resource}' permission would allow this request to continue.`;
  return stripeError(403, 'invalid_request_error', message, { code: 'more_permissions_required' });
}

export const stripeErrors: PlatformErrors = {
  unauthorized: (reason) => stripeError(401, 'invalid_request_error', `Invalid API Key provided: it is ${reason}.`),
  throttled: () =>
    stripeError(
      429,
      'invalid_request_error',
      'Request rate limit exceeded.',
      { code: 'rate_limit' },
      { 'stripe-should-retry': 'true' },
    ),
  failed: (status) =>
    stripeError(
      status,
      'api_error',
      'An error occurred internally with Stripe.',
      {},
      { 'stripe-should-retry': 'true' },
    ),
  notFound: ({ method, url }) =>
    stripeError(404, 'invalid_request_error', `Unrecognized request URL (${method}: ${url.pathname}).`),
  forbidden: (account) =>
    stripeError(403, 'invalid_request_error', `The provided key does not have access to account '${account}'.`, {
      code: 'account_invalid',
    }),
  versionOff: (version) =>
    stripeError(400, 'invalid_request_error', `Invalid Stripe API version: ${version}. It is not supported any more.`),
  tooMuchData: () =>
    stripeError(400, 'invalid_request_error', 'The request takes too long; ask for a shorter range of created.', {
      code: 'request_too_large',
    }),
};
