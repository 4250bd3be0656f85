import { createHash } from 'node:crypto';
import { empty, html, json, redirect, type Answer } from './answer.pure.ts';
import { consentPage } from './consent-page.pure.ts';
import type { OpenDouble } from './define-double.ts';
import { oauthError, type OAuthOptions, type TokenAnswer } from './oauth-options.ts';
import type { DoubleRequest } from './request.ts';
import type { Grant } from './tokens.ts';

interface Code {
  grant: Grant;
  redirectUri: string;
  challenge: string | null;
  expiresAt: number;
  used: boolean;
  offline: boolean;
}

/** A handler of one of the endpoints of OAuth. */
export interface OAuthRoute {
  methods: readonly string[];
  host: string;
  path: string;
  handle(request: DoubleRequest): Answer;
}

/** The authorize page, the token endpoint and the revocation of a double. */
export function oauthRoutes(double: OpenDouble, options: OAuthOptions, platform: string, host: string): OAuthRoute[] {
  const server = new OAuthServer(double, options, platform);
  const routes: OAuthRoute[] = [
    {
      methods: options.tokenByGet ? ['GET', 'POST'] : ['POST'],
      host: options.token.host ?? host,
      path: options.token.path,
      handle: (request) => server.token(request),
    },
  ];
  if (options.authorize) {
    const place = { host: options.authorize.host ?? host, path: options.authorize.path };
    routes.push({ ...place, methods: ['GET'], handle: (request) => server.ask(request) });
    routes.push({ ...place, methods: ['POST'], handle: (request) => server.decide(request) });
  }
  if (options.revoke) {
    const place = { host: options.revoke.host ?? host, path: options.revoke.path };
    routes.push({ ...place, methods: ['POST'], handle: (request) => server.revoke(request) });
  }
  return routes;
}

class OAuthServer {
  readonly #double: OpenDouble;
  readonly #options: OAuthOptions;
  readonly #platform: string;
  readonly #codes = new Map<string, Code>();
  /** New refresh tokens whose predecessor lives until they are used. */
  readonly #predecessors = new Map<string, string>();

  constructor(double: OpenDouble, options: OAuthOptions, platform: string) {
    this.#double = double;
    this.#options = options;
    this.#platform = platform;
  }

  /** The page. What is wrong with the request is said on it, as there is nowhere safe to send the browser. */
  ask(request: DoubleRequest): Answer {
    const problem = this.#problem(request.query);
    const title = `Connect LiftOS to ${this.#platform.replaceAll('_', ' ')}`;
    const scopes = this.#scopes(request.query);
    const page = consentPage({ title, scopes, accounts: this.#double.accounts(), ...(problem ? { problem } : {}) });
    return html(page, problem ? 400 : 200);
  }

  /** The answer of the user. */
  decide(request: DoubleRequest): Answer {
    const { query } = request;
    const problem = this.#problem(query);
    if (problem) return html(consentPage({ title: 'Not possible', scopes: [], accounts: [], problem }), 400);
    const back = new URL(query.get('redirect_uri')!);
    const state = query.get('state');
    if (state !== null) back.searchParams.set('state', state);
    const form = request.form();
    if (form.get('decision') !== 'allow') {
      back.searchParams.set('error', 'access_denied');
      back.searchParams.set('error_description', 'The user denied the request.');
      return redirect(back.href);
    }
    const { code, grant } = this.#newCode(query, form.getAll('account'));
    back.searchParams.set(this.#options.names?.code ?? 'code', code);
    const extra = this.#options.callback?.({ request, grant, code, parameters: back.searchParams }) ?? {};
    for (const [name, value] of Object.entries(extra)) back.searchParams.set(name, value);
    return redirect(back.href);
  }

  token(request: DoubleRequest): Answer {
    const { grants = ['authorization_code', 'refresh_token'] } = this.#options;
    const input = request.input();
    const type = input.get('grant_type') ?? 'authorization_code';
    if (!this.#isClient(request, input)) return this.#fail('invalid_client', 'Unknown client or bad secret.', request);
    const other = this.#otherGrant(type, input, request);
    if (other) return other;
    if (!(grants as readonly string[]).includes(type))
      return this.#fail('unsupported_grant_type', `The grant type ${type} is not served.`, request);
    if (type === 'authorization_code') return this.#fromCode(request, input);
    if (type === 'refresh_token') return this.#fromRefresh(request, input);
    const scopes = (input.get('scope') ?? '').split(this.#separator).filter(Boolean);
    return this.#issue(this.#double.environment.tokens.grant(scopes, null), request, null);
  }

  revoke(request: DoubleRequest): Answer {
    const { tokens } = this.#double.environment;
    const value = request.input().get('token') ?? '';
    for (const kind of ['access', 'refresh'] as const) {
      const grant = tokens.check(value, kind);
      if (typeof grant === 'object') tokens.revokeGrant(grant);
    }
    return empty(200);
  }

  get #clientSecret(): string {
    return this.#double.environment.faults.clientSecret ?? this.#options.clientSecret;
  }

  get #separator(): string {
    return this.#options.scopeSeparator ?? ' ';
  }

  #scopes(query: URLSearchParams): string[] {
    return (query.get('scope') ?? '').split(this.#separator).filter(Boolean);
  }

  #problem(query: URLSearchParams): string | null {
    const { clientId, pkce = 'none', scopes, names } = this.#options;
    if (query.get(names?.clientId ?? 'client_id') !== clientId) return 'The app id is not known here.';
    if (!isWebAddress(query.get('redirect_uri'))) return 'The redirect address is missing or no address.';
    const unknown = scopes && this.#scopes(query).find((scope) => !scopes.includes(scope));
    if (unknown !== undefined) return `There is no scope ${unknown}.`;
    if (pkce !== 'required') return null;
    if (query.get('code_challenge') === null) return 'This platform demands PKCE: code_challenge is missing.';
    return query.get('code_challenge_method') === 'S256' ? null : 'code_challenge_method must be S256.';
  }

  #newCode(query: URLSearchParams, chosen: string[]): { code: string; grant: Grant } {
    const { tokens, clock } = this.#double.environment;
    const { codeSeconds = 300, offline, pkce = 'none' } = this.#options;
    const grant = tokens.grant(this.#scopes(query), chosen.length > 0 ? chosen : null);
    const code = tokens.secret('code', 40);
    this.#codes.set(code, {
      grant,
      redirectUri: query.get('redirect_uri')!,
      challenge: pkce === 'none' ? null : query.get('code_challenge'),
      expiresAt: clock.now() + codeSeconds * 1000,
      used: false,
      offline: !offline || query.get(offline.name) === offline.value,
    });
    return { code, grant };
  }

  #isClient(request: DoubleRequest, input: URLSearchParams): boolean {
    const { clientId, clientAuth = 'body', names } = this.#options;
    const clientSecret = this.#clientSecret;
    const basic = request.basic();
    const byBasic = basic?.user === clientId && basic.password === clientSecret;
    const byBody =
      input.get(names?.clientId ?? 'client_id') === clientId &&
      input.get(names?.clientSecret ?? 'client_secret') === clientSecret;
    if (clientAuth === 'either') return byBasic || byBody;
    return clientAuth === 'basic' ? byBasic : byBody;
  }

  #otherGrant(type: string, input: URLSearchParams, request: DoubleRequest): Answer | null {
    const { tokens } = this.#double.environment;
    return (
      this.#options.otherGrant?.(type, input, {
        request,
        check: (token) => tokens.check(token),
        issue: (grant, seconds) => this.#newAccess(grant, seconds),
        fail: (code, description) => this.#fail(code, description, request),
      }) ?? null
    );
  }

  #fromCode(request: DoubleRequest, input: URLSearchParams): Answer {
    const { tokens } = this.#double.environment;
    const code = this.#codes.get(input.get(this.#options.names?.code ?? 'code') ?? input.get('code') ?? '');
    if (!code) return this.#fail('invalid_grant', 'The code is not known.', request);
    if (code.used) {
      // A code that comes twice was stolen: everything it brought ends.
      tokens.revokeGrant(code.grant);
      return this.#fail('invalid_grant', 'The code was used already.', request);
    }
    const problem = this.#codeProblem(code, input);
    if (problem) return this.#fail('invalid_grant', problem, request);
    code.used = true;
    const refresh = this.#options.rotation !== 'none' && code.offline ? this.#newRefresh(code.grant) : null;
    return this.#issue(code.grant, request, refresh);
  }

  #codeProblem(code: Code, input: URLSearchParams): string | null {
    if (code.expiresAt <= this.#double.environment.clock.now()) return 'The code has expired.';
    const redirectUri = input.get('redirect_uri');
    const mayMiss = redirectUri === null && this.#options.redirectUriOptional === true;
    if (!mayMiss && redirectUri !== code.redirectUri) return 'redirect_uri differs from that of the authorize request.';
    const isProven = code.challenge === null || challengeOf(input.get('code_verifier')) === code.challenge;
    return isProven ? null : 'code_verifier does not fit code_challenge.';
  }

  #fromRefresh(request: DoubleRequest, input: URLSearchParams): Answer {
    const { tokens } = this.#double.environment;
    const { rotation, refreshNotRolling, refreshLivesOn } = this.#options;
    const given = input.get('refresh_token');
    const grant = tokens.check(given, 'refresh');
    if (typeof grant === 'string') return this.#fail('invalid_grant', `The refresh token is ${grant}.`, request);
    tokens.refreshes += 1;
    const predecessor = this.#predecessors.get(given!);
    if (predecessor !== undefined) tokens.drop(predecessor);
    if (rotation === 'kept') {
      if (refreshLivesOn) tokens.add(given!, grant, 'refresh', this.#options.refreshSeconds ?? null);
      return this.#issue(grant, request, null, given);
    }
    const left = refreshNotRolling ? tokens.secondsLeft(given!) : undefined;
    const next = this.#newRefresh(grant, left);
    if (rotation === 'gentle') this.#predecessors.set(next, given!);
    else tokens.drop(given!);
    return this.#issue(grant, request, next);
  }

  #newAccess(grant: Grant, seconds: number | null): string {
    const { tokens } = this.#double.environment;
    tokens.issued += 1;
    const { accessToken = (secret: string) => secret } = this.#options;
    return tokens.add(accessToken(tokens.secret('access', 64)), grant, 'access', seconds);
  }

  #newRefresh(grant: Grant, seconds?: number | null): string {
    const { tokens } = this.#double.environment;
    const { refreshToken = (secret: string) => secret, refreshSeconds = null } = this.#options;
    const life = seconds === undefined ? refreshSeconds : seconds;
    return tokens.add(refreshToken(tokens.secret('refresh', 64)), grant, 'refresh', life);
  }

  #issue(grant: Grant, request: DoubleRequest, refresh: string | null, kept = refresh): Answer {
    const { accessSeconds, hidesExpiry, answer } = this.#options;
    const { tokens, clock } = this.#double.environment;
    const refreshLeft = kept === null ? null : tokens.secondsLeft(kept);
    const standard: TokenAnswer = {
      access_token: this.#newAccess(grant, accessSeconds),
      token_type: 'bearer',
      ...(accessSeconds === null || hidesExpiry ? {} : { expires_in: accessSeconds }),
      ...(refresh === null ? {} : { refresh_token: refresh }),
      ...(refreshLeft === null ? {} : { refresh_token_expires_in: refreshLeft }),
      scope: grant.scopes.join(this.#separator),
    };
    return json(answer ? answer(standard, { request, grant, now: clock.now() }) : standard);
  }

  #fail(code: string, description: string, request: DoubleRequest): Answer {
    return (this.#options.error ?? oauthError)(code, description, request);
  }
}

function isWebAddress(value: string | null): boolean {
  return value !== null && /^https?:/i.test(value) && URL.canParse(value);
}

function challengeOf(verifier: string | null): string | null {
  if (verifier === null || verifier.length < 43 || verifier.length > 128) return null;
  return createHash('sha256').update(verifier).digest('base64url');
}
