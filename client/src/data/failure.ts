import { CombinedError } from '@urql/core';

/** What went wrong with a request, in the shape that every screen shows. */
export interface Failure {
  /** One of the server's codes, or `NETWORK` when there was no answer. */
  code: string;
  message: string;
  /** The input field to blame, when the server named one. */
  field?: string;
  /** Seconds to wait before trying again. */
  retryAfter?: number;
  /** Names the request in the server's log. */
  correlationId?: string;
}

interface ServerError {
  message: string;
  extensions?: Record<string, unknown> | undefined;
}

const unreachable: Failure = { code: 'NETWORK', message: 'The server cannot be reached.' };

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** Reads one error of a GraphQL answer. */
export function fromServerError(error: ServerError): Failure {
  const { extensions = {} } = error;
  const failure: Failure = { code: text(extensions['code']) ?? 'INTERNAL', message: error.message };
  const field = text(extensions['field']);
  const correlationId = text(extensions['correlationId']);
  const retryAfter = extensions['retryAfter'];
  if (field) failure.field = field;
  if (correlationId) failure.correlationId = correlationId;
  if (typeof retryAfter === 'number') failure.retryAfter = Math.ceil(retryAfter);
  return failure;
}

/** Turns anything that was thrown or returned as an error into a `Failure`. */
export function readFailure(error: unknown): Failure {
  if (error instanceof RequestError) return error.failure;
  if (error instanceof CombinedError) {
    const [first] = error.graphQLErrors;
    if (first) return fromServerError(first);
    return error.networkError ? unreachable : { code: 'INTERNAL', message: error.message };
  }
  if (error instanceof TypeError) return unreachable;
  return { code: 'INTERNAL', message: error instanceof Error ? error.message : 'Something went wrong.' };
}

/** Thrown by mutations; carries the failure to whoever shows it. */
export class RequestError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'RequestError';
    this.failure = failure;
  }
}
