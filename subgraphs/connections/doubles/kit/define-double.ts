import type { Answer } from './answer.pure.ts';
import type { Clock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { OAuthOptions } from './oauth-options.ts';
import type { DoubleRequest } from './request.ts';
import type { Refusal, Tokens } from './tokens.ts';

/** What every double is given when it is started. */
export interface Environment {
  seed: number;
  clock: Clock;
  faults: Faults;
  tokens: Tokens;
  /** How many advertisements stand where the generator makes one; for tests of size. */
  size: number;
}

/** A started double, as handlers see it. */
export interface Running<State> extends Environment {
  state: State;
}

export interface Route<State> {
  method: string;
  /** The first host of the double when absent. */
  host?: string;
  /** e.g. `/v{version}/act_{account}/insights`. */
  path: string;
  /** Needs no token. */
  open?: boolean;
  handle(request: DoubleRequest, double: Running<State>): Answer | Promise<Answer>;
}

/** How the platform says no. Every fault is answered through these. */
export interface PlatformErrors {
  unauthorized(reason: Refusal, request: DoubleRequest): Answer;
  throttled(request: DoubleRequest, waitSeconds: number): Answer;
  failed(status: number, request: DoubleRequest): Answer;
  notFound(request: DoubleRequest): Answer;
  forbidden(account: string, request: DoubleRequest): Answer;
  versionOff(version: string, request: DoubleRequest): Answer;
  tooMuchData?(request: DoubleRequest): Answer;
}

export interface TotalsQuery {
  /** Null for all accounts. */
  account: string | null;
  /** First and last day in the account's zone, inclusive. */
  from: string;
  to: string;
}

/** What a double knows to be true, without paging. Money in micros as text; what a platform has none of is absent. */
export interface Totals {
  spend?: string;
  impressions?: number;
  clicks?: number;
  conversions?: number;
  revenue?: string;
  orders?: number;
  items?: number;
  refunds?: string;
}

export interface DoubleDefinition<State> {
  platform: string;
  /** Real hosts, or patterns such as `{shop}.myshopify.com`. */
  hosts: readonly string[];
  /** What a user types to connect, by the label of the field; printed at the start. */
  access: Readonly<Record<string, string>>;
  oauth?: OAuthOptions;
  /** Keys that are valid from the start, for every account or for some. */
  keys?: readonly string[];
  accountKeys?(double: Running<State>): readonly { key: string; accounts: readonly string[] }[];
  state(environment: Environment): State;
  routes: readonly Route<State>[];
  /** Where the token is; `Authorization: Bearer` when absent. */
  token?(request: DoubleRequest): string | null;
  /** Takes the place of the check of the token, for signatures and the like. */
  authenticate?(request: DoubleRequest, double: Running<State>): Answer | null;
  errors: PlatformErrors;
  /** The API version a request names. */
  version?(request: DoubleRequest): string | null;
  /** The account whose data a request asks for; refused while it is forbidden. */
  account?(request: DoubleRequest): string | null;
  /** Days a request asks for; refused while there is too much data. */
  days?(request: DoubleRequest): number | null;
  /** Asked once the token is good, before the handler: quotas and other rules of the platform. */
  before?(request: DoubleRequest, double: Running<State>): Answer | null;
  /** The last word on every answer of the API, e.g. headers of usage. */
  finish?(answer: Answer, request: DoubleRequest, double: Running<State>): Answer;
  /** The choices of the consent page. */
  accounts(double: Running<State>): readonly { id: string; name: string }[];
  totals(query: TotalsQuery, double: Running<State>): Totals;
}

/** A double before it is started; its state is known to nobody else. */
export interface Double {
  platform: string;
  hosts: readonly string[];
  access: Readonly<Record<string, string>>;
  open(environment: Environment): OpenDouble;
}

/** A started double without the type of its state. */
export type OpenDouble = ReturnType<typeof open>;

/** Declares a double. */
export function defineDouble<State>(definition: DoubleDefinition<State>): Double {
  const { platform, hosts, access } = definition;
  return { platform, hosts, access, open: (environment) => open(definition, environment) };
}

/** A route with its state bound. */
export interface BoundRoute {
  method: string;
  host: string;
  path: string;
  open: boolean;
  handle(request: DoubleRequest): Answer | Promise<Answer>;
}

function open<State>(definition: DoubleDefinition<State>, environment: Environment) {
  const { keys = [], routes, hosts, oauth, errors, version, account, days } = definition;
  for (const key of keys) environment.tokens.add(key, environment.tokens.grant([], null));
  const double: Running<State> = { ...environment, state: definition.state(environment) };
  for (const { key, accounts } of definition.accountKeys?.(double) ?? [])
    environment.tokens.add(key, environment.tokens.grant([], accounts));
  return {
    environment,
    oauth,
    errors,
    version,
    account,
    days,
    token: definition.token ?? ((request: DoubleRequest) => request.bearer()),
    authenticate: definition.authenticate && ((request: DoubleRequest) => definition.authenticate!(request, double)),
    routes: routes.map(({ method, path, host = hosts[0]!, open = false, handle }): BoundRoute => ({
      method,
      path,
      host,
      open,
      handle: (request) => handle(request, double),
    })),
    before: (request: DoubleRequest) => definition.before?.(request, double) ?? null,
    finish: (answer: Answer, request: DoubleRequest) => definition.finish?.(answer, request, double) ?? answer,
    accounts: () => definition.accounts(double),
    totals: (query: TotalsQuery) => definition.totals(query, double),
    /** Back to the state of the start; the data are the same, tokens too. */
    reset() {
      environment.faults.reset();
      double.state = definition.state(environment);
    },
    /** Puts all accounts into another time zone. */
    moveTo(timeZone: string) {
      environment.faults.timeZone = timeZone;
      double.state = definition.state(environment);
    },
  };
}
