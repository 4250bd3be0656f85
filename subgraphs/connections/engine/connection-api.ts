import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '@liftos/core/context.ts';
import { AppError, isAppError } from '@liftos/core/errors.ts';
import { oauthAppOf } from '../oauth/oauth-app.ts';
import { credentialFor } from '../credentials/credential.service.ts';
import type { AuthMethod, Credential, OAuthApp, Values } from '../platforms/auth-method.ts';
import type { Answer, Api, ApiRequest, Connector, LiveConnector } from '../platforms/connector.ts';
import type { ConnectionTable, LiveSettings } from '../tables.ts';
import { bodyOf, buildRequest, requestLine, type BuiltRequest } from './build-request.pure.ts';
import { classify } from './classify.pure.ts';
import type { HttpAnswer } from './http-client.ts';
import { takeTurn } from './pace.ts';
import { PlatformFailure } from './platform-failure.ts';
import { platformHttp } from './platform-http.ts';
import { readBody } from './read-answer.pure.ts';
import { bytesWithoutSecrets, secretsOf, textWithoutSecrets } from './without-secrets.pure.ts';

/** Short pauses before a request is sent again that failed for a moment; longer ones are the job's business. */
const retryPausesMs = [300, 1500];
const usualMaxBytes = 64 * 1024 * 1024;

/** An answer with what is kept of it. */
export interface Exchange {
  answer: Answer;
  /** Without secrets. */
  bytes: Buffer;
  /** Without secrets. */
  line: string;
}

/** `Api` for the engine itself. */
export interface ConnectionApi extends Api {
  connector: LiveConnector;
  exchange(request: ApiRequest): Promise<Exchange>;
  /** Seconds to hold back, as the last answers tell; 0 when there is no need. */
  holdBackSeconds(): number;
}

export interface ApiOptions {
  /** Instead of the stored one, e.g. to try out what was typed in. */
  credential?: Credential;
  signal?: AbortSignal;
  /** False to let the caller see the first failure. */
  retry?: boolean;
}

/** Calls a platform as a connection. Throws BAD_USER_INPUT for platforms that are not read live. */
export async function apiFor(
  context: Context,
  connection: ConnectionTable,
  connector: Connector,
  options: ApiOptions = {},
): Promise<ConnectionApi> {
  const { live } = connector;
  if (!live) throw new AppError('BAD_USER_INPUT', `${connector.name} is not read live.`, { field: 'platform' });
  const settings = connection.settings as LiveSettings;
  const method = live.auth.find(({ id }) => id === settings.method);
  if (!method) throw new AppError('BAD_USER_INPUT', `${connector.name} has no such way in.`, { field: 'method' });
  const credential = options.credential ?? (await credentialFor(context, connection));
  const app = method.kind === 'key' ? undefined : await oauthAppOf(context, connection.platform);
  const caller = new Caller(context, connection, connector.name, live, method, credential, app, options);
  return {
    connector: live,
    version: live.version,
    settings: settings.values,
    get extra(): Values {
      return caller.extra;
    },
    now: context.now(),
    exchange: (request) => caller.exchange(request),
    call: async (request) => (await caller.exchange(request)).answer,
    holdBackSeconds: () => caller.holdBack,
  };
}

class Caller {
  holdBack = 0;
  readonly #context: Context;
  readonly #connection: ConnectionTable;
  readonly #name: string;
  readonly #live: LiveConnector;
  readonly #method: AuthMethod;
  readonly #app: OAuthApp | undefined;
  readonly #options: ApiOptions;
  readonly #signal: AbortSignal;
  #credential: Credential;

  constructor(
    context: Context,
    connection: ConnectionTable,
    name: string,
    live: LiveConnector,
    method: AuthMethod,
    credential: Credential,
    app: OAuthApp | undefined,
    options: ApiOptions,
  ) {
    this.#context = context;
    this.#connection = connection;
    this.#name = name;
    this.#live = live;
    this.#method = method;
    this.#credential = credential;
    this.#app = app;
    this.#options = options;
    this.#signal = options.signal ?? context.signal;
  }

  get extra(): Values {
    return this.#credential.extra;
  }

  /** Sends a request; renews a refused token once, and repeats what failed for a moment. Throws PlatformFailure. */
  async exchange(request: ApiRequest): Promise<Exchange> {
    let renewed = false;
    for (let attempt = 0; ;) {
      const outcome = await this.#attempt(request);
      if (!('failure' in outcome)) return outcome;
      const { failure } = outcome;
      if (failure.failure.class === 'auth' && !renewed && request.authenticate !== false) {
        renewed = true;
        if (await this.#renew()) continue;
      }
      const wait = retryPausesMs[attempt];
      if (failure.failure.class !== 'transient' || wait === undefined || this.#options.retry === false) throw failure;
      attempt += 1;
      await pause(wait * (0.75 + Math.random() / 2), undefined, { signal: this.#signal });
    }
  }

  /** Whether there is another token now. */
  async #renew(): Promise<boolean> {
    const refused = this.#credential.accessToken;
    if (this.#options.credential || refused === undefined) return false;
    this.#credential = await credentialFor(this.#context, this.#connection, { refused });
    return this.#credential.accessToken !== refused;
  }

  async #attempt(request: ApiRequest): Promise<Exchange | { failure: PlatformFailure }> {
    const { requestsPerSecond } = this.#live.limits;
    if (requestsPerSecond) await takeTurn(this.#connection.id, requestsPerSecond, this.#signal);
    const target = { version: this.#live.version, settings: this.#values, extra: this.extra };
    const built = buildRequest(this.#live, target, request);
    if (request.authenticate !== false) this.#method.apply(built, this.#credential, this.#app);
    let sent: HttpAnswer;
    try {
      sent = await this.#send(built);
    } catch (error) {
      if (!isAppError(error) || error.code !== 'PLATFORM_UNAVAILABLE') throw error;
      return { failure: new PlatformFailure({ class: 'transient', message: error.message }, { cause: error }) };
    }
    return this.#judge(request, built, sent);
  }

  get #values(): Values {
    return (this.#connection.settings as LiveSettings).values;
  }

  #send(built: BuiltRequest): Promise<HttpAnswer> {
    const { hosts, limits } = this.#live;
    return platformHttp(this.#context.runtime).send({
      method: built.method,
      url: built.url,
      headers: { 'user-agent': `LiftOS/${this.#context.runtime.version}`, ...built.headers },
      body: bodyOf(built),
      hosts,
      timeoutMs: limits.timeoutSeconds * 1000,
      maxBytes: limits.maxBodyBytes ?? usualMaxBytes,
      signal: this.#signal,
    });
  }

  #judge(request: ApiRequest, built: BuiltRequest, sent: HttpAnswer): Exchange | { failure: PlatformFailure } {
    const read = readBody(sent.bytes, request.as, sent.status);
    if (!read.ok) {
      return { failure: new PlatformFailure({ class: 'transient', message: `${this.#name} ${read.problem}.` }) };
    }
    const answer: Answer = { status: sent.status, headers: sent.headers, body: read.body };
    const failure = classify(answer, this.#live, this.#name);
    const secrets = this.#secrets();
    if (failure) {
      const message = textWithoutSecrets(failure.message, secrets);
      return { failure: new PlatformFailure({ ...failure, message }) };
    }
    this.holdBack = Math.max(0, this.#live.holdBack?.(answer) ?? 0);
    return { answer, bytes: bytesWithoutSecrets(sent.bytes, secrets), line: requestLine(built) };
  }

  #secrets(): string[] {
    const { kind, fields } = this.#method;
    const typed = fields.filter(({ secret }) => secret).map(({ name }) => name);
    // What a shop hands over was never a field.
    const secret = kind === 'grant' ? Object.keys(this.#credential.values) : typed;
    return secretsOf(this.#credential, secret, this.#app);
  }
}
