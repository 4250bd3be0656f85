import * as oauth from 'oauth4webapi';
import { publicUrl } from '@liftos/core/config.ts';
import type { Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { AppError, badInput } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import { findConnection } from '../connection/create-connection.ts';
import { draftOf, livePlatform, type LivePlatform } from '../connection/draft.ts';
import { platformHttp } from '../engine/platform-http.ts';
import type { AuthMethod, GrantMethod, OAuth1Method, OAuth2Method, Values } from '../platforms/auth-method.ts';
import type { StartAuthorizationInput } from '../schema.generated.ts';
import type { ConnectionTable, LiveSettings } from '../tables.ts';
import { newState, rememberLogin, type Login } from './oauth-state.ts';
import { requestToken } from './oauth1-legs.ts';
import { oauthAppOf } from './oauth-app.ts';

type LoginMethod = OAuth2Method | OAuth1Method | GrantMethod;

/** Where the browser is sent, and what has to be remembered until it comes back. */
interface Beginning {
  url: string;
  verifier: string | null;
  requestToken: Login['requestToken'];
}

/**
 * Begins a login at a platform, for a new connection or an existing one.
 * Throws BAD_USER_INPUT naming the field, NOT_FOUND, CONFLICT without an application, PLATFORM_UNAVAILABLE.
 */
export async function startAuthorization(
  context: Context,
  input: StartAuthorizationInput,
): Promise<{ url: string; expiresAt: Date }> {
  const existing = input.connectionId == null ? null : await findConnection(context, input.connectionId);
  const platform = existing?.platform ?? input.platform;
  if (!platform) throw badInput('input.platform', 'Name a platform or a connection.');
  const connector = await livePlatform(context, platform);
  const method = loginMethod(connector, input.method ?? undefined, existing);
  const draft = existing ? draftOfExisting(existing, method) : draftOf(context, connector, method, input);
  const state = newState();
  const redirectUri = callbackUrl(context);
  const begun = await begin(context, { connector, method, settings: draft.settings.values, state, redirectUri });
  const login: Login = { ...begun, draft, accounts: input.accounts ?? null, redirectUri };
  const expiresAt = await transaction(context, async (tx) => {
    const expires = await rememberLogin(tx, state, login, existing?.id ?? null);
    await emit(tx, {
      topic: 'connection.loginStarted',
      audit: true,
      ...(existing ? { subjectKind: 'connection', subjectId: existing.id } : {}),
      payload: { platform },
    });
    return expires;
  });
  return { url: platformHttp(context.runtime).address(begun.url), expiresAt };
}

/** Where platforms send the browser back to. */
export function callbackUrl({ runtime }: Context): string {
  return `${publicUrl(runtime.config).replace(/\/$/, '')}/oauth/callback`;
}

function loginMethod(
  { live }: LivePlatform,
  wanted: string | undefined,
  existing: ConnectionTable | null,
): LoginMethod {
  const logins = live.auth.filter((method) => isLogin(method));
  const usual = (existing?.settings as LiveSettings | undefined)?.method;
  const method = wanted ? logins.find(({ id }) => id === wanted) : (logins.find(({ id }) => id === usual) ?? logins[0]);
  if (!method) throw badInput('input.method', 'This platform has no such login.');
  return method;
}

function isLogin(method: AuthMethod): method is LoginMethod {
  return method.kind === 'oauth2' || method.kind === 'oauth1' || method.kind === 'grant';
}

function draftOfExisting(connection: ConnectionTable, { id }: LoginMethod): Login['draft'] {
  const { name, platform, mode, currency, time_zone, schedule } = connection;
  const settings = { ...(connection.settings as LiveSettings), method: id };
  return { name, platform, mode, currency, time_zone, schedule, settings };
}

interface Start {
  connector: LivePlatform;
  method: LoginMethod;
  settings: Values;
  state: string;
  redirectUri: string;
}

function begin(context: Context, start: Start): Promise<Beginning> {
  const { method } = start;
  if (method.kind === 'grant') return Promise.resolve(beginGrant(context, start, method));
  return method.kind === 'oauth1' ? beginOAuth1(context, start, method) : beginOAuth2(context, start, method);
}

async function beginOAuth2(context: Context, start: Start, method: OAuth2Method): Promise<Beginning> {
  const { clientId } = await registeredApp(context, start.connector);
  const url = new URL(method.authorizeUrl(start.settings));
  const names = method.names ?? {};
  url.searchParams.set('response_type', 'code');
  url.searchParams.set(names.clientId ?? 'client_id', clientId);
  url.searchParams.set('redirect_uri', start.redirectUri);
  url.searchParams.set('state', start.state);
  if (method.scopes.length > 0) url.searchParams.set(names.scope ?? 'scope', method.scopes.join(method.scopeSeparator));
  const verifier = method.pkce ? oauth.generateRandomCodeVerifier() : null;
  if (verifier !== null) {
    url.searchParams.set('code_challenge', await oauth.calculatePKCECodeChallenge(verifier));
    url.searchParams.set('code_challenge_method', 'S256');
  }
  for (const [name, value] of Object.entries(method.authorizeParameters ?? {})) url.searchParams.set(name, value);
  return { url: url.href, verifier, requestToken: null };
}

async function beginOAuth1(context: Context, start: Start, method: OAuth1Method): Promise<Beginning> {
  const app = await registeredApp(context, start.connector);
  const back = `${start.redirectUri}?state=${start.state}`;
  const token = await requestToken(context, start.connector, method, app, back);
  const url = new URL(method.authorizeUrl);
  url.searchParams.set('oauth_token', token.token);
  return { url: url.href, verifier: null, requestToken: token };
}

function beginGrant(
  context: Context,
  { connector, settings, state, redirectUri }: Start,
  method: GrantMethod,
): Beginning {
  const url = method.grantUrl(settings, {
    state,
    returnUrl: `${redirectUri}?state=${state}`,
    callbackUrl: `${publicUrl(context.runtime.config).replace(/\/$/, '')}/oauth/grant/${connector.id}`,
    appName: 'LiftOS',
  });
  return { url, verifier: null, requestToken: null };
}

async function registeredApp(context: Context, { id, name }: LivePlatform) {
  const app = await oauthAppOf(context, id);
  if (!app) throw new AppError('CONFLICT', `Register an application for ${name} first.`, { reason: 'oauth_app' });
  return app;
}
