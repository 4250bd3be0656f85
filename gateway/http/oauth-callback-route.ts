import type { FastifyInstance } from 'fastify';
import type { Principal } from '@liftos/core/context.ts';
import { AppError, isAppError, loggable } from '@liftos/core/errors.ts';
import type { LoginPort } from '@liftos/core/ports/ports.ts';
import type { Logger } from '@liftos/core/telemetry/log.ts';
import { refusal } from '../edge/present-error.ts';
import type { RateLimits } from '../edge/rate-limits.ts';
import type { Callers } from './callers.ts';

export interface OAuthCallbackOptions {
  callers: Pick<Callers, 'returning'>;
  rateLimits: RateLimits;
  /** Finishes logins; the connections module provides it and checks the state. */
  sink: LoginPort;
  log: Logger;
}

const largestBytes = 64 * 1024;
/** Paths in the client; anything else would be a way to send people elsewhere. */
const ownPath = /^\/connections(?:[/?][\w\-/?=&.%]*)?$/;

/**
 * `GET /oauth/callback`: where platforms send the browser back to after a login; whoever is signed in in it, by the
 * cookie of the session, must be who began; answers with a redirect into the client. `POST /oauth/grant/:platform`: where a shop hands over a key by itself.
 */
export function oauthCallbackRoutes(
  app: FastifyInstance,
  { callers, rateLimits, sink, log }: OAuthCallbackOptions,
): void {
  void app.register((scoped, _options, done) => {
    scoped.removeAllContentTypeParsers();
    scoped.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, ready) => ready(null, body));
    scoped.get('/oauth/callback', async (request, reply) => {
      await rateLimits.attempt(request.ip);
      const parameters = single(new URL(request.url, 'http://localhost').searchParams);
      const path = await pathAfter(callers.returning(request, reply), (person) => sink.finish(parameters, person), log);
      // The address held a code; it must not reach other pages as the referrer, nor a cache.
      reply.header('referrer-policy', 'no-referrer').header('cache-control', 'no-store');
      return reply.redirect(ownPath.test(path) ? path : '/connections', 303);
    });
    scoped.post<{ Params: { platform: string } }>(
      '/oauth/grant/:platform',
      { bodyLimit: largestBytes },
      async (request, reply) => {
        await rateLimits.attempt(request.ip);
        try {
          await sink.grant(request.params.platform, bodyOf(request.body));
          return await reply.code(200).send({ received: true });
        } catch (error) {
          const status = isAppError(error) ? (statuses[error.code] ?? 400) : 500;
          return reply.code(status).send(refusal(error, log, request.id));
        }
      },
    );
    done();
  });
}

async function pathAfter(
  coming: Promise<Principal>,
  finish: (person: Principal) => Promise<{ path: string }>,
  log: Logger,
): Promise<string> {
  try {
    return (await finish(await coming)).path;
  } catch (error) {
    log.error({ error: loggable(error) }, 'A login at a platform could not be finished.');
    return '/connections?error=internal';
  }
}

const statuses: Record<string, number> = { NOT_FOUND: 404, RATE_LIMITED: 429, UNAVAILABLE: 503 };

/** The first value of each name. */
function single(parameters: URLSearchParams): Record<string, string> {
  const values: Record<string, string> = {};
  for (const [name, value] of parameters) values[name] ??= value;
  return values;
}

/** JSON or a form. */
function bodyOf(body: unknown): Record<string, unknown> {
  if (typeof body !== 'string') throw new AppError('BAD_USER_INPUT', 'The body is empty.');
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return parsed as Record<string, unknown>;
  } catch {
    return single(new URLSearchParams(body));
  }
  throw new AppError('BAD_USER_INPUT', 'The body is no object.');
}
