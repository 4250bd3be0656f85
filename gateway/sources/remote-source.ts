import { Pool } from 'undici';
import { AppError } from '@liftos/core/errors.ts';
import type { InternalTokens } from '@liftos/core/internal-token.ts';
import { createBreaker, type Breaker, type BreakerOptions } from './breaker.ts';
import type { Answer, DataSource, RequestContext, SubgraphRequest } from './data-source.ts';
import { openRemoteLive } from './remote-live.ts';

export interface RemoteOptions {
  /** For messages, which clients see: never its address. */
  name: string;
  /** Where the subgraph is served, e.g. `http://10.0.0.7:4001`; its graph is at `/graphql` below. */
  address: string;
  tokens: InternalTokens;
  /** Connections kept open. */
  connections?: number;
  breaker?: BreakerOptions;
}

interface Remote {
  name: string;
  path: string;
  pool: Pool;
  breaker: Breaker;
  tokenFor(context: RequestContext): Promise<string>;
}

/** A subgraph in another process: HTTP for operations, one graphql-ws socket for all its subscriptions. */
export function remoteSource(options: RemoteOptions): DataSource {
  const { address, tokens, connections = 32, name } = options;
  const url = new URL('/graphql', address);
  const kept = new WeakMap<RequestContext, Promise<string>>();
  const sign = ({ principal, correlationId }: RequestContext): Promise<string> =>
    tokens.sign({ principal, correlationId });
  const remote: Remote = {
    name,
    path: url.pathname,
    pool: new Pool(url.origin, { connections, pipelining: 1, keepAliveTimeout: 30_000 }),
    breaker: createBreaker(name, options.breaker),
    tokenFor(context) {
      const token = kept.get(context) ?? sign(context);
      kept.set(context, token);
      return token;
    },
  };
  const live = openRemoteLive({ name, url: url.href.replace(/^http/, 'ws'), sign });
  return {
    execute: (request) => post(remote, request),
    subscribe: (request) => live.subscribe(request),
    async close() {
      live.close();
      await remote.pool.destroy();
    },
  };
}

async function post(remote: Remote, request: SubgraphRequest): Promise<Answer> {
  const { breaker, name } = remote;
  breaker.enter();
  const { signal } = request.context;
  try {
    const answer = await postOnce(remote, request).catch((error: unknown) => {
      // A kept connection that the other side has closed meanwhile; asking for something twice does no harm.
      if (isQuery(request) && (error as { code?: string }).code === 'UND_ERR_SOCKET') return postOnce(remote, request);
      throw error;
    });
    breaker.succeeded();
    return answer;
  } catch (cause) {
    if (signal.aborted) breaker.abandoned();
    else breaker.failed();
    if (cause instanceof AppError) throw cause;
    throw new AppError('UNAVAILABLE', `"${name}" cannot be reached at the moment.`, {}, { cause });
  }
}

function isQuery({ text }: SubgraphRequest): boolean {
  return text.startsWith('{') || text.startsWith('query');
}

async function postOnce(remote: Remote, request: SubgraphRequest): Promise<Answer> {
  const { context, text, operationName, variables, timeoutMillis } = request;
  const { refreshToken } = context.session;
  const controller = new AbortController();
  const late = setTimeout(() => controller.abort(new AppError('TIMEOUT', 'This part took too long.')), timeoutMillis);
  const leave = (): void => controller.abort(reasonOf(context.signal));
  context.signal.addEventListener('abort', leave, { once: true });
  try {
    const response = await remote.pool.request({
      path: remote.path,
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${await remote.tokenFor(context)}`,
        'x-correlation-id': context.correlationId,
        traceparent: context.traceparent,
      },
      body: JSON.stringify({ query: text, operationName, variables, ...(refreshToken ? { refreshToken } : {}) }),
      signal: controller.signal,
    });
    return readAnswer(remote.name, context, response.statusCode, await response.body.text());
  } finally {
    clearTimeout(late);
    context.signal.removeEventListener('abort', leave);
  }
}

function reasonOf(signal: AbortSignal): AppError {
  return signal.reason instanceof AppError ? signal.reason : new AppError('CANCELLED', 'The request was cancelled.');
}

interface Body extends Answer {
  refreshToken?: string | null;
}

/** A changed cookie travels beside the answer; it goes to the client's browser and nowhere else. */
function readAnswer(name: string, { session }: RequestContext, status: number, text: string): Answer {
  let body: Body;
  try {
    body = JSON.parse(text) as Body;
  } catch (cause) {
    throw new AppError('UNAVAILABLE', `"${name}" did not answer in JSON.`, { status }, { cause });
  }
  if (status >= 500 || typeof body !== 'object' || body === null) {
    throw new AppError('UNAVAILABLE', `"${name}" failed.`, { status });
  }
  if (body.refreshToken !== undefined) session.setRefreshToken(body.refreshToken);
  const { data, errors } = body;
  return { ...(data === undefined ? {} : { data }), ...(errors ? { errors } : {}) };
}
