import { html, json, type Answer } from '../kit/answer.pure.ts';
import type { PlatformErrors } from '../kit/define-double.ts';

/** An error of WordPress. */
export function wooError(status: number, code: string, message: string): Answer {
  return json({ code, message, data: { status } }, status);
}

export const noRoute = (): Answer =>
  wooError(404, 'rest_no_route', 'No route was found matching the URL and request method.');

export const wooErrors: PlatformErrors = {
  unauthorized: () => wooError(401, 'woocommerce_rest_authentication_error', 'Consumer key is invalid.'),
  // The host slows down, not the shop: with a page.
  throttled: (_, waitSeconds) => ({
    ...html('<!doctype html><title>429 Too Many Requests</title>', 429),
    headers: { 'content-type': 'text/html', 'retry-after': String(waitSeconds) },
  }),
  failed: (status) => html('<!doctype html><title>Service unavailable</title><h1>Briefly unavailable</h1>', status),
  notFound: noRoute,
  forbidden: () => wooError(401, 'woocommerce_rest_cannot_view', 'Sorry, you cannot list resources.'),
  versionOff: noRoute,
};
