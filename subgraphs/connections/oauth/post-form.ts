import type { Context } from '@liftos/core/context.ts';
import { AppError } from '@liftos/core/errors.ts';
import { platformHttp } from '../engine/platform-http.ts';
import type { PostForm, TokenRequest } from '../platforms/auth-method.ts';
import type { Connector, Failure } from '../platforms/connector.ts';

const mostBytes = 1024 * 1024;
const timeoutMs = 20_000;
const leaveAlone = new Set(['temporarily_unavailable', 'server_error', 'slow_down']);

/** Asks token end points of a platform, with its own rules on what an answer means. */
export function tokenPoster(context: Context, connector: Connector): PostForm {
  return async (request) => {
    const { status, headers, bytes } = await sendTokenRequest(context, connector, request);
    const body = parsed(bytes);
    const failure = connector.live!.classify({ status, headers, body });
    if (!body || isBusy(status, failure, body)) {
      throw new AppError('PLATFORM_UNAVAILABLE', `${connector.name} gives no tokens at the moment (${status}).`);
    }
    const reason = textOf(body['error']);
    if (status >= 400 || reason !== null) {
      const said = without(describe(body) ?? `status ${status}`, request.body);
      throw new AppError('PLATFORM_AUTH', `${connector.name} refuses a token: ${said}`, {
        reason: reason ?? 'refused',
      });
    }
    return body;
  };
}

/** Whether it may answer another way soon. */
function isBusy(status: number, failure: Failure | null, body: Record<string, unknown>): boolean {
  if (status >= 500 || status === 429 || status === 408) return true;
  const meant = failure?.class === 'transient' || failure?.class === 'rate_limit';
  return meant || leaveAlone.has(textOf(body['error']) ?? '');
}

/** Sends a request to a token end point as it is. Throws PLATFORM_UNAVAILABLE without an answer. */
export function sendTokenRequest(context: Context, connector: Connector, request: TokenRequest) {
  const { url, body, headers = {}, encoding = 'form', method = 'POST' } = request;
  const address = new URL(url);
  const fields = new URLSearchParams(body);
  if (method === 'GET') for (const [name, value] of fields) address.searchParams.set(name, value);
  const type = encoding === 'json' ? 'application/json' : 'application/x-www-form-urlencoded';
  return platformHttp(context.runtime).send({
    method,
    url: address,
    headers: {
      accept: 'application/json',
      'user-agent': `LiftOS/${context.runtime.version}`,
      ...(method === 'GET' ? {} : { 'content-type': type }),
      ...headers,
    },
    body: method === 'GET' ? undefined : encoding === 'json' ? JSON.stringify(body) : fields.toString(),
    hosts: hostsOf(connector, address),
    timeoutMs,
    maxBytes: mostBytes,
    // Not the caller's: a token that was given out must be stored even when the caller has gone.
    signal: new AbortController().signal,
  });
}

/** Platforms sign people in at other hosts than their API's; connectors of the organisation declare all of them. */
function hostsOf({ category, live }: Connector, { hostname }: URL): readonly string[] {
  return category === 'custom' ? live!.hosts : [...live!.hosts, hostname.replaceAll('.', '\\.')];
}

function parsed(bytes: Buffer): Record<string, unknown> | null {
  try {
    const body: unknown = JSON.parse(bytes.toString());
    return typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function describe(body: Record<string, unknown>): string | null {
  const { error } = body;
  const inner = typeof error === 'object' && error !== null ? textOf((error as { message?: unknown }).message) : null;
  return textOf(body['error_description']) ?? inner ?? textOf(error) ?? textOf(body['message']);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, 300) : null;
}

/** What a platform said, in case it repeats what it was sent. */
function without(said: string, body: TokenRequest['body']): string {
  let text = said;
  for (const value of Object.values(body)) if (value.length >= 8) text = text.replaceAll(value, '***');
  return text;
}
