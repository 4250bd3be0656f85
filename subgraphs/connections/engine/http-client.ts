import { lookup as resolve } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { gunzip } from 'node:zlib';
import { promisify } from 'node:util';
import { Agent, request, type Dispatcher } from 'undici';
import { AppError } from '@liftos/core/errors.ts';
import { isPrivateAddress } from './private-address.ts';

/** A request to a platform with everything that lets it in. Its URL is the platform's real one. */
export interface HttpRequest {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body?: string | undefined;
  /** Regular expressions over the whole host name; the request may go nowhere else. */
  hosts: readonly string[];
  timeoutMs: number;
  maxBytes: number;
  signal: AbortSignal;
}

export interface HttpAnswer {
  status: number;
  /** Names in lower case. */
  headers: Record<string, string>;
  bytes: Buffer;
}

export interface HttpClient {
  /**
   * Sends a request. Redirects are not followed. Throws PLATFORM_UNAVAILABLE when there is no answer in time, or one
   * that is too long, and BAD_USER_INPUT for an address that is not allowed.
   */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Where the browser or a person reaches an address of a platform. */
  address(url: string): string;
  close(): Promise<void>;
}

const unzip = promisify(gunzip);

/** Resolves a name and refuses it when any of its addresses is private; the connection then goes to what was checked. */
const publicLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0);
    const closed = addresses.find(({ address }) => isPrivateAddress(address));
    if (closed || addresses.length === 0) {
      return callback(Object.assign(new Error('The name leads to a private network.'), { code: 'EPRIVATE' }), '', 0);
    }
    if (options.all) return callback(null, addresses);
    return callback(null, addresses[0]!.address, addresses[0]!.family);
  });
};

/**
 * The one way out to platforms: https to allowed hosts with public addresses only, with limits on time and size.
 * @param doubles address of a server under which platforms are imitated, `<doubles>/<host>/<path>`; when given,
 * everything goes there instead
 */
export function createHttpClient(doubles?: string): HttpClient {
  const agent = new Agent({
    connections: 32,
    pipelining: 1,
    keepAliveTimeout: 10_000,
    maxRedirections: 0,
    ...(doubles ? {} : { connect: { lookup: publicLookup } }),
  } as Agent.Options);
  const address = (url: string): string => (doubles ? throughDoubles(url, doubles) : url);
  return {
    address,
    async send(outgoing) {
      checkAddress(outgoing.url, outgoing.hosts);
      const answer = await reach(agent, address(outgoing.url.href), outgoing);
      const bytes = await readBody(answer.body, outgoing.maxBytes);
      return {
        status: answer.statusCode,
        headers: flatHeaders(answer.headers),
        bytes: await unpacked(bytes, outgoing),
      };
    },
    close: () => agent.destroy(),
  };
}

function throughDoubles(url: string, doubles: string): string {
  const { host, pathname, search } = new URL(url);
  return `${doubles.replace(/\/$/, '')}/${host}${pathname}${search}`;
}

/** Throws BAD_USER_INPUT unless the address is https on its usual port at an allowed host, without credentials. */
export function checkAddress(url: URL, hosts: readonly string[]): void {
  const plain = url.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '';
  if (plain && hosts.some((host) => new RegExp(`^(?:${host})$`).test(url.hostname))) return;
  throw new AppError('BAD_USER_INPUT', `Requests may not go to ${url.protocol}//${url.host}.`, { field: 'url' });
}

async function reach(agent: Agent, url: string, outgoing: HttpRequest): Promise<Dispatcher.ResponseData> {
  const { method, headers, body, timeoutMs, signal } = outgoing;
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    return await request(url, {
      dispatcher: agent,
      method,
      headers,
      body: body ?? null,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      signal: AbortSignal.any([signal, deadline]),
    });
  } catch (error) {
    signal.throwIfAborted();
    throw unreachable(outgoing.url.host, error, deadline.aborted);
  }
}

function unreachable(host: string, error: unknown, late: boolean): AppError {
  const code = (error as { code?: string }).code ?? '';
  const cause = (error as { cause?: { code?: string } }).cause?.code;
  if (code === 'EPRIVATE' || cause === 'EPRIVATE')
    return new AppError('BAD_USER_INPUT', `${host} leads to a private network.`, { field: 'url' });
  const what = late || code.includes('TIMEOUT') ? 'did not answer in time' : 'could not be reached';
  return new AppError('PLATFORM_UNAVAILABLE', `${host} ${what}.`, {}, { cause: error });
}

async function readBody(body: Dispatcher.ResponseData['body'], maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > maxBytes) break;
      chunks.push(chunk);
    }
  } catch (error) {
    throw new AppError('PLATFORM_UNAVAILABLE', 'The platform broke off its answer.', {}, { cause: error });
  }
  if (size > maxBytes) {
    body.destroy();
    throw new AppError('PLATFORM_UNAVAILABLE', `The platform's answer is longer than ${maxBytes} bytes.`);
  }
  return Buffer.concat(chunks);
}

function flatHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
  );
}

/** Documents come packed without saying so in a header. */
async function unpacked(bytes: Buffer, { maxBytes }: HttpRequest): Promise<Buffer> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return await unzip(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    throw new AppError(
      'PLATFORM_UNAVAILABLE',
      'The platform sent a broken or too long document.',
      {},
      { cause: error },
    );
  }
}
