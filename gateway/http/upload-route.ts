import { Transform, type Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError, isAppError } from '@liftos/core/errors.ts';
import type { Logger } from '@liftos/core/telemetry/log.ts';
import { refusal } from '../edge/present-error.ts';
import type { RateLimits } from '../edge/rate-limits.ts';
import type { RequestContext } from '../sources/data-source.ts';
import { fulfils } from '../supergraph/requirements.pure.ts';
import type { Callers } from './callers.ts';
import { clientSignal } from './client-signal.ts';
import { openPart } from './multipart.ts';

/** Takes in a file; the connections module provides it. A stream that breaks off must leave nothing. */
export interface UploadSink {
  receive(
    context: RequestContext,
    file: { fileName: string; contentType: string; stream: Readable; signal: AbortSignal },
  ): Promise<{ id: string; bytes: number; sha256: string }>;
}

export interface UploadOptions {
  callers: Callers;
  rateLimits: RateLimits;
  sink: UploadSink;
  largestBytes: number;
  log: Logger;
}

const scope = 'connections:write';

/** `POST /upload`: a file as the body itself, or as the only file of a form. Answers with an id for GraphQL. */
export function uploadRoute(app: FastifyInstance, options: UploadOptions): void {
  void app.register((scoped, _options, done) => {
    scoped.removeAllContentTypeParsers();
    scoped.addContentTypeParser('*', (_request, payload, ready) => ready(null, payload));
    scoped.post('/upload', { bodyLimit: Number.MAX_SAFE_INTEGER }, async (request, reply) => {
      try {
        const context = await admit(
          options,
          request,
          clientSignal(request, reply),
          options.callers.session(request, reply),
        );
        return await reply.code(201).send(await receive(options, request, context));
      } catch (error) {
        const answer = refusal(error, options.log, request.id);
        // What is left of the body is not wanted; the connection ends with the answer.
        reply.header('connection', 'close');
        return reply.code(isAppError(error) ? (statuses[error.code] ?? 400) : 500).send(answer);
      }
    });
    done();
  });
}

const statuses: Record<string, number> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  QUOTA_EXCEEDED: 413,
  RATE_LIMITED: 429,
  UNAVAILABLE: 503,
  INTERNAL: 500,
};

async function admit(
  { callers, rateLimits, largestBytes }: UploadOptions,
  request: FastifyRequest,
  signal: AbortSignal,
  session: RequestContext['session'],
): Promise<RequestContext> {
  const principal = await callers.identify(request);
  if (principal.kind === 'anonymous') throw new AppError('UNAUTHENTICATED', 'Sign in first.');
  if (!fulfils({ scopes: [[scope]] }, principal.scopes))
    throw new AppError('FORBIDDEN', `This needs the scope ${scope}.`);
  await rateLimits.operation(principal);
  if (Number(request.headers['content-length'] ?? 0) > largestBytes + 2 ** 16) throw tooLarge(largestBytes);
  return { principal, correlationId: request.id, traceparent: callers.traceparent(request), session, signal };
}

function tooLarge(largestBytes: number): AppError {
  return new AppError('QUOTA_EXCEEDED', 'The file is too large.', { largestBytes });
}

async function receive(
  { sink, largestBytes }: UploadOptions,
  request: FastifyRequest,
  context: RequestContext,
): Promise<{ id: string; bytes: number; sha256: string }> {
  const type = request.headers['content-type'] ?? 'application/octet-stream';
  const part = type.startsWith('multipart/form-data') ? await openPart(request.raw, type) : undefined;
  const fileName = cleanName(part?.fileName ?? headerName(request));
  const stream = (part?.stream ?? request.raw).pipe(counted(largestBytes));
  const source = part?.stream ?? request.raw;
  // `pipe` passes no errors on, nor that the client has left.
  source.once('error', (error) => stream.destroy(error));
  const leave = (): void => void stream.destroy(new AppError('CANCELLED', 'The upload broke off.'));
  context.signal.addEventListener('abort', leave, { once: true });
  request.raw.once('close', () => !request.raw.complete && leave());
  try {
    const contentType = part?.contentType ?? type;
    return await sink.receive(context, { fileName, contentType, stream, signal: context.signal });
  } finally {
    context.signal.removeEventListener('abort', leave);
  }
}

function counted(largestBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > largestBytes) done(tooLarge(largestBytes));
      else done(null, chunk);
    },
  });
}

function headerName(request: FastifyRequest): string {
  const given = request.headers['x-file-name'];
  try {
    return typeof given === 'string' ? decodeURIComponent(given) : 'upload.csv';
  } catch {
    throw new AppError('BAD_USER_INPUT', 'The file name cannot be read.', { field: 'x-file-name' });
  }
}

/** The last part of a name, without anything that means something to a file system or a terminal. */
export function cleanName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  // oxlint-disable-next-line no-control-regex
  const clean = last.replace(/[\u0000-\u001f\u007f"<>|:*?]/g, '').trim();
  return clean.replace(/^\.+/, '').slice(0, 200) || 'upload';
}
