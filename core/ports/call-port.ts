import type { Principal } from '../context.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import type { InternalTokens } from '../internal-token.ts';

export interface PortCall {
  url: string;
  tokens: InternalTokens;
  principal: Principal;
  correlationId: string;
  body: RequestInit['body'];
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

/** Calls a port in another process. Throws the error that it answered with, or UNAVAILABLE when it cannot be reached. */
export async function callPort(call: PortCall): Promise<Response> {
  const token = await call.tokens.sign({ principal: call.principal, correlationId: call.correlationId });
  const response = await fetch(call.url, {
    method: 'POST',
    headers: { ...call.headers, authorization: `Bearer ${token}` },
    body: call.body ?? null,
    signal: call.signal ?? null,
    ...(call.body instanceof ReadableStream ? { duplex: 'half' } : {}),
  }).catch((cause: unknown) => {
    if (call.signal?.aborted) throw call.signal.reason;
    throw new AppError('UNAVAILABLE', 'Another part of LiftOS cannot be reached.', {}, { cause });
  });
  if (response.ok) return response;
  throw await errorFrom(response);
}

async function errorFrom(response: Response): Promise<AppError> {
  const body = (await response.json().catch(() => ({}))) as {
    errors?: { message: string; extensions: { code: ErrorCode } & Record<string, unknown> }[];
  };
  const [error] = body.errors ?? [];
  if (!error) return new AppError('UNAVAILABLE', `Another part of LiftOS answered with status ${response.status}.`);
  const { code, ...details } = error.extensions;
  return new AppError(code, error.message, details);
}
