import { json, type Answer } from '../kit/answer.pure.ts';
import type { PlatformErrors } from '../kit/define-double.ts';

interface Details {
  subcode?: number;
  type?: string;
  title?: string;
  userMessage?: string;
  isTransient?: boolean;
}

/** An error as the Graph API words it. */
export function graphError(status: number, code: number, message: string, details: Details = {}): Answer {
  const { subcode, type = 'OAuthException', title, userMessage, isTransient = false } = details;
  return json(
    {
      error: {
        message,
        type,
        code,
        ...(subcode === undefined ? {} : { error_subcode: subcode }),
        is_transient: isTransient,
        ...(title === undefined ? {} : { error_user_title: title, error_user_msg: userMessage ?? message }),
        fbtrace_id: 'AbCdEfGhIjKlMnOpQrStUv',
      },
    },
    status,
  );
}

/** A parameter that is wrong. */
export function badParameter(message: string): Answer {
  return graphError(400, 100, `(#100) ${message}`);
}

const tokenProblems = {
  missing: { code: 104, message: 'An access token is required to request this resource.' },
  unknown: { code: 190, message: 'Invalid OAuth access token - Cannot parse access token' },
  expired: { code: 190, subcode: 463, message: 'Error validating access token: Session has expired.' },
  revoked: {
    code: 190,
    subcode: 460,
    message: 'Error validating access token: The user has not authorized application.',
  },
};

export const metaErrors: PlatformErrors = {
  unauthorized(reason) {
    const { code, message, ...rest } = { subcode: undefined, ...tokenProblems[reason] };
    return graphError(401, code, message, rest.subcode === undefined ? {} : { subcode: rest.subcode });
  },
  throttled: () => graphError(400, 17, '(#17) User request limit reached', { subcode: 2_446_079 }),
  failed: (status) => graphError(status, 2, 'Service temporarily unavailable', { isTransient: true }),
  notFound: ({ method, url }) =>
    graphError(
      400,
      100,
      `Unsupported ${method.toLowerCase()} request. Object with ID '${url.pathname}' does not exist`,
      {
        subcode: 33,
        type: 'GraphMethodException',
      },
    ),
  forbidden: () => graphError(403, 200, '(#200) Ad account owner has NOT grant ads_management or ads_read permission'),
  versionOff: () =>
    graphError(
      400,
      2635,
      '(#2635) You are calling a deprecated version of the Ads API. Please update to the latest version: v26.0.',
    ),
  tooMuchData: () =>
    graphError(400, 100, "(#100) Please reduce the amount of data you're asking for, then retry your request", {
      subcode: 1_487_534,
    }),
};
