import type { Context } from '@liftos/core/context.ts';
import { AppError, badInput } from '@liftos/core/errors.ts';
import { platformHttp } from '../engine/platform-http.ts';
import type { Credential, PostForm, Values } from '../platforms/auth-method.ts';
import type { LiveConnector } from '../platforms/connector.ts';

const mostBytes = 1024 * 1024;

/**
 * What was typed in as a credential: keys as they are, a token that is asked for once, or for OAuth one that was pasted.
 * Throws BAD_USER_INPUT, PLATFORM_AUTH or PLATFORM_UNAVAILABLE.
 */
export async function triedCredential(
  context: Context,
  live: LiveConnector,
  methodId: string,
  secrets: Values,
  signal: AbortSignal,
): Promise<Credential> {
  const method = live.auth.find(({ id }) => id === methodId)!;
  const missing = method.fields.find(({ name, optional }) => !optional && !secrets[name]);
  if (missing) throw badInput('input.secrets', `${missing.label} is missing.`);
  const credential: Credential = { values: secrets, extra: {} };
  if (method.kind === 'key') return credential;
  if (method.kind === 'mint') {
    const { accessToken } = await method.mint(credential, poster(context, live, signal), context.now());
    if (accessToken === '') throw new AppError('PLATFORM_AUTH', 'The answer to the request for a token has none.');
    return { ...credential, accessToken };
  }
  const accessToken = secrets['access_token'];
  if (!accessToken) throw badInput('input.secrets', 'Paste an access token as access_token to try this way in.');
  return { ...credential, values: {}, accessToken };
}

function poster(context: Context, { hosts, limits }: LiveConnector, signal: AbortSignal): PostForm {
  return async ({ url, body, headers = {} }) => {
    const sent = await platformHttp(context.runtime).send({
      method: 'POST',
      url: new URL(url),
      headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(body).toString(),
      hosts,
      timeoutMs: limits.timeoutSeconds * 1000,
      maxBytes: mostBytes,
      signal,
    });
    const answer = parsed(sent.bytes);
    if (sent.status < 400 && answer) return answer;
    throw new AppError('PLATFORM_AUTH', `The request for a token was answered with ${sent.status}.`);
  };
}

function parsed(bytes: Buffer): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
