import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/**
 * The built web client. Files below `/assets/` carry a hash in their name and never change; the page itself is asked
 * for anew each time. Every other address is a view of the client, which routes it.
 */
export function clientRoute(app: FastifyInstance, folder: string): void {
  const index = join(folder, 'index.html');
  void app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    serve: false,
    preCompressed: true,
    index: false,
    cacheControl: false,
  });
  app.setNotFoundHandler(async (request, reply) => {
    const path = pathOf(request);
    if (path === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) return notFound(reply);
    if (path && existsSync(join(folder, path))) {
      reply.header('cache-control', path.startsWith('assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
      return reply.sendFile(path, folder);
    }
    if (!isView(path) || !existsSync(index)) return notFound(reply);
    reply.header('cache-control', 'no-cache').header('content-security-policy', policyFor(request));
    return reply.sendFile('index.html', folder);
  });
}

function notFound(reply: FastifyReply): FastifyReply {
  return reply
    .code(404)
    .header('cache-control', 'no-store')
    .send({ errors: [{ message: 'There is nothing here.' }] });
}

/** The path below the client's folder, empty for the page itself; undefined when it is no plain path. */
function pathOf(request: FastifyRequest): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent((request.url.split('?')[0] ?? '').slice(1));
  } catch {
    return undefined;
  }
  if (path === '' || path === 'index.html') return '';
  const isPlain = path.split('/').every((part) => !part.startsWith('.')) && !/[\0\\]|\/\//.test(path);
  return isPlain ? path : undefined;
}

/** A view's address has no file ending. */
function isView(path: string): boolean {
  return !path.startsWith('assets/') && !/\.[a-z0-9]{1,8}$/i.test(path);
}

/** Older Safari does not take `'self'` for sockets, so their addresses are named; a host that is none is left out. */
function policyFor({ host }: FastifyRequest): string {
  const sockets = /^[\w.:[\]-]+$/.test(host) ? ` ws://${host} wss://${host}` : '';
  return [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    `connect-src 'self'${sockets}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
