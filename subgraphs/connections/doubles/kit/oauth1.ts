import { createHmac } from 'node:crypto';
import { html, redirect, text, type Answer } from './answer.pure.ts';
import type { Clock } from './clock.ts';
import { consentPage } from './consent-page.pure.ts';
import type { PlatformErrors, Route, Running } from './define-double.ts';
import type { DoubleRequest } from './request.ts';
import type { Grant, Refusal, Tokens } from './tokens.ts';

export interface OAuth1Options {
  consumerKey: string;
  consumerSecret: string;
  host: string;
  /** Paths of the three steps. */
  requestToken: string;
  authorize: string;
  accessToken: string;
  /** Tokens that are valid from the start; their secret is `oauth1Secret` of them. */
  userId: string;
  screenName: string;
}

interface Asked {
  callback: string;
  verifier: string | null;
  grant: Grant | null;
  expiresAt: number;
}

interface Memory {
  asked: Map<string, Asked>;
  nonces: Set<string>;
}

/** What is remembered for each started double; request tokens live for fifteen minutes. */
const memories = new WeakMap<Tokens, Memory>();
const requestTokenMs = 900_000;
/** How far the client's clock may be off. */
const skewSeconds = 300;

/** The secret that belongs to a token. */
export function oauth1Secret(options: OAuth1Options, token: string): string {
  return createHmac('sha256', options.consumerSecret).update(token).digest('base64url').slice(0, 42);
}

/** The three steps by which a user's token is obtained. */
export function oauth1Routes<State>(
  options: OAuth1Options,
  accounts: (double: Running<State>) => readonly { id: string; name: string }[],
): Route<State>[] {
  const place = { host: options.host, open: true };
  return [
    { ...place, method: 'POST', path: options.requestToken, handle: (r, d) => requestToken(options, r, d) },
    { ...place, method: 'GET', path: options.authorize, handle: (r, d) => page(r, d, accounts(d)) },
    { ...place, method: 'POST', path: options.authorize, handle: (r, d) => decide(r, d) },
    { ...place, method: 'POST', path: options.accessToken, handle: (r, d) => accessToken(options, r, d) },
  ];
}

/** Checks the signature of a request of the API; null when it is good. For `authenticate` of a double. */
export function oauth1Refusal<State>(
  options: OAuth1Options,
  request: DoubleRequest,
  double: Running<State>,
  errors: PlatformErrors,
): Answer | null {
  const fields = headerFields(request);
  const token = fields.get('oauth_token') ?? null;
  const grant = double.tokens.check(token);
  if (typeof grant === 'string') return errors.unauthorized(grant, request);
  const problem = signatureProblem(options, request, double, oauth1Secret(options, token!));
  if (problem) return errors.unauthorized(problem, request);
  request.grant = grant;
  return null;
}

/** The signature of a request by RFC 5849, HMAC-SHA1; parameters without `oauth_signature`. */
export function oauth1Signature(
  method: string,
  url: URL,
  parameters: readonly (readonly [string, string])[],
  secrets: { consumer: string; token: string },
): string {
  const pairs = parameters.map(([name, value]) => [encode(name), encode(value)] as const);
  pairs.sort(([a, x], [b, y]) => compare(a, b) || compare(x, y));
  const list = pairs.map(([name, value]) => `${name}=${value}`).join('&');
  const base = [method.toUpperCase(), encode(`${url.origin}${url.pathname}`), encode(list)].join('&');
  return createHmac('sha1', `${encode(secrets.consumer)}&${encode(secrets.token)}`)
    .update(base)
    .digest('base64');
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function requestToken<State>(options: OAuth1Options, request: DoubleRequest, double: Running<State>): Answer {
  const problem = signatureProblem(options, request, double, '');
  if (problem) return text('Could not authenticate you.', 401);
  const callback = headerFields(request).get('oauth_callback') ?? request.input().get('oauth_callback') ?? '';
  if (!URL.canParse(callback)) return text('oauth_callback is missing.', 400);
  const token = double.tokens.secret('request', 27);
  const expiresAt = double.clock.now() + requestTokenMs;
  memoryOf(double.tokens).asked.set(token, { callback, verifier: null, grant: null, expiresAt });
  return form({
    oauth_token: token,
    oauth_token_secret: oauth1Secret(options, token),
    oauth_callback_confirmed: 'true',
  });
}

function page<State>(
  request: DoubleRequest,
  double: Running<State>,
  accounts: readonly { id: string; name: string }[],
): Answer {
  const title = 'Connect LiftOS';
  if (!pending(request, double))
    return html(consentPage({ title, scopes: [], accounts, problem: 'The request token is not known.' }), 400);
  return html(consentPage({ title, scopes: ['Read advertising accounts'], accounts }));
}

function decide<State>(request: DoubleRequest, double: Running<State>): Answer {
  const asked = pending(request, double);
  if (!asked) return text('The request token is not known.', 400);
  const back = new URL(asked.callback);
  const token = request.query.get('oauth_token')!;
  const form = request.form();
  if (form.get('decision') !== 'allow') {
    back.searchParams.set('denied', token);
    return redirect(back.href);
  }
  const chosen = form.getAll('account');
  asked.grant = double.tokens.grant([], chosen.length > 0 ? chosen : null);
  asked.verifier = double.tokens.secret('verifier', 32);
  back.searchParams.set('oauth_token', token);
  back.searchParams.set('oauth_verifier', asked.verifier);
  return redirect(back.href);
}

function accessToken<State>(options: OAuth1Options, request: DoubleRequest, double: Running<State>): Answer {
  const fields = headerFields(request);
  const token = fields.get('oauth_token') ?? '';
  const { asked } = memoryOf(double.tokens);
  const found = asked.get(token);
  const verifier = fields.get('oauth_verifier') ?? request.input().get('oauth_verifier');
  const isGood = found?.grant && found.verifier === verifier && found.expiresAt > double.clock.now();
  if (!isGood || signatureProblem(options, request, double, oauth1Secret(options, token)))
    return text('Invalid request token.', 401);
  asked.delete(token);
  double.tokens.issued += 1;
  const value = `${options.userId}-${double.tokens.secret('access', 40)}`;
  double.tokens.add(value, found.grant!);
  return form({
    oauth_token: value,
    oauth_token_secret: oauth1Secret(options, value),
    user_id: options.userId,
    screen_name: options.screenName,
  });
}

function pending<State>(request: DoubleRequest, double: Running<State>): Asked | null {
  const asked = memoryOf(double.tokens).asked.get(request.query.get('oauth_token') ?? '');
  return asked && asked.expiresAt > double.clock.now() ? asked : null;
}

/** Why a signature is refused; null when it is good. Nonces are good once. */
function signatureProblem<State>(
  options: OAuth1Options,
  request: DoubleRequest,
  double: Running<State>,
  tokenSecret: string,
): Refusal | null {
  const fields = headerFields(request);
  const given = fields.get('oauth_signature');
  if (given === undefined) return 'missing';
  const age = ageOf(Number(fields.get('oauth_timestamp')), double.clock);
  const { nonces } = memoryOf(double.tokens);
  const nonce = `${fields.get('oauth_timestamp')}/${fields.get('oauth_nonce')}`;
  if (!(age <= skewSeconds) || nonces.has(nonce)) return 'expired';
  nonces.add(nonce);
  // Only forms are signed with their body; JSON is not.
  const isForm = request.header('content-type')?.startsWith('application/x-www-form-urlencoded') === true;
  const parameters = [
    ...[...fields].filter(([name]) => name !== 'oauth_signature' && name !== 'realm'),
    ...request.query,
    ...(isForm ? request.form() : []),
  ];
  const secrets = { consumer: options.consumerSecret, token: tokenSecret };
  const right = oauth1Signature(request.method, request.url, parameters, secrets);
  return fields.get('oauth_consumer_key') === options.consumerKey && given === right ? null : 'unknown';
}

/** Seconds between a time and now. While the clock of the double stands still, clients go by that of the machine. */
function ageOf(timestamp: number, clock: Clock): number {
  const age = Math.abs(clock.seconds() - timestamp);
  return clock.isFixed ? Math.min(age, Math.abs(Math.floor(Date.now() / 1000) - timestamp)) : age;
}

/** The fields of `Authorization: OAuth …`. */
function headerFields(request: DoubleRequest): Map<string, string> {
  const fields = (request.bearer('OAuth') ?? '').matchAll(/(\w+)="([^"]*)"/g);
  return new Map([...fields].map(([, name, value]) => [name!, decodeURIComponent(value!)]));
}

function memoryOf(tokens: Tokens): Memory {
  const memory = memories.get(tokens) ?? { asked: new Map(), nonces: new Set() };
  memories.set(tokens, memory);
  return memory;
}

function form(values: Record<string, string>): Answer {
  return text(new URLSearchParams(values).toString(), 200, { 'content-type': 'application/x-www-form-urlencoded' });
}

/** Percent encoding by RFC 3986. */
function encode(value: string): string {
  return encodeURIComponent(value).replaceAll(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
