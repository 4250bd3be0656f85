import { json, text, type Answer } from '../kit/answer.pure.ts';
import type { PlatformErrors } from '../kit/define-double.ts';

const requestId = '2026112112000001011310115231A2B3C4';

/** An answer of TikTok: HTTP 200 whatever happened. */
export function envelope(code: number, message: string, data: unknown = {}): Answer {
  return json({ code, message, request_id: requestId, data });
}

export function success(data: unknown): Answer {
  return envelope(0, 'OK', data);
}

export function badParameter(message: string): Answer {
  return envelope(40_002, message);
}

export function noPermission(advertiser: string): Answer {
  return envelope(40_001, `No permission to operate advertiser ${advertiser}.`);
}

/** How long one has to wait tells which of the three limits was hit. */
function throttleMessage(waitSeconds: number): string {
  if (waitSeconds <= 1) return 'Too many requests: the limit per second (QPS) is reached. Please retry in 1 second.';
  if (waitSeconds <= 300) return 'Too many requests: the limit per minute (QPM) is reached. Please retry in 5 minutes.';
  return 'Too many requests: the limit per day (QPD) is reached. Please retry after 00:00 UTC.';
}

export const tiktokErrors: PlatformErrors = {
  unauthorized: (reason) =>
    reason === 'missing'
      ? envelope(40_104, 'Access token is empty. Please provide it in the Access-Token header.')
      : envelope(40_105, `Access token is incorrect or has been ${reason === 'unknown' ? 'revoked' : reason}.`),
  throttled: (_, waitSeconds) => envelope(40_100, throttleMessage(waitSeconds)),
  failed: () => envelope(50_000, 'Internal server error. Please try again later.'),
  // The slash at the end belongs to the path; without it there is nothing.
  notFound: () => text('404 page not found', 404),
  forbidden: (account) => noPermission(account),
  versionOff: (version) => badParameter(`The API version ${version} is no longer supported. Please upgrade.`),
  tooMuchData: () => envelope(40_067, 'The query is too large. Please reduce the range of the query.'),
};
