import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Principal } from '@liftos/core/context.ts';
import { AppError } from '@liftos/core/errors.ts';
import type { Credentials } from '@liftos/core/ports/ports.ts';
import { addressKey } from '../edge/rate-limits.ts';
import type { Pipeline } from '../edge/pipeline.ts';
import { serveSocket, type ClientSocket, type SocketLimits } from './client-socket.ts';
import type { Hub } from './hub.ts';
import { closeCode, subprotocol } from './protocol.ts';

export interface SocketServerLimits extends SocketLimits {
  /** Bytes of one message of a client. */
  messageBytes: number;
  /** Sockets of one signed-in caller. */
  perPrincipal: number;
  /** Sockets from one address. */
  perAddress: number;
  total: number;
}

export const defaultSocketLimits: SocketServerLimits = {
  operations: 100,
  messages: 1000,
  waitingBytes: 2 ** 20,
  initMillis: 3000,
  messageBytes: 64 * 2 ** 10,
  perPrincipal: 50,
  perAddress: 400,
  total: 10_000,
};

export interface SocketServerOptions {
  server: Server;
  path: string;
  pipeline: Pipeline;
  hub: Hub;
  limits: SocketServerLimits;
  authenticate(credentials: Credentials): Promise<Principal>;
  stillValid(principal: Principal): Promise<boolean>;
  /** Whether a page of this origin may open a socket; programs send none. */
  isAllowedOrigin(origin: string, host: string | undefined): boolean;
  /** The client's address, behind trusted proxies if there are any. */
  addressOf(request: IncomingMessage): string;
  recheckMillis: number;
  pingMillis: number;
}

export interface SocketServer {
  readonly size: number;
  /** Tells every client to come back later, then closes. */
  close(): Promise<void>;
}

interface Client {
  socket: WebSocket;
  served: ClientSocket;
  address: string;
  alive: boolean;
}

/** Subscriptions, and any other operation, over WebSocket on a path of an HTTP server. */
export function serveSockets(options: SocketServerOptions): SocketServer {
  const { limits, server } = options;
  const clients = new Set<Client>();
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.messageBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
  });
  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    const refused = refusalOf(options, clients, request);
    if (refused) return refuse(stream, refused);
    sockets.handleUpgrade(request, stream, head, (socket) => admit(options, clients, socket, request));
  };
  server.on('upgrade', upgrade);
  const recheck = setInterval(() => void recheckAll(options, clients), options.recheckMillis);
  const ping = setInterval(() => pingAll(clients), options.pingMillis);
  return {
    get size() {
      return clients.size;
    },
    async close() {
      clearInterval(recheck);
      clearInterval(ping);
      server.off('upgrade', upgrade);
      const gone = [...clients].map(
        ({ socket }) => new Promise<void>((resolve) => void socket.once('close', () => resolve())),
      );
      for (const { served } of clients)
        served.close(closeCode.goingAway, 'Restarting: come back and resume from your cursor.');
      await Promise.all(gone);
      sockets.close();
    },
  };
}

type Refused = '400 Bad Request' | '403 Forbidden' | '404 Not Found' | '503 Service Unavailable';

function refusalOf(options: SocketServerOptions, clients: Set<Client>, request: IncomingMessage): Refused | undefined {
  const { limits } = options;
  const [path, query] = (request.url ?? '').split('?');
  if (path !== options.path) return '404 Not Found';
  // Addresses are written to logs; credentials in them would be, too.
  if (query) return '400 Bad Request';
  const { origin, host } = request.headers;
  if (origin !== undefined && !options.isAllowedOrigin(origin, host)) return '403 Forbidden';
  const address = addressKey(options.addressOf(request));
  const same = [...clients].filter((client) => client.address === address).length;
  return clients.size >= limits.total || same >= limits.perAddress ? '503 Service Unavailable' : undefined;
}

function refuse(stream: Duplex, status: Refused): void {
  const retry = status.startsWith('503') ? 'Retry-After: 5\r\n' : '';
  stream.end(`HTTP/1.1 ${status}\r\n${retry}Connection: close\r\nContent-Length: 0\r\n\r\n`);
}

function admit(options: SocketServerOptions, clients: Set<Client>, socket: WebSocket, request: IncomingMessage): void {
  const { pipeline, hub, limits } = options;
  if (socket.protocol !== subprotocol) return socket.close(closeCode.notAcceptable, `Speak ${subprotocol}.`);
  const ip = options.addressOf(request);
  const authenticate = async (payload: Record<string, unknown>): Promise<Principal> => {
    const principal = await options.authenticate({ ...credentialsOf(payload, request), ip });
    const same = [...clients].filter(({ served }) => served.ready && isSame(served.principal, principal)).length;
    if (principal.kind !== 'anonymous' && same >= limits.perPrincipal) {
      throw new AppError('RATE_LIMITED', 'Too many sockets.');
    }
    return principal;
  };
  const served = serveSocket({ socket, pipeline, hub, limits, authenticate });
  const client: Client = { socket, served, address: addressKey(ip), alive: true };
  const { metrics } = pipeline.options;
  clients.add(client);
  metrics.sockets.inc();
  socket.on('pong', () => (client.alive = true));
  socket.on('close', () => {
    clients.delete(client);
    metrics.sockets.dec();
  });
}

function isSame(one: Principal, other: Principal): boolean {
  return one.kind === other.kind && one.id === other.id && one.organizationId === other.organizationId;
}

function credentialsOf(payload: Record<string, unknown>, request: IncomingMessage): Credentials {
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  return {
    authorization: text(payload.authorization) ?? text(payload.Authorization) ?? request.headers.authorization,
    apiKey: text(payload.apiKey) ?? text(payload['x-api-key']) ?? text(request.headers['x-api-key']),
    userAgent: request.headers['user-agent'],
  };
}

/** Closes the sockets of everybody who may no longer act, e.g. after signing out elsewhere. */
async function recheckAll({ stillValid, pipeline }: SocketServerOptions, clients: Set<Client>): Promise<void> {
  const answers = new Map<string, Promise<boolean>>();
  await Promise.all(
    [...clients].map(async ({ served }) => {
      if (!served.ready || served.principal.kind === 'anonymous') return;
      const { principal } = served;
      const key = JSON.stringify([
        principal.kind,
        principal.id,
        principal.organizationId,
        principal.sessionId,
        principal.scopes,
      ]);
      const answer = answers.get(key) ?? stillValid(principal);
      answers.set(key, answer);
      try {
        if (!(await answer)) served.close(closeCode.forbidden, 'Signed out.');
      } catch (error) {
        pipeline.options.log.warn({ err: error }, 'sessions could not be checked');
      }
    }),
  );
}

/** Ends connections whose other side is gone without having said so. */
function pingAll(clients: Set<Client>): void {
  for (const client of clients) {
    if (!client.alive) {
      client.socket.terminate();
      continue;
    }
    client.alive = false;
    client.socket.ping();
  }
}
