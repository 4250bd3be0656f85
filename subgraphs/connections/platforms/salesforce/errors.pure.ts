import { z } from 'zod';
import type { Answer, Failure, FailureClass } from '../connector.ts';

const errorBody = z.array(z.looseObject({ errorCode: z.string(), message: z.string().default('') })).min(1);

/** The allowance rolls over 24 hours, so a part of it comes back all the time. */
const limitSeconds = 900;

/** What the codes mean; a limit comes with status 403 and without a time to wait. */
const classes: Readonly<Record<string, FailureClass>> = {
  REQUEST_LIMIT_EXCEEDED: 'rate_limit',
  INVALID_SESSION_ID: 'auth',
  INSUFFICIENT_ACCESS: 'permission',
  INSUFFICIENT_ACCESS_OR_READONLY: 'permission',
  API_DISABLED_FOR_ORG: 'permission',
  // An object that the user may not see is said not to exist.
  INVALID_TYPE: 'permission',
  QUERY_TIMEOUT: 'too_much_data',
  OPERATION_TOO_LARGE: 'too_much_data',
  // The place in the list was given up: shorter lists are read again from their beginning.
  INVALID_QUERY_LOCATOR: 'too_much_data',
  UNABLE_TO_LOCK_ROW: 'transient',
  SERVER_UNAVAILABLE: 'transient',
  UNSUPPORTED_API_VERSION: 'version_sunset',
};

/** Salesforce answers with a list of errors, each with a code. */
export function classifySalesforce(answer: Answer): Failure | null {
  if (answer.status < 400) return null;
  const parsed = errorBody.safeParse(answer.body);
  const [first] = parsed.success ? parsed.data : [];
  const failure = first && classes[first.errorCode];
  if (!failure) return null;
  const message = `Salesforce: ${first.message} (${first.errorCode})`;
  return failure === 'rate_limit'
    ? { class: failure, message, waitSeconds: limitSeconds }
    : { class: failure, message };
}

/** Others need the allowance of the organisation as well. */
const ourShare = 0.8;

/** Holds back a quarter of an hour once four fifths of what a day allows are used, by whomever. */
export function holdBackSalesforce({ headers }: Answer): number | null {
  const [, used, limit] = /api-usage=(\d+)\/(\d+)/.exec(headers['sforce-limit-info'] ?? '') ?? [];
  return used !== undefined && Number(used) >= ourShare * Number(limit) ? limitSeconds : null;
}
