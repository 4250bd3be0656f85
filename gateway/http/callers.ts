import type { FastifyReply, FastifyRequest } from 'fastify';
import { anonymous, type Principal, type SessionCookie } from '@liftos/core/context.ts';
import { AppError } from '@liftos/core/errors.ts';
import type { Credentials, IdentityPort } from '@liftos/core/ports/ports.ts';
import type { RateLimits } from '../edge/rate-limits.ts';
import { traceparentFrom } from '../edge/trace.ts';
import { sessionOf } from './session-cookie.ts';

/** Says who callers are. The identity module provides it. */
export type Authenticator = Pick<IdentityPort, 'authenticate' | 'stillValid'>;

export interface Callers {
  /** Who sends a request. Throws UNAUTHENTICATED for credentials that do not hold. */
  identify(request: FastifyRequest): Promise<Principal>;
  /** Who is signed in in a browser that comes back from another site, by its cookie; anonymous when nobody is. */
  returning(request: FastifyRequest, reply: FastifyReply): Promise<Principal>;
  /** The same for credentials from elsewhere. Wrong ones count for their address. */
  authenticate(credentials: Credentials): Promise<Principal>;
  countAttempt(request: FastifyRequest): Promise<void>;
  traceparent(request: FastifyRequest): string;
  session(request: FastifyRequest, reply: FastifyReply): SessionCookie;
}

/** `publicUrl` tells whether browsers come over TLS when a proxy in front of us ends it. */
export function createCallers(authenticator: Authenticator, rateLimits: RateLimits, publicUrl?: string): Callers {
  const authenticate = async (credentials: Credentials): Promise<Principal> => {
    try {
      const principal = await authenticator.authenticate(credentials);
      return {
        ...principal,
        ip: principal.ip ?? credentials.ip,
        userAgent: principal.userAgent ?? credentials.userAgent,
      };
    } catch (error) {
      const isWrong = error instanceof AppError && error.code === 'UNAUTHENTICATED';
      if (isWrong) await rateLimits.operation({ ...anonymous, ip: credentials.ip });
      throw error;
    }
  };
  const session = (request: FastifyRequest, reply: FastifyReply) => sessionOf(request, reply, publicUrl);
  return {
    authenticate,
    async returning(request, reply) {
      const client = { ip: request.ip, userAgent: request.headers['user-agent'] };
      const { refreshToken } = session(request, reply);
      try {
        return await authenticate({ ...(refreshToken ? { refreshToken } : {}), ...client });
      } catch (error) {
        if (error instanceof AppError && error.code === 'UNAUTHENTICATED') return { ...anonymous, ...client };
        throw error;
      }
    },
    identify: (request) =>
      authenticate({
        authorization: request.headers.authorization,
        apiKey: single(request.headers['x-api-key']),
        ip: request.ip,
        userAgent: request.headers['user-agent'],
      }),
    countAttempt: (request) => rateLimits.attempt(request.ip),
    session,
    traceparent: (request) => traceparentFrom(single(request.headers.traceparent)),
  };
}

function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}
