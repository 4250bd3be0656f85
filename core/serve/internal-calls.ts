import type { IncomingMessage, ServerResponse } from 'node:http';
import { GraphQLError, type ExecutionResult } from 'graphql';
import type { Context } from '../context.ts';
import { isAppError, loggable, type ErrorCode } from '../errors.ts';

/** What the gateway posts to a subgraph. */
export interface InternalRequest {
  query: string;
  operationName?: string;
  variables?: Record<string, unknown>;
  /** The refresh token of the client's cookie, for sign-in operations. */
  refreshToken?: string;
}

/** What it gets back: `refreshToken` is there when the cookie changes, null to remove it. */
export interface InternalResponse {
  data?: unknown;
  errors?: readonly unknown[];
  refreshToken?: string | null;
}

/** Answers one path that a subgraph offers other processes beside its graph. */
export type InternalRoute = (context: Context, request: IncomingMessage, response: ServerResponse) => Promise<void>;

const masked = 'Something went wrong on our side.';

/** Makes errors fit for another process: codes stay, anything unexpected is logged and masked. */
export function presentable(result: ExecutionResult, { log, correlationId }: Context): ExecutionResult {
  if (!result.errors) return result;
  const errors = result.errors.map((error) => {
    const { originalError } = error;
    if (!originalError || isAppError(originalError) || error.extensions.code) return error;
    log.error({ error: loggable(originalError), path: error.path }, 'A resolver failed.');
    return new GraphQLError(masked, { path: error.path ?? null, extensions: { code: 'INTERNAL', correlationId } });
  });
  return { ...result, errors };
}

const statuses: Partial<Record<ErrorCode, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  BAD_USER_INPUT: 400,
  CONFLICT: 409,
  QUOTA_EXCEEDED: 413,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
};

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Tells another process what went wrong; unexpected errors are masked. */
export function sendError(response: ServerResponse, error: unknown): void {
  if (isAppError(error)) {
    const { message, code, details } = error;
    return sendJson(response, statuses[code] ?? 500, { errors: [{ message, extensions: { ...details, code } }] });
  }
  const malformed = error instanceof GraphQLError || error instanceof SyntaxError;
  const code: ErrorCode = malformed ? 'BAD_USER_INPUT' : 'INTERNAL';
  const message = malformed ? error.message : masked;
  return sendJson(response, malformed ? 400 : 500, { errors: [{ message, extensions: { code } }] });
}
