import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError, isAppError, notFound } from '@liftos/core/errors.ts';
import type { WebhookPort } from '@liftos/core/ports/ports.ts';
import type { Logger } from '@liftos/core/telemetry/log.ts';
import { refusal } from '../edge/present-error.ts';
import type { RateLimits } from '../edge/rate-limits.ts';

export interface WebhookOptions {
  rateLimits: RateLimits;
  /** Takes deliveries in; the connections module provides it and checks who sent them. */
  sink: WebhookPort;
  /** The address people use; some platforms sign it. The one of the request when absent. */
  publicUrl: string | undefined;
  log: Logger;
}

const largestBytes = 1024 * 1024;
const idPattern = /^[\w-]{16,64}$/;

const statuses: Record<string, number> = {
  UNAUTHENTICATED: 401,
  NOT_FOUND: 404,
  QUOTA_EXCEEDED: 413,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
};

/**
 * `POST /webhooks/:id`: what a platform or a partner sends by itself. Answers 202 once it is kept and 200 when it was
 * kept before; work follows later. There is no session: the signature over the bytes says who it is from.
 */
export function webhookRoute(app: FastifyInstance, options: WebhookOptions): void {
  const { rateLimits, sink, log } = options;
  void app.register((scoped, _options, done) => {
    scoped.removeAllContentTypeParsers();
    scoped.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, ready) => ready(null, body));
    scoped.setErrorHandler(async (error: Error & { statusCode?: number }, request, reply) => {
      const known =
        error.statusCode === 413 ? new AppError('QUOTA_EXCEEDED', 'The body is too large.', { largestBytes }) : error;
      const status = isAppError(known) ? (statuses[known.code] ?? 400) : (error.statusCode ?? 500);
      if (isAppError(known) && typeof known.details['retryAfter'] === 'number') {
        reply.header('retry-after', known.details['retryAfter']);
      }
      return reply.code(status).send(refusal(known, log, request.id));
    });
    scoped.post<{ Params: { id: string } }>('/webhooks/:id', { bodyLimit: largestBytes }, async (request, reply) => {
      const { id } = request.params;
      if (!idPattern.test(id)) throw notFound('webhook');
      await rateLimits.webhook(id);
      const { repeated } = await receive(request, id, options).catch(async (error: unknown) => {
        // Who guesses addresses or signatures runs into the limit of strangers.
        if (isAppError(error) && error.code !== 'UNAVAILABLE') await rateLimits.attempt(request.ip);
        throw error;
      });
      return reply.code(repeated ? 200 : 202).send({ received: true, repeated });
    });
    done();
  });

  function receive(request: FastifyRequest, endpointId: string, { publicUrl }: WebhookOptions) {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const base = publicUrl ?? `${request.protocol}://${request.host}`;
    const url = `${base.replace(/\/$/, '')}${request.url}`;
    return sink.receive({ endpointId, method: request.method, url, headers: flat(request.headers), body });
  }
}

function flat(headers: FastifyRequest['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, [value].flat().join(', ')]],
    ),
  );
}
