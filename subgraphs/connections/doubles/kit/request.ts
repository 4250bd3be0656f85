import type { IncomingHttpHeaders } from 'node:http';
import type { Grant } from './tokens.ts';

/** A request as the platform would have seen it: `url` is the real one, not that of the local server. */
export class DoubleRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  /** The body as it was sent; signatures are computed over it. */
  readonly raw: Buffer;
  /** What the patterns of host and path caught. */
  params: Record<string, string> = {};
  /** Who asks; set once the token was checked. */
  grant: Grant | null = null;

  constructor(method: string, url: URL, headers: IncomingHttpHeaders, raw: Buffer) {
    this.method = method;
    this.url = url;
    this.headers = headers;
    this.raw = raw;
  }

  get query(): URLSearchParams {
    return this.url.searchParams;
  }

  header(name: string): string | null {
    const value = this.headers[name.toLowerCase()];
    return (Array.isArray(value) ? value.join(', ') : value) ?? null;
  }

  form(): URLSearchParams {
    return new URLSearchParams(this.raw.toString('utf8'));
  }

  /** The body read as JSON; null when it is none. The caller names the shape it hopes for and checks it. */
  json<T = Record<string, unknown>>(): T | null {
    try {
      return JSON.parse(this.raw.toString('utf8')) as T;
    } catch {
      return null;
    }
  }

  /** Query and body together, for platforms that take parameters in either; the body may be a form or JSON. */
  input(): URLSearchParams {
    const all = new URLSearchParams(this.query);
    const body = this.header('content-type')?.includes('json') ? Object.entries(this.json() ?? {}) : this.form();
    for (const [name, value] of body) all.set(name, typeof value === 'string' ? value : JSON.stringify(value));
    return all;
  }

  /** The token behind `Authorization: <scheme> …`, or null. */
  bearer(scheme = 'Bearer'): string | null {
    const [given, ...rest] = (this.header('authorization') ?? '').split(' ');
    return given?.toLowerCase() === scheme.toLowerCase() && rest.length > 0 ? rest.join(' ').trim() : null;
  }

  /** User and password of `Authorization: Basic …`, or null. */
  basic(): { user: string; password: string } | null {
    const given = this.bearer('Basic');
    if (given === null) return null;
    const [user = '', ...rest] = Buffer.from(given, 'base64').toString('utf8').split(':');
    return { user, password: rest.join(':') };
  }
}
