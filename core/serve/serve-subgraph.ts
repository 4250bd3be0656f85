import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { readConfig, subgraphAddresses, type Config } from '../config.ts';
import type { Context, SessionCookie } from '../context.ts';
import { createContext } from '../create-context.ts';
import { AppError, notFound } from '../errors.ts';
import { internalTokens, type InternalTokens } from '../internal-token.ts';
import { remotePorts } from '../ports/remote-ports.ts';
import { startRuntime, type StartedRuntime } from '../start-runtime.ts';
import { subgraphSchema, type SubgraphDefinition } from '../subgraph.ts';
import { Documents } from './documents.ts';
import {
  presentable,
  sendError,
  sendJson,
  type InternalRequest,
  type InternalResponse,
  type InternalRoute,
} from './internal-calls.ts';
import { runProgram } from './run-program.ts';
import { serveSubscriptions } from './subscriptions.ts';

export interface ServedSubgraph {
  port: number;
  runtime: StartedRuntime;
  close(): Promise<void>;
}

interface Serving {
  runtime: StartedRuntime;
  tokens: InternalTokens;
  documents: Documents;
  routes: Readonly<Record<string, InternalRoute>>;
  draining: boolean;
}

/**
 * Serves one subgraph alone: its graph at `/graphql` over HTTP and WebSocket, its ports below `/ports/`, health at
 * `/health/live` and `/health/ready`, its metrics at `/metrics`. All but the last three asks for a signed internal token.
 */
export async function serveSubgraph(
  subgraph: SubgraphDefinition,
  config: Config = readConfig(),
): Promise<ServedSubgraph> {
  if (!config.LIFTOS_INTERNAL_SECRET)
    throw new AppError('UNAVAILABLE', 'A subgraph alone needs LIFTOS_INTERNAL_SECRET.');
  const tokens = internalTokens(config.LIFTOS_INTERNAL_SECRET);
  const remote = remotePorts(subgraphAddresses(config), tokens);
  const runtime = await startRuntime({ config, subgraphs: [subgraph], remotePorts: remote });
  runtime.metrics.collectProcess();
  const schema = subgraphSchema(subgraph);
  const routes = subgraph.routes?.(runtime) ?? {};
  const serving: Serving = { runtime, tokens, routes, documents: new Documents(schema), draining: false };
  const server = createServer((request, response) => {
    answer(serving, request, response).catch((error: unknown) => sendError(response, error));
  });
  const subscriptions = serveSubscriptions(server, schema, runtime, tokens);
  server.listen(config.PORT, config.HOST);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    runtime,
    async close() {
      serving.draining = true;
      await subscriptions.dispose();
      server.close();
      server.closeIdleConnections();
      await runtime.close();
      server.closeAllConnections();
    },
  };
}

async function answer(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://internal');
  if (pathname === '/health/live') return sendJson(response, 200, { status: 'ok' });
  if (pathname === '/health/ready') return sendReadiness(serving, response);
  if (pathname === '/metrics') return sendMetrics(serving, response);
  const { runtime, tokens, routes } = serving;
  const call = await tokens.verify(request.headers.authorization?.replace(/^Bearer /, ''));
  const left = new AbortController();
  response.once('close', () => left.abort(new AppError('CANCELLED', 'The caller went away.')));
  if (pathname === '/graphql') {
    return sendJson(response, 200, await answerGraph(serving, call, request, left.signal));
  }
  const route = routes[pathname];
  if (!route) throw notFound('path');
  return route(createContext({ runtime, ...call, signal: left.signal }), request, response);
}

async function answerGraph(
  { runtime, documents }: Serving,
  call: Pick<Context, 'principal' | 'correlationId'>,
  request: IncomingMessage,
  signal: AbortSignal,
): Promise<InternalResponse> {
  const { query, operationName, variables = {}, refreshToken } = (await json(request)) as InternalRequest;
  let changed: string | null | undefined;
  const session: SessionCookie = {
    ...(refreshToken ? { refreshToken } : {}),
    setRefreshToken: (token) => void (changed = token),
  };
  const context = createContext({ runtime, ...call, signal, session });
  const result = await documents.prepare(query, operationName)({}, context, variables);
  return { ...presentable(result, context), ...(changed === undefined ? {} : { refreshToken: changed }) };
}

async function sendReadiness({ runtime, draining }: Serving, response: ServerResponse): Promise<void> {
  const reachable = await runtime.database.driver.query(null, 'select 1', []).then(
    () => true,
    () => false,
  );
  const ok = reachable && !draining;
  sendJson(response, ok ? 200 : 503, { status: ok ? 'ok' : 'unavailable' });
}

async function sendMetrics({ runtime }: Serving, response: ServerResponse): Promise<void> {
  const { registry } = runtime.metrics;
  const text = await registry.metrics();
  response.writeHead(200, { 'content-type': registry.contentType }).end(text);
}

/** The whole `server.ts` of a subgraph: serves until the process is told to stop. */
export async function runServer(subgraph: SubgraphDefinition): Promise<void> {
  const served = await runProgram(`The subgraph ${subgraph.name}`, async () => serveSubgraph(subgraph));
  served.runtime.log.info({ port: served.port }, `The subgraph ${subgraph.name} is listening.`);
}
