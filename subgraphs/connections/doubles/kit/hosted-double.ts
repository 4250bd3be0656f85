import { setTimeout as wait } from 'node:timers/promises';
import { html, type Answer } from './answer.pure.ts';
import { Clock } from './clock.ts';
import { Counters } from './counters.ts';
import type { BoundRoute, Double, Environment, OpenDouble, Totals, TotalsQuery } from './define-double.ts';
import { Faults } from './faults.ts';
import { oauthRoutes } from './oauth-server.ts';
import type { DoubleRequest } from './request.ts';
import { hostMatcher, pathMatcher } from './router.pure.ts';
import { Tokens } from './tokens.ts';

interface Served {
  methods: readonly string[];
  pattern: string;
  host: (host: string) => Record<string, string> | null;
  path: (path: string) => Record<string, string> | null;
  /** Its own token check and faults do not apply. */
  isOAuth: boolean;
  open: boolean;
  handle(request: DoubleRequest): Answer | Promise<Answer>;
}

/** An answer that never comes. */
export const silence = Symbol('silence');

/** A double on the server: routes, faults and counters around it. */
export class HostedDouble {
  readonly platform: string;
  readonly hosts: readonly string[];
  readonly access: Readonly<Record<string, string>>;
  readonly environment: Environment;
  readonly counters = new Counters();
  readonly #double: OpenDouble;
  readonly #served: readonly Served[];
  readonly #hosts: readonly ((host: string) => unknown)[];

  constructor(double: Double, { seed, now, size }: { seed: number; now: Date | string | undefined; size: number }) {
    const clock = new Clock(now);
    const tokens = new Tokens(clock, `${seed}/${double.platform}`);
    this.platform = double.platform;
    this.hosts = double.hosts;
    this.access = double.access;
    this.environment = { seed, clock, faults: new Faults(), tokens, size };
    this.#double = double.open(this.environment);
    this.#hosts = double.hosts.map(hostMatcher);
    this.#served = [...this.#oauth(), ...this.#double.routes.map(served)];
  }

  serves(host: string): boolean {
    return this.#hosts.some((matches) => matches(host) !== null);
  }

  accounts = (): readonly { id: string; name: string }[] => this.#double.accounts();

  totals(query: TotalsQuery): Totals {
    return this.#double.totals(query);
  }

  moveTo(timeZone: string): void {
    this.#double.moveTo(timeZone);
  }

  reset(): void {
    this.#double.reset();
    this.counters.reset();
  }

  /** Answers a request, or keeps silent. */
  async answer(request: DoubleRequest): Promise<Answer | typeof silence> {
    const route = this.#served.find((candidate) => matches(candidate, request));
    this.counters.begin(route?.pattern ?? 'unknown');
    try {
      const { latencyMs } = this.environment.faults;
      if (latencyMs > 0) await wait(latencyMs);
      return await this.#answer(route, request);
    } finally {
      this.counters.end();
    }
  }

  async #answer(route: Served | undefined, request: DoubleRequest): Promise<Answer | typeof silence> {
    const { errors } = this.#double;
    const fault = this.environment.faults.take(request.url.pathname, route?.isOAuth === true);
    switch (fault?.fault) {
      case 'hang':
        return silence;
      case 'html':
        return html('<!doctype html><title>Error</title><h1>Something went wrong</h1>', 502);
      case 'throttle':
        return this.#finish(errors.throttled(request, fault.waitSeconds), request);
      case 'fail':
        return this.#finish(errors.failed(fault.status, request), request);
      case 'truncateJson':
        return truncated(await this.#handled(route, request));
      default:
        return await this.#handled(route, request);
    }
  }

  async #handled(route: Served | undefined, request: DoubleRequest): Promise<Answer> {
    if (!route) return this.#finish(this.#double.errors.notFound(request), request);
    if (route.isOAuth) return await route.handle(request);
    return this.#finish(this.#refusal(route, request) ?? (await route.handle(request)), request);
  }

  /** What stands against the request before its handler is asked. */
  #refusal(route: Served, request: DoubleRequest): Answer | null {
    return (
      this.#broken(request) ??
      (route.open ? null : this.#unauthorized(request)) ??
      this.#notAllowed(request) ??
      this.#double.before(request)
    );
  }

  #broken(request: DoubleRequest): Answer | null {
    const { errors, version } = this.#double;
    const { failing, versionsOff } = this.environment.faults;
    if ([...failing].some((part) => request.url.pathname.includes(part))) return errors.failed(500, request);
    const named = version?.(request) ?? null;
    return named !== null && versionsOff.has(named) ? errors.versionOff(named, request) : null;
  }

  #notAllowed(request: DoubleRequest): Answer | null {
    const { errors, account, days } = this.#double;
    const { forbidden, limitDays } = this.environment.faults;
    const asked = account?.(request) ?? null;
    if (asked !== null && forbidden.has(asked)) return errors.forbidden(asked, request);
    const isTooMuch = limitDays !== null && (days?.(request) ?? 0) > limitDays;
    return isTooMuch ? (errors.tooMuchData?.(request) ?? null) : null;
  }

  #unauthorized(request: DoubleRequest): Answer | null {
    const { authenticate, token, errors } = this.#double;
    if (authenticate) return authenticate(request);
    const grant = this.environment.tokens.check(token(request));
    if (typeof grant === 'string') return errors.unauthorized(grant, request);
    request.grant = grant;
    return null;
  }

  #finish(answer: Answer, request: DoubleRequest): Answer {
    return this.#double.finish(answer, request);
  }

  #oauth(): Served[] {
    const { oauth } = this.#double;
    if (!oauth) return [];
    return oauthRoutes(this.#double, oauth, this.platform, this.hosts[0]!).map((route) => ({
      ...route,
      pattern: `${route.methods[0]} ${route.path}`,
      host: hostMatcher(route.host),
      path: pathMatcher(route.path),
      isOAuth: true,
      open: true,
    }));
  }
}

function served(route: BoundRoute): Served {
  return {
    methods: [route.method],
    pattern: `${route.method} ${route.path}`,
    host: hostMatcher(route.host),
    path: pathMatcher(route.path),
    isOAuth: false,
    open: route.open,
    handle: route.handle,
  };
}

function matches(route: Served, request: DoubleRequest): boolean {
  if (!route.methods.includes(request.method)) return false;
  const host = route.host(request.url.hostname);
  const path = host && route.path(request.url.pathname);
  if (!path) return false;
  request.params = { ...host, ...path };
  return true;
}

function truncated(answer: Answer): Answer {
  const body = Buffer.from(answer.body ?? '');
  return { ...answer, body: body.subarray(0, Math.floor(body.length / 2)) };
}
