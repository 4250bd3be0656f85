import { Readable } from 'node:stream';
import { systemPrincipal, type Context, type Principal } from '../context.ts';
import { AppError, type ErrorCode } from '../errors.ts';
import type { InternalTokens } from '../internal-token.ts';
import type { IdentityPort, UploadedFile, UploadPort } from './ports.ts';

/** Takes a file to another process; needs less of the request than the module itself. */
export interface RemoteUploads extends UploadPort {
  receive(
    call: Pick<Context, 'principal' | 'correlationId' | 'signal'>,
    file: UploadedFile,
  ): ReturnType<UploadPort['receive']>;
}

export interface RemotePorts {
  identity: IdentityPort;
  uploads: RemoteUploads;
}

/** Ports of subgraphs that run in other processes, by the addresses of those. */
export function remotePorts(addresses: ReadonlyMap<string, string>, tokens: InternalTokens): Partial<RemotePorts> {
  const identity = addresses.get('identity');
  const connections = addresses.get('connections');
  return {
    ...(identity ? { identity: remoteIdentity(identity, tokens) } : {}),
    ...(connections ? { uploads: remoteUploads(connections, tokens) } : {}),
  };
}

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

function remoteIdentity(address: string, tokens: InternalTokens): IdentityPort {
  const call = async <T>(name: string, argument: unknown): Promise<T> => {
    const response = await callPort({
      url: new URL(`/ports/identity/${name}`, address).href,
      tokens,
      principal: systemPrincipal(''),
      correlationId: crypto.randomUUID(),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(argument ?? null),
      signal: AbortSignal.timeout(5000),
    });
    return ((await response.json()) as { value: T }).value;
  };
  return {
    authenticate: (credentials) => call('authenticate', credentials),
    stillValid: (principal) => call('stillValid', principal),
    firstSignIn: () => call('firstSignIn', null),
  };
}

function remoteUploads(address: string, tokens: InternalTokens): RemoteUploads {
  return {
    async receive({ principal, correlationId, signal }, { fileName, contentType, stream }) {
      const response = await callPort({
        url: new URL('/ports/uploads/receive', address).href,
        tokens,
        principal,
        correlationId,
        headers: { 'content-type': contentType, 'x-file-name': encodeURIComponent(fileName) },
        body: Readable.toWeb(stream) as unknown as ReadableStream,
        signal,
      });
      return (await response.json()) as Awaited<ReturnType<UploadPort['receive']>>;
    },
  };
}
