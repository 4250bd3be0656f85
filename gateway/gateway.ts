import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import fastifyCookie from '@fastify/cookie';
import { fastify, type FastifyInstance } from 'fastify';
import type { Config } from '@liftos/core/config.ts';
import type { LoginPort, WebhookPort } from '@liftos/core/ports/ports.ts';
import type { Logger } from '@liftos/core/telemetry/log.ts';
import type { Metrics } from '@liftos/core/telemetry/metrics.ts';
import { refusalsFor } from './edge/authorize.ts';
import { createPipeline, type Pipeline } from './edge/pipeline.ts';
import { refusal } from './edge/present-error.ts';
import { createRateLimits } from './edge/rate-limits.ts';
import { correlationIdFrom } from './edge/trace.ts';
import { trustedProxies, type TrustedProxies } from './edge/trusted-proxies.ts';
import { coerceVariables } from './executor/executor.ts';
import { defaultLimits, type Limits } from './executor/limits.pure.ts';
import { prepareOperation } from './executor/operation.ts';
import { createCallers, type Authenticator, type Callers } from './http/callers.ts';
import { clientRoute } from './http/client-route.ts';
import { explorerRoute } from './http/explorer-route.ts';
import { exportRoute, type ExportSource } from './http/export-route.ts';
import { graphqlRoute } from './http/graphql-route.ts';
import { oauthCallbackRoutes } from './http/oauth-callback-route.ts';
import { operationsRoutes, type Readiness } from './http/operations-routes.ts';
import { uploadRoute, type UploadSink } from './http/upload-route.ts';
import { webhookRoute } from './http/webhook-route.ts';
import { createHub, type Hub, type Replan } from './live/hub.ts';
import { defaultSocketLimits, serveSockets, type SocketServer, type SocketServerLimits } from './live/socket-server.ts';
import type { Sources } from './sources/data-source.ts';
import { openSupergraph, type SupergraphFile } from './supergraph/supergraph-file.ts';

export interface GatewayOptions {
  /** The composed schema; followed for changes. */
  supergraphPath: string;
  /** Where each subgraph of the schema answers, by its name. Closed with the gateway. */
  sources: Sources;
  authenticator: Authenticator;
  uploads: UploadSink;
  /** Files of exports to download; without it there are none. */
  exports?: ExportSource;
  /** Takes in what platforms and partners send; without it there are no addresses for that. */
  webhooks?: WebhookPort;
  /** Finishes logins at platforms; without it there is no address for them to come back to. */
  logins?: LoginPort;
  config: Pick<
    Config,
    'LIFTOS_FETCH_TIMEOUT' | 'LIFTOS_OPERATION_TIMEOUT' | 'LIFTOS_RATE_LIMIT' | 'LIFTOS_UPLOAD_MAX_BYTES' | 'PUBLIC_URL'
  >;
  log: Logger;
  metrics: Metrics;
  /** Folder of the built web client. */
  clientPath?: string;
  /** The state of what the gateway stands on. */
  readiness?: () => Promise<Readiness>;
  /** An ioredis client, for limits that several gateways share. */
  redis?: unknown;
  /** Addresses of proxies whose `X-Forwarded-For` and `-Proto` are believed, e.g. `10.0.0.0/8`. */
  trustedProxies?: readonly string[];
  limits?: Partial<Limits>;
  socketLimits?: Partial<SocketServerLimits>;
  /** Sign-ins and wrong credentials a minute and address. */
  attemptsPerMinute?: number;
  /** Deliveries a minute to one address for webhooks. */
  webhooksPerMinute?: number;
  /** How often open sockets are checked for sessions that have ended. */
  recheckMillis?: number;
  /** How often the other side of each socket is asked whether it is still there; gone is who has not answered by the next time. */
  pingMillis?: number;
  supergraphPollMillis?: number;
}

export interface Gateway {
  /** Starts to listen; port 0 takes a free one. Gives the port. */
  listen(port: number, host?: string): Promise<number>;
  /** Reads the schema file at once instead of at the next look. */
  reload(): Promise<void>;
  /**
   * Ends in good order: not ready, waits `announceMillis` for balancers to notice, takes nothing new, lets requests
   * finish for up to twenty seconds, tells subscribers to come back.
   */
  close(announceMillis?: number): Promise<void>;
  /** Open subscriptions upstream. */
  readonly channels: number;
}

const longestDrain = 20_000;

/** Builds the edge of LiftOS: everything that comes from outside comes through here. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const { config, log, metrics, sources } = options;
  const supergraph = await openSupergraph(options.supergraphPath, log, options.supergraphPollMillis);
  const rateLimits = createRateLimits({
    operationsPerMinute: config.LIFTOS_RATE_LIMIT,
    attemptsPerMinute: options.attemptsPerMinute ?? 60,
    webhooksPerMinute: options.webhooksPerMinute,
    redis: options.redis,
  });
  const pipeline = createPipeline({
    supergraph,
    sources,
    limits: { ...defaultLimits, ...options.limits },
    rateLimits,
    operationMillis: config.LIFTOS_OPERATION_TIMEOUT * 1000,
    fetchMillis: config.LIFTOS_FETCH_TIMEOUT * 1000,
    log,
    metrics,
  });
  const callers = createCallers(options.authenticator, rateLimits, config.PUBLIC_URL);
  let draining = false;
  const proxies = trustedProxies(options.trustedProxies);
  const app = createApp(options, proxies);
  graphqlRoute(app, pipeline, callers);
  uploadRoute(app, { callers, rateLimits, sink: options.uploads, largestBytes: config.LIFTOS_UPLOAD_MAX_BYTES, log });
  if (options.exports) exportRoute(app, { callers, rateLimits, source: options.exports, log });
  if (options.webhooks) webhookRoute(app, { rateLimits, sink: options.webhooks, publicUrl: config.PUBLIC_URL, log });
  if (options.logins) oauthCallbackRoutes(app, { callers, rateLimits, sink: options.logins, log });
  explorerRoute(app);
  operationsRoutes(app, { metrics, readiness: async () => readinessOf(draining, await options.readiness?.()) });
  if (options.clientPath) clientRoute(app, options.clientPath);
  const hub = createHub();
  const unfollow = supergraph.onChange(() => hub.replan(replanWith(pipeline, supergraph)));
  const sockets = openSockets(options, { app, pipeline, hub, callers, proxies });
  return {
    async listen(port, host = '127.0.0.1') {
      await app.listen({ port, host });
      return (app.server.address() as AddressInfo).port;
    },
    reload: () => supergraph.reload(),
    async close(announceMillis = 0) {
      draining = true;
      if (announceMillis > 0) await delay(announceMillis);
      unfollow();
      supergraph.close();
      await Promise.all([sockets.close(), closeApp(app)]);
      hub.close();
      await Promise.all([...sources.values()].map((source) => source.close?.()));
    },
    get channels() {
      return hub.channels;
    },
  };
}

interface Edge {
  app: FastifyInstance;
  pipeline: Pipeline;
  hub: Hub;
  callers: Callers;
  proxies: TrustedProxies;
}

function openSockets(
  { authenticator, config, socketLimits, recheckMillis = 2000, pingMillis = 12_000 }: GatewayOptions,
  { app, pipeline, hub, callers, proxies }: Edge,
): SocketServer {
  return serveSockets({
    server: app.server,
    path: '/graphql',
    pipeline,
    hub,
    limits: { ...defaultSocketLimits, ...socketLimits },
    authenticate: callers.authenticate,
    stillValid: (principal) => authenticator.stillValid(principal),
    isAllowedOrigin: (origin, host) => isSameOrigin(origin, host, config.PUBLIC_URL),
    addressOf: (request) => proxies.clientOf(request),
    recheckMillis,
    pingMillis,
  });
}

function createApp({ log }: GatewayOptions, proxies: TrustedProxies): FastifyInstance {
  const app = fastify({
    genReqId: (request) => correlationIdFrom([request.headers['x-correlation-id'] ?? []].flat()[0]),
    trustProxy: (address: string) => proxies.trusts(address),
    forceCloseConnections: 'idle',
    // Uploads may take as long as they need, as long as something arrives.
    requestTimeout: 0,
    connectionTimeout: 120_000,
    keepAliveTimeout: 72_000,
    return503OnClosing: true,
    routerOptions: { ignoreTrailingSlash: true },
  });
  void app.register(fastifyCookie);
  app.addHook('onSend', async (_request, reply) => {
    reply
      .header('x-content-type-options', 'nosniff')
      .header('referrer-policy', 'same-origin')
      .header('x-frame-options', 'DENY')
      .header('cross-origin-opener-policy', 'same-origin');
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
  app.setErrorHandler(async (error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) return reply.code(500).send(refusal(error, log, request.id));
    return reply.code(status).send({ errors: [{ message: error.message, extensions: { code: 'BAD_USER_INPUT' } }] });
  });
  return app;
}

function readinessOf(draining: boolean, below: Readiness = { ready: true, parts: {} }): Readiness {
  return { ready: below.ready && !draining, parts: { ...below.parts, gateway: draining ? 'stopping' : 'ok' } };
}

async function closeApp(app: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => app.server.closeAllConnections(), longestDrain);
  // A connection kept open by a client whose last request was still running when we began to stop.
  const idle = setInterval(() => app.server.closeIdleConnections(), 50);
  await app.close();
  clearTimeout(cut);
  clearInterval(idle);
}

/** Pages may come from the address they were loaded from, or from the public one. */
function isSameOrigin(origin: string, host: string | undefined, publicUrl: string | undefined): boolean {
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin);
  return from.host === host || (publicUrl !== undefined && from.origin === new URL(publicUrl).origin);
}

/** Prepares open subscriptions for the schema that is now in use. */
function replanWith({ options }: Pipeline, supergraph: SupergraphFile): Replan {
  return ({ text, operationName, variables: given, context, log }) => {
    try {
      const { limits } = options;
      const operation = prepareOperation({
        supergraph: supergraph.current,
        limits,
        text,
        operationName,
        suggest: true,
      });
      const errors = refusalsFor(operation, context.principal);
      return errors.length > 0 ? errors : { operation, variables: coerceVariables(operation, { ...given }) };
    } catch (error) {
      return [...(refusal(error, log, context.correlationId).errors ?? [])];
    }
  };
}
