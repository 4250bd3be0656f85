import '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { SessionCookie } from '@liftos/core/context.ts';

/** Browsers accept the `__Host-` name over TLS only; it binds the cookie to this host and path. */
export const secureName = '__Host-liftos';
export const plainName = 'liftos';

const thirtyDays = 30 * 24 * 3600;

/** The refresh token of a request, and how to change it. A script in the browser never sees it. */
export function sessionOf(request: FastifyRequest, reply: FastifyReply, publicUrl?: string): SessionCookie {
  const isSecure = request.protocol === 'https' || (publicUrl?.startsWith('https:') ?? false);
  const name = isSecure ? secureName : plainName;
  return {
    refreshToken: request.cookies[name],
    setRefreshToken(token) {
      const options = { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure } as const;
      if (token === null) reply.clearCookie(name, options);
      else reply.setCookie(name, token, { ...options, maxAge: thirtyDays });
    },
  };
}
