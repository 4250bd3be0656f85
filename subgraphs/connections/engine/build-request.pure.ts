import type { Outgoing } from '../platforms/auth-method.ts';
import type { ApiRequest, LiveConnector, Target } from '../platforms/connector.ts';

/** A request as it goes out, still without what lets it in. */
export interface BuiltRequest extends Outgoing {
  /** JSON; forms are written when the request is let in, as signatures may add to them. */
  json?: string;
}

/** Puts a request of a connector together with its base address and headers. */
export function buildRequest(connector: LiveConnector, target: Target, request: ApiRequest): BuiltRequest {
  const own = request.authenticate === false ? {} : connector.headers?.(target);
  const headers = lowerCase({ accept: 'application/json', ...own, ...request.headers });
  const built: BuiltRequest = { method: request.method ?? 'GET', url: addressOf(connector, target, request), headers };
  if (request.body !== undefined) {
    headers['content-type'] ??= 'application/json';
    built.json = JSON.stringify(request.body);
  } else if (request.form) {
    headers['content-type'] = 'application/x-www-form-urlencoded';
    built.form = { ...request.form };
  }
  return built;
}

function addressOf(connector: LiveConnector, target: Target, { url, query }: ApiRequest): URL {
  const address = new URL(/^https?:\/\//.test(url) ? url : `${connector.base(target)}${url}`);
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) address.searchParams.set(name, String(value));
  }
  return address;
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** What goes over the wire. */
export function bodyOf({ json, form }: BuiltRequest): string | undefined {
  return json ?? (form ? new URLSearchParams(form).toString() : undefined);
}

const secretNames = /token|secret|key|signature|^sig$|credential|password|proof|hmac|code|auth/i;

/** A request as it may be kept and shown: method and address, values that may be secret left out. */
export function requestLine({ method, url }: Pick<Outgoing, 'method' | 'url'>): string {
  const shown = new URL(url.href);
  for (const name of new Set(shown.searchParams.keys())) {
    if (secretNames.test(name)) shown.searchParams.set(name, '***');
  }
  return `${method} ${shown.origin}${shown.pathname}${decodeURIComponent(shown.search).slice(0, 2000)}`;
}
