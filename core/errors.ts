/** Every code an error may carry to a client, with the level it is logged at. */
export const errorLevels = {
  UNAUTHENTICATED: 'info',
  FORBIDDEN: 'info',
  NOT_FOUND: 'info',
  BAD_USER_INPUT: 'info',
  CONFLICT: 'info',
  RATE_LIMITED: 'info',
  QUOTA_EXCEEDED: 'warn',
  PLATFORM_AUTH: 'warn',
  PLATFORM_UNAVAILABLE: 'warn',
  CANCELLED: 'info',
  TIMEOUT: 'warn',
  UNAVAILABLE: 'error',
  INTERNAL: 'error',
} as const;

export type ErrorCode = keyof typeof errorLevels;

/**
 * The one error that may reach a client as it is. `details` travel in the answer's `extensions`, e.g. `field` for
 * BAD_USER_INPUT or `retryAfter` (seconds) for RATE_LIMITED.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown>;

  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }

  /** graphql-js copies this into the response, so that no other code need know about GraphQL. */
  get extensions(): Record<string, unknown> {
    return { code: this.code, ...this.details };
  }
}

/** A BAD_USER_INPUT that names the input field it is about, e.g. `input.name`. */
export function badInput(field: string, message: string, details: Record<string, unknown> = {}): AppError {
  return new AppError('BAD_USER_INPUT', message, { field, ...details });
}

export function notFound(what: string): AppError {
  return new AppError('NOT_FOUND', `There is no such ${what}.`);
}

export function isAppError(error: unknown): error is AppError {
  return error instanceof AppError;
}

/**
 * What may be logged of an unknown error: name, message, code and stack. Database errors carry whole statements with
 * their values in other properties; those never pass.
 */
export function loggable(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) };
  const { code } = error as Error & { code?: unknown };
  return { name: error.name, message: error.message, stack: error.stack, ...(code === undefined ? {} : { code }) };
}
