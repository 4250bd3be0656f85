import { json, type Answer } from '../kit/answer.pure.ts';
import type { PlatformErrors } from '../kit/define-double.ts';

export const restoreRate = 100;
const bucketSize = 2000;

/** What an answer says about its cost. */
export function costOf(requested: number, available: number): Record<string, unknown> {
  const throttleStatus = { maximumAvailable: bucketSize, currentlyAvailable: available, restoreRate };
  return { cost: { requestedQueryCost: requested, actualQueryCost: Math.ceil(requested / 2), throttleStatus } };
}

/** An error of GraphQL; the status is 200. */
export function graphqlError(code: string, message: string, extensions: Record<string, unknown> = {}): Answer {
  return json({ errors: [{ message, extensions: { code } }], extensions });
}

/** Not enough points are left: `seconds` until they are. */
export function throttled(seconds: number): Answer {
  return graphqlError('THROTTLED', 'Throttled', costOf(Math.max(102, Math.round(seconds * restoreRate)), 0));
}

export const shopifyErrors: PlatformErrors = {
  unauthorized: () =>
    json({ errors: '[API] Invalid API key or access token (unrecognized login or wrong password)' }, 401),
  throttled: (_, waitSeconds) => throttled(waitSeconds),
  failed: (status) => json({ errors: 'Internal Server Error' }, status),
  notFound: () => json({ errors: 'Not Found' }, 404),
  forbidden: (shop) =>
    json({ errors: `[API] ${shop}: This action requires merchant approval for read_orders scope.` }, 403),
  // A retired quarter is not refused: the oldest one that is left answers.
  versionOff: () => json({ data: {} }, 200, { 'x-shopify-api-version': '2026-01' }),
  tooMuchData: () =>
    graphqlError('MAX_COST_EXCEEDED', 'Query cost is 1842, which exceeds the single query max cost limit (1000).'),
};
