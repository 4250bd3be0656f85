import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import { createHandler, type RequestParams, type Response } from 'graphql-http';
import { AppError } from '@liftos/core/errors.ts';
import { isGuess } from '../edge/authorize.ts';
import { isGranted, type Pipeline, type Wish } from '../edge/pipeline.ts';
import { refusal } from '../edge/present-error.ts';
import type { Answer } from '../sources/data-source.ts';
import type { Callers } from './callers.ts';
import { clientSignal } from './client-signal.ts';

/** Bytes of one request. */
const largestBody = 2 ** 20;

/**
 * `POST /graphql` as the GraphQL-over-HTTP specification has it. Only JSON is taken, which a foreign page cannot send
 * without asking first, so no further protection from forged requests is needed.
 */
export function graphqlRoute(app: FastifyInstance, pipeline: Pipeline, callers: Callers): void {
  const handler = createHandler<FastifyRequest, FastifyReply>({
    onSubscribe: (request, params) => answer(pipeline, callers, request.raw, request.context, params),
    formatError: ({ message }) => unfit(message),
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: largestBody }, (_request, body, done) =>
    done(null, body),
  );
  app.all('/graphql', { bodyLimit: largestBody }, async (request, reply) => {
    if (request.method !== 'POST') {
      return reply
        .code(405)
        .header('allow', 'POST')
        .send({ errors: [unfit('Send operations by POST.')] });
    }
    const { url, method, headers } = request;
    const body = typeof request.body === 'string' ? request.body : null;
    const [text, { status, statusText, headers: given }] = await handler({
      url,
      method,
      headers,
      body,
      raw: request,
      context: reply,
    });
    reply.raw.statusMessage = statusText;
    if (status === 415)
      return reply.code(status).send({ errors: [unfit('Send JSON, with content-type: application/json.')] });
    return reply
      .code(status)
      .headers(given ?? {})
      .send(text ?? '');
  });
}

/** The error of a request that is no operation at all. */
function unfit(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });
}

async function answer(
  pipeline: Pipeline,
  callers: Callers,
  request: FastifyRequest,
  reply: FastifyReply,
  params: RequestParams,
): Promise<Response> {
  const { log } = pipeline.options;
  const correlationId = request.id;
  reply.header('x-correlation-id', correlationId);
  try {
    const principal = await callers.identify(request);
    const wish: Wish = {
      text: params.query,
      operationName: params.operationName ?? undefined,
      variables: params.variables,
      principal,
      correlationId,
      traceparent: callers.traceparent(request),
      session: callers.session(request, reply),
      signal: clientSignal(request, reply),
    };
    const granted = await pipeline.grant(wish);
    if (!isGranted(granted)) return respond(request, reply, granted);
    const { kind } = granted.operation;
    if (kind === 'subscription') {
      throw new AppError('BAD_USER_INPUT', 'Subscribe over WebSocket (graphql-transport-ws) on this address.');
    }
    if (isGuess(granted.operation, principal)) await callers.countAttempt(request);
    return respond(request, reply, await pipeline.run(granted, wish));
  } catch (error) {
    return respond(request, reply, refusal(error, log, correlationId));
  }
}

const specified = 'application/graphql-response+json';

function respond(request: FastifyRequest, reply: FastifyReply, result: Answer): Response {
  const isSpecified = request.headers.accept?.includes(specified) ?? false;
  const headers = { 'content-type': `${isSpecified ? specified : 'application/json'}; charset=utf-8` };
  const limited = result.errors?.find(({ extensions }) => extensions?.code === 'RATE_LIMITED');
  if (limited) reply.header('retry-after', String(limited.extensions?.retryAfter ?? 1));
  const status = statusOf(result, isSpecified);
  return [JSON.stringify(result), { status, statusText: texts[status] ?? 'OK', headers }];
}

const texts: Record<number, string> = { 200: 'OK', 400: 'Bad Request', 401: 'Unauthorized', 429: 'Too Many Requests' };

/** An answer with data is always 200. Without, plain JSON stays 200 as older clients expect, except for throttling. */
function statusOf({ data, errors }: Answer, isSpecified: boolean): number {
  if (data !== undefined || !errors) return 200;
  const codes = errors.map(({ extensions }) => extensions?.code);
  if (codes.includes('RATE_LIMITED')) return 429;
  if (!isSpecified) return 200;
  return codes.includes('UNAUTHENTICATED') ? 401 : 400;
}
