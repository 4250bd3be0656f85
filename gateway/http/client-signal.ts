import type { FastifyReply, FastifyRequest } from 'fastify';

/** Aborted when the client goes away before it has its answer. */
export function clientSignal(request: FastifyRequest, reply: FastifyReply): AbortSignal {
  const leaving = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) leaving.abort();
  });
  request.raw.once('aborted', () => leaving.abort());
  return leaving.signal;
}
