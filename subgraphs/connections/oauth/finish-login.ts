import * as oauth from 'oauth4webapi';
import type { Context, Principal } from '@liftos/core/context.ts';
import { createContext, transaction } from '@liftos/core/create-context.ts';
import { AppError, isAppError, notFound } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import type { LoginPort } from '@liftos/core/ports/ports.ts';
import type { Runtime } from '@liftos/core/runtime.ts';
import { findConnection } from '../connection/create-connection.ts';
import { createLetIn, letInAgain } from '../connection/let-in.ts';
import { livePlatform, type LivePlatform } from '../connection/draft.ts';
import type { OAuthStateTable } from '../credentials/credential-tables.ts';
import type { AuthMethod, Credential, OAuth2Method, Values } from '../platforms/auth-method.ts';
import { connectorOf } from '../platforms/registry.ts';
import { credentialForVerifier } from './oauth1-legs.ts';
import { claimState, keepGrant, type Login } from './oauth-state.ts';
import { credentialForCode, neededApp } from './request-token.ts';

/** A login whose state was taken. */
interface Claim {
  context: Context;
  row: OAuthStateTable;
  login: Login;
  connector: LivePlatform;
  method: AuthMethod;
}

/** What `connections` offers to the gateway for logins. */
export function loginPort(runtime: Runtime): LoginPort {
  return {
    finish: (parameters, person) => finish(runtime, parameters, person),
    grant: (platform, body) => takeGrant(runtime, platform, body),
  };
}

async function finish(runtime: Runtime, parameters: Values, person: Principal): Promise<{ path: string }> {
  const claimed = await claimState(runtime, parameters['state'] ?? '', person);
  if (!('login' in claimed)) return { path: pathOfRefused(claimed.problem, claimed.row) };
  const { row, login } = claimed;
  const context = createContext({ runtime, principal: person });
  try {
    const claim = await openClaim(context, row, login);
    const credential = await credentialOf(claim, parameters);
    return { path: connected(await letIn(claim, credential)) };
  } catch (error) {
    if (!isAppError(error)) throw error;
    await tellFailure(context, row, error);
    return { path: failedPath(row, codeOf(error)) };
  }
}

async function openClaim(context: Context, row: OAuthStateTable, login: Login): Promise<Claim> {
  const connector = await livePlatform(context, row.platform);
  const method = connector.live.auth.find(({ id }) => id === row.method);
  if (!method) throw new AppError('PLATFORM_AUTH', 'This login is not offered any more.');
  return { context, row, login, connector, method };
}

const denied = { reason: 'denied' };

async function credentialOf(claim: Claim, parameters: Values): Promise<Credential> {
  const { context, connector, method, login } = claim;
  if (method.kind === 'grant') return grantedCredential(login);
  if (method.kind === 'oauth2') return codeCredential(claim, method, parameters);
  if (method.kind !== 'oauth1' || !login.requestToken) throw new AppError('PLATFORM_AUTH', 'This is no such login.');
  if (parameters['denied'] !== undefined) throw new AppError('PLATFORM_AUTH', 'The consent was denied.', denied);
  const { oauth_token: token, oauth_verifier: verifier } = parameters;
  if (token !== login.requestToken.token || !verifier)
    throw new AppError('PLATFORM_AUTH', 'The answer belongs to another login.', { reason: 'unknown_state' });
  const app = await neededApp(context, connector);
  return credentialForVerifier(context, connector, method, app, login.requestToken, verifier);
}

async function codeCredential(claim: Claim, method: OAuth2Method, parameters: Values): Promise<Credential> {
  const { context, connector, login } = claim;
  const { values } = login.draft.settings;
  const app = await neededApp(context, connector);
  checkAnswer(method, parameters, app.clientId, values);
  method.checkCallback?.(parameters, values, app);
  const call = { connector, method, settings: values };
  return credentialForCode(context, call, {
    callback: parameters,
    redirectUri: login.redirectUri,
    verifier: login.verifier,
  });
}

/** Errors of the platform, and an issuer that is not the platform's. */
function checkAnswer(method: OAuth2Method, parameters: Values, clientId: string, settings: Values): void {
  const standard = new URLSearchParams(parameters);
  const code = parameters[codeName(method)];
  if (code !== undefined) standard.set('code', code);
  const server: oauth.AuthorizationServer = { issuer: new URL(method.authorizeUrl(settings)).origin };
  try {
    oauth.validateAuthResponse(server, { client_id: clientId }, standard, parameters['state'] ?? '');
  } catch (cause) {
    if (cause instanceof oauth.AuthorizationResponseError) {
      const refused = cause.error === 'access_denied' || cause.error === 'user_cancelled_login';
      const message = refused ? 'The consent was denied.' : `The platform broke the login off (${cause.error}).`;
      throw new AppError('PLATFORM_AUTH', message.slice(0, 200), refused ? denied : {}, { cause });
    }
    const message = 'The answer does not come from the platform that was asked.';
    throw new AppError('PLATFORM_AUTH', message, { reason: 'foreign_answer' }, { cause });
  }
  if (!code) throw new AppError('PLATFORM_AUTH', 'The platform sent no code.');
}

/** The name under which the browser brings the code. */
function codeName({ names = {} }: OAuth2Method): string {
  return names.callbackCode ?? names.code ?? 'code';
}

async function letIn({ context, row, login, connector, method }: Claim, credential: Credential): Promise<string> {
  if (row.connection_id === null) return createLetIn(context, connector, login.draft, credential, login.accounts);
  const connection = await findConnection(context, row.connection_id);
  await letInAgain(context, connection, connector, method, credential);
  return connection.id;
}

/** The shop has handed its key over before it sends the browser back. */
function grantedCredential({ granted }: Login): Credential {
  if (!granted) throw new AppError('PLATFORM_AUTH', 'The shop did not give a key.', denied);
  return { values: granted, extra: {} };
}

/** A shop hands over a key; it is used when the browser of who began the login is back. */
async function takeGrant(runtime: Runtime, platform: string, body: Readonly<Record<string, unknown>>): Promise<void> {
  const method = connectorOf(platform)?.live?.auth.find(({ kind }) => kind === 'grant');
  if (method?.kind !== 'grant') throw notFound('platform');
  const { state, values } = method.readCallback(body);
  await keepGrant(runtime, platform, state, values);
}

function codeOf({ code, details }: AppError): string {
  if (typeof details['reason'] === 'string' && /^[a-z_]{1,40}$/.test(details['reason'])) return details['reason'];
  return code.toLowerCase();
}

function pathOfRefused(problem: string, row: OAuthStateTable | null): string {
  return row ? failedPath(row, problem) : `/connections?error=${problem}`;
}

function connected(id: string): string {
  return `/connections/${id}?connected=1`;
}

function failedPath(row: OAuthStateTable, code: string): string {
  const page = row.connection_id ?? `new/${encodeURIComponent(row.platform)}`;
  return `/connections/${page}?error=${encodeURIComponent(code)}`;
}

function tellFailure(context: Context, row: OAuthStateTable, error: AppError): Promise<void> {
  return transaction(context, (tx) =>
    emit(tx, {
      topic: 'connection.loginFailed',
      audit: true,
      ...(row.connection_id === null ? {} : { subjectKind: 'connection', subjectId: row.connection_id }),
      summary: `The login at ${row.platform} failed: ${error.message}`,
      payload: { platform: row.platform, code: codeOf(error) },
    }),
  );
}
