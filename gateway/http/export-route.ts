import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError, isAppError } from '@liftos/core/errors.ts';
import type { ExportedFile, ExportRequest } from '@liftos/core/ports/ports.ts';
import type { Logger } from '@liftos/core/telemetry/log.ts';
import { refusal } from '../edge/present-error.ts';
import type { RateLimits } from '../edge/rate-limits.ts';
import type { RequestContext } from '../sources/data-source.ts';
import type { Callers } from './callers.ts';
import { clientSignal } from './client-signal.ts';

/** Gives out files of exports; the memory module provides it and decides who may have them. */
export interface ExportSource {
  open(context: RequestContext, request: ExportRequest): Promise<ExportedFile>;
}

export interface ExportOptions {
  callers: Callers;
  rateLimits: RateLimits;
  source: ExportSource;
  log: Logger;
}

const statuses: Record<string, number> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
};

/** `GET /exports/:id/:file`: a file of an export, with the caller's credentials or the token of a link. */
export function exportRoute(app: FastifyInstance, options: ExportOptions): void {
  const { callers, rateLimits, source, log } = options;
  app.get<{ Params: { id: string; file: string } }>('/exports/:id/:file', async (request, reply) => {
    try {
      const principal = await callers.identify(request);
      await rateLimits.operation(principal.kind === 'anonymous' ? { ...principal, ip: request.ip } : principal);
      const { name, contentType, bytes, sha256, stream } = await source.open(
        {
          principal: { ...principal, ip: request.ip },
          correlationId: request.id,
          traceparent: callers.traceparent(request),
          session: callers.session(request, reply),
          signal: clientSignal(request, reply),
        },
        wanted(request, request.params),
      );
      return await reply
        .header('content-type', contentType)
        .header('content-length', bytes)
        .header('content-disposition', `attachment; filename="${name.replaceAll(/[^\w.-]/g, '_')}"`)
        .header('repr-digest', `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`)
        .send(stream);
    } catch (error) {
      const status = isAppError(error) ? (statuses[error.code] ?? 400) : 500;
      return await reply.code(status).send(refusal(error, log, request.id));
    }
  });
}

function wanted(request: FastifyRequest, { id, file }: { id: string; file: string }): ExportRequest {
  const { token } = request.query as { token?: unknown };
  if (token === undefined) return { exportId: id, file };
  if (typeof token !== 'string') throw new AppError('NOT_FOUND', 'There is no such export.');
  return { exportId: id, file, token };
}
