import { z } from 'zod';
import type { Answer, Failure, FailureClass } from '../connector.ts';

const errorBody = z.object({
  error: z.object({
    message: z.string().default(''),
    status: z.string().default(''),
    details: z
      .array(
        z.looseObject({
          errors: z
            .array(
              z.looseObject({
                errorCode: z.record(z.string(), z.string()).default({}),
                message: z.string().default(''),
                details: z
                  .looseObject({ quotaErrorDetails: z.looseObject({ retryDelay: z.string() }).optional() })
                  .optional(),
              }),
            )
            .default([]),
        }),
      )
      .default([]),
  }),
});

/** Kinds of errors of the API by what they mean to us. */
const kinds: Readonly<Record<string, FailureClass>> = {
  quotaError: 'rate_limit',
  authenticationError: 'auth',
  authorizationError: 'permission',
  internalError: 'transient',
};

/** Codes that mean something else than their kind. */
const codes: Readonly<Record<string, FailureClass>> = {
  CUSTOMER_NOT_FOUND: 'permission',
  NOT_ADS_USER: 'permission',
  UNSUPPORTED_VERSION: 'version_sunset',
  // A query over too much is not ready in time.
  DEADLINE_EXCEEDED: 'too_much_data',
  TRANSIENT_ERROR: 'transient',
  RESOURCE_EXHAUSTED: 'rate_limit',
};

const usualWaitSeconds = 60;

/** The same status stands for several things; the codes inside tell. A stream sends its error inside an array. */
export function classifyGoogleAds(answer: Answer): Failure | null {
  if (answer.status < 400) return null;
  // Paths of a version that has ended lead nowhere.
  if (answer.status === 404) return { class: 'version_sunset', message: 'Google Ads no longer serves this version.' };
  const parsed = errorBody.safeParse(Array.isArray(answer.body) ? answer.body[0] : answer.body);
  if (!parsed.success) return null;
  const { error } = parsed.data;
  return meaningOf(
    error.details.flatMap(({ errors }) => errors)[0] ?? { errorCode: {}, message: error.message },
    error.status,
  );
}

function meaningOf(inner: Inner, status: string): Failure | null {
  const [kind, code] = Object.entries(inner.errorCode)[0] ?? ['', status];
  const failureClass = codes[code] ?? kinds[kind];
  if (!failureClass) return null;
  const wait = failureClass === 'rate_limit' ? { waitSeconds: secondsOf(inner) } : {};
  return { class: failureClass, message: `Google Ads: ${inner.message} (${code})`, ...wait };
}

type Inner = z.infer<typeof errorBody>['error']['details'][number]['errors'][number];

/** `"30s"` in the details of a quota error. */
function secondsOf({ details }: Inner): number {
  const delay = Number.parseFloat(details?.quotaErrorDetails?.retryDelay ?? '');
  return Number.isFinite(delay) ? delay : usualWaitSeconds;
}
