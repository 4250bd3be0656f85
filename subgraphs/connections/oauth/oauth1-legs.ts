import { randomBytes } from 'node:crypto';
import type { Context } from '@liftos/core/context.ts';
import { AppError } from '@liftos/core/errors.ts';
import type { Credential, OAuth1Method, OAuthApp, Values } from '../platforms/auth-method.ts';
import type { Connector } from '../platforms/connector.ts';
import { oauth1Header } from './oauth1.pure.ts';
import { sendTokenRequest } from './post-form.ts';

interface Token {
  token: string;
  secret: string;
}

/** The first leg: a token to send the browser with. Throws PLATFORM_AUTH or PLATFORM_UNAVAILABLE. */
export async function requestToken(
  context: Context,
  connector: Connector,
  method: OAuth1Method,
  app: OAuthApp,
  callbackUrl: string,
): Promise<Token> {
  const answer = await ask(context, connector, method.requestTokenUrl, app, null, { oauth_callback: callbackUrl });
  return tokenIn(answer, connector);
}

/** The third leg: the credential for what the browser came back with. Throws as `requestToken`. */
export async function credentialForVerifier(
  context: Context,
  connector: Connector,
  method: OAuth1Method,
  app: OAuthApp,
  asked: Token,
  verifier: string,
): Promise<Credential> {
  const answer = await ask(context, connector, method.accessTokenUrl, app, asked, { oauth_verifier: verifier });
  const { token, secret } = tokenIn(answer, connector);
  return { values: { token, tokenSecret: secret }, accessToken: token, extra: { tokenSecret: secret } };
}

async function ask(
  context: Context,
  connector: Connector,
  url: string,
  app: OAuthApp,
  token: Token | null,
  more: Values,
): Promise<URLSearchParams> {
  const signer = {
    consumerKey: app.clientId,
    consumerSecret: app.clientSecret,
    ...(token ? { token: token.token, tokenSecret: token.secret } : {}),
    nonce: randomBytes(16).toString('hex'),
    timestamp: Math.floor(context.now().getTime() / 1000),
  };
  const authorization = oauth1Header({ method: 'POST', url: new URL(url) }, signer, more);
  const { status, bytes } = await sendTokenRequest(context, connector, { url, body: {}, headers: { authorization } });
  if (status >= 500 || status === 429)
    throw new AppError('PLATFORM_UNAVAILABLE', `${connector.name} gives no tokens at the moment (${status}).`);
  if (status >= 300) throw new AppError('PLATFORM_AUTH', `${connector.name} refuses the login (${status}).`);
  return new URLSearchParams(bytes.toString());
}

function tokenIn(answer: URLSearchParams, { name }: Connector): Token {
  const token = answer.get('oauth_token');
  const secret = answer.get('oauth_token_secret');
  if (!token || !secret) throw new AppError('PLATFORM_AUTH', `${name} gave no token.`);
  return { token, secret };
}
