import { AppError, type ErrorCode } from '@liftos/core/errors.ts';
import type { Failure, FailureClass } from '../platforms/connector.ts';

const codes: Record<FailureClass, ErrorCode> = {
  auth: 'PLATFORM_AUTH',
  permission: 'PLATFORM_AUTH',
  rate_limit: 'RATE_LIMITED',
  too_much_data: 'PLATFORM_UNAVAILABLE',
  transient: 'PLATFORM_UNAVAILABLE',
  version_sunset: 'PLATFORM_UNAVAILABLE',
  bad_request: 'PLATFORM_UNAVAILABLE',
};

/** A platform said no; `failure` says in which way. */
export class PlatformFailure extends AppError {
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(codes[failure.class], failure.message, { reason: failure.class }, options);
    this.failure = failure;
  }
}

export function isPlatformFailure(error: unknown): error is PlatformFailure {
  return error instanceof PlatformFailure;
}
