import type { GraphQLFormattedError } from 'graphql';
import { AppError, errorLevels, loggable, type ErrorCode } from '@liftos/core/errors.ts';
import type { Logger } from '@liftos/core/telemetry/log.ts';
import type { Failure } from '../executor/failures.pure.ts';
import { InvalidOperation } from '../executor/operation.ts';
import type { Answer } from '../sources/data-source.ts';

function isShown(code: unknown): code is ErrorCode {
  return typeof code === 'string' && code in errorLevels && code !== 'INTERNAL';
}

/** The failures of one operation as its client sees them: what is not meant for people becomes a correlation id. */
export function errorPresenter(log: Logger, correlationId: string): (failure: Failure) => GraphQLFormattedError {
  return ({ message, code, path, subgraph, extensions, cause }) => {
    const place = path ? { path: [...path] } : {};
    if (isShown(code)) {
      log[errorLevels[code]]({ correlationId, code, subgraph, path }, 'operation failed in part');
      return { message, ...place, extensions: { ...publicDetails(extensions), code } };
    }
    log.error({ correlationId, subgraph, path, err: rootCause(cause) }, 'unexpected error');
    return { message: internalMessage, ...place, extensions: { code: 'INTERNAL', correlationId } };
  };
}

const internalMessage = 'Something went wrong on our side.';

/** What a subgraph adds for the client; stack traces never pass. */
function publicDetails(extensions: Record<string, unknown> = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(extensions).filter(
      ([name]) => !['stacktrace', 'exception', 'serviceName', 'originalError'].includes(name),
    ),
  );
}

function rootCause(cause: unknown): unknown {
  const original = (cause as { originalError?: unknown } | undefined)?.originalError;
  return original ?? cause;
}

/** An answer for an operation that could not be run at all. */
export function refusal(error: unknown, log: Logger, correlationId: string): Answer {
  if (error instanceof InvalidOperation) {
    const errors = error.errors.map((one) => ({
      message: one.message,
      ...(one.locations && { locations: one.locations }),
      extensions: { code: 'BAD_USER_INPUT' },
    }));
    return { errors };
  }
  if (error instanceof AppError && isShown(error.code)) {
    return { errors: [{ message: error.message, extensions: error.extensions }] };
  }
  log.error({ correlationId, err: loggable(error) }, 'unexpected error');
  return { errors: [{ message: internalMessage, extensions: { code: 'INTERNAL', correlationId } }] };
}
