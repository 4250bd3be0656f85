import { Readable } from 'node:stream';
import { systemPrincipal, type Context, type Principal } from '../context.ts';
import type { InternalTokens } from '../internal-token.ts';
import { callPort } from './call-port.ts';
import type { MemoryPort } from './memory.ts';
import type {
  ExportedFile,
  ExportPort,
  ExportRequest,
  IdentityPort,
  LoginPort,
  UploadedFile,
  UploadPort,
  WebhookPort,
} from './ports.ts';
import { remoteMemory } from './remote-memory.ts';
import { packWebhook } from './webhook-frame.pure.ts';

/** Takes a file to another process; needs less of the request than the module itself. */
export interface RemoteUploads extends UploadPort {
  receive(
    call: Pick<Context, 'principal' | 'correlationId' | 'signal'>,
    file: UploadedFile,
  ): ReturnType<UploadPort['receive']>;
}

/** Fetches a file from another process. */
export interface RemoteExports extends ExportPort {
  open(
    call: Pick<Context, 'principal' | 'correlationId' | 'signal'>,
    request: ExportRequest,
  ): ReturnType<ExportPort['open']>;
}

export interface RemotePorts {
  identity: IdentityPort;
  uploads: RemoteUploads;
  webhooks: WebhookPort;
  logins: LoginPort;
  exports: RemoteExports;
  memory: MemoryPort;
}

/** Ports of subgraphs that run in other processes, by the addresses of those. */
export function remotePorts(addresses: ReadonlyMap<string, string>, tokens: InternalTokens): Partial<RemotePorts> {
  const identity = addresses.get('identity');
  const connections = addresses.get('connections');
  const memory = addresses.get('memory');
  return {
    ...(identity ? { identity: remoteIdentity(identity, tokens) } : {}),
    ...(connections
      ? {
          uploads: remoteUploads(connections, tokens),
          webhooks: remoteWebhooks(connections, tokens),
          logins: remoteLogins(connections, tokens),
        }
      : {}),
    ...(memory ? { memory: remoteMemory(memory, tokens), exports: remoteExports(memory, tokens) } : {}),
  };
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

function remoteWebhooks(address: string, tokens: InternalTokens): WebhookPort {
  return {
    async receive(request) {
      const response = await callPort({
        url: new URL('/ports/webhooks/receive', address).href,
        tokens,
        principal: systemPrincipal(''),
        correlationId: crypto.randomUUID(),
        headers: { 'content-type': 'application/octet-stream' },
        body: packWebhook(request),
        signal: AbortSignal.timeout(5000),
      });
      return (await response.json()) as Awaited<ReturnType<WebhookPort['receive']>>;
    },
  };
}

function remoteLogins(address: string, tokens: InternalTokens): LoginPort {
  const call = async (name: string, argument: unknown, principal: Principal): Promise<unknown> => {
    const response = await callPort({
      url: new URL(`/ports/logins/${name}`, address).href,
      tokens,
      principal,
      correlationId: crypto.randomUUID(),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(argument),
      signal: AbortSignal.timeout(60_000),
    });
    return response.json();
  };
  return {
    finish: (parameters, person) => call('finish', parameters, person) as ReturnType<LoginPort['finish']>,
    grant: async (platform, body) => void (await call('grant', { platform, body }, systemPrincipal(''))),
  };
}

function remoteExports(address: string, tokens: InternalTokens): RemoteExports {
  return {
    async open({ principal, correlationId, signal }, request): Promise<ExportedFile> {
      const { headers, body } = await callPort({
        url: new URL('/ports/exports/open', address).href,
        tokens,
        principal,
        correlationId,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
        signal,
      });
      return {
        name: decodeURIComponent(headers.get('x-file-name') ?? request.file),
        contentType: headers.get('content-type') ?? 'application/octet-stream',
        bytes: Number(headers.get('content-length')),
        sha256: headers.get('x-sha256') ?? '',
        stream: Readable.fromWeb(body as never),
      };
    },
  };
}
