import type { Context } from '@liftos/core/context.ts';
import { AppError } from '@liftos/core/errors.ts';
import type { Credential, MintMethod, OAuth2Method, OAuthApp, TokenRequest, Values } from '../platforms/auth-method.ts';
import type { Connector } from '../platforms/connector.ts';
import { oauthAppOf } from './oauth-app.ts';
import { tokenPoster } from './post-form.ts';
import { readTokenAnswer, withAnswer } from './token-answer.pure.ts';

/** A connector, a way in, and what it is asked with. */
export interface TokenCall<M> {
  connector: Connector;
  method: M;
  settings: Values;
}

/** The application for a platform. Throws PLATFORM_AUTH when there is none. */
export async function neededApp(context: Context, { id, name }: Connector): Promise<OAuthApp> {
  const app = await oauthAppOf(context, id);
  if (!app) throw new AppError('PLATFORM_AUTH', `Register an application for ${name} first: its id and secret.`);
  return app;
}

/**
 * A new token in place of one that ends. Throws PLATFORM_AUTH when the platform refuses, PLATFORM_UNAVAILABLE when it
 * gives none at the moment.
 */
export async function renewedCredential(
  context: Context,
  call: TokenCall<OAuth2Method | MintMethod>,
  credential: Credential,
): Promise<Credential> {
  const { connector, method, settings } = call;
  if (method.kind === 'mint') {
    const answer = await method.mint(credential, tokenPoster(context, connector), context.now(), settings);
    if (!answer.accessToken) throw new AppError('PLATFORM_AUTH', `${connector.name} gave no token.`);
    return withAnswer(method, credential, answer, context.now());
  }
  return exchange({ ...call, method, settings }, context, renewalFields(connector, method, credential), credential);
}

function renewalFields({ name }: Connector, method: OAuth2Method, credential: Credential): Values {
  if (method.renewal === 'exchange') return method.exchange?.(credential) ?? {};
  if (credential.refreshToken) return { grant_type: 'refresh_token', refresh_token: credential.refreshToken };
  throw new AppError('PLATFORM_AUTH', `${name} gave no refresh token; log in again.`);
}

/** What a finished login came back with. */
export interface GivenCode {
  callback: Values;
  redirectUri: string;
  verifier: string | null;
}

/** The credential for a code; where tokens are exchanged, the first one is at once. Throws as `renewedCredential`. */
export async function credentialForCode(
  context: Context,
  call: TokenCall<OAuth2Method>,
  given: GivenCode,
): Promise<Credential> {
  const { method } = call;
  const name = method.names?.code ?? 'code';
  const fields = {
    grant_type: 'authorization_code',
    [name]: given.callback[method.names?.callbackCode ?? name] ?? given.callback['code'] ?? '',
    redirect_uri: given.redirectUri,
    ...(given.verifier === null ? {} : { code_verifier: given.verifier }),
    ...method.tokenParameters,
  };
  const first = await exchange(call, context, fields, { values: {}, extra: {} }, given.callback);
  return method.renewal === 'exchange' ? renewedCredential(context, call, first) : first;
}

async function exchange(
  { connector, method, settings }: TokenCall<OAuth2Method>,
  context: Context,
  fields: Values,
  before: Credential,
  callback: Values = {},
): Promise<Credential> {
  const app = await neededApp(context, connector);
  const url = method.tokenUrl(settings, callback, before.extra);
  const answer = await tokenPoster(context, connector)(asClient(method, app, url, fields));
  return withAnswer(method, before, readTokenAnswer(method, answer, callback), context.now());
}

function asClient(method: OAuth2Method, app: OAuthApp, url: string, fields: Values): TokenRequest {
  const encoding = method.tokenEncoding ?? 'form';
  if (method.clientAuth === 'basic') {
    const pair = `${formEncoded(app.clientId)}:${formEncoded(app.clientSecret)}`;
    const headers = { authorization: `Basic ${Buffer.from(pair).toString('base64')}` };
    return { url, body: fields, headers, encoding };
  }
  const { clientId = 'client_id', clientSecret = 'client_secret' } = method.names ?? {};
  return { url, body: { [clientId]: app.clientId, [clientSecret]: app.clientSecret, ...fields }, encoding };
}

/** As RFC 6749 wants the two halves of a Basic header. */
function formEncoded(text: string): string {
  return new URLSearchParams({ a: text }).toString().slice(2);
}
