import type { CounterValues } from './counters.ts';
import type { Totals } from './define-double.ts';
import type { CountedFault } from './faults.ts';
import type { HostedDouble } from './hosted-double.ts';

/** What can be done to a double; `platform` null or absent means all of them. */
export interface Command {
  platform?: string | null;
  action: string;
  /** The next n calls, 1 when absent; for `quota` and `pageRows` the limit, none when absent. */
  calls?: number;
  /** Part of the path that a call must have to be hit. Calls of OAuth are only hit when it is given. */
  path?: string;
  status?: number;
  /** What the throttled answer says where the platform says it. */
  waitSeconds?: number;
  account?: string;
  version?: string;
  limitDays?: number | null;
  campaign?: string;
  name?: string;
  /** IANA name. */
  zone?: string;
  days?: number;
  seconds?: number;
  now?: string;
  on?: boolean;
  ms?: number;
}

type Action = (double: HostedDouble, command: Command) => void;

const counted: readonly CountedFault[] = ['throttle', 'truncateJson', 'html', 'hang', 'fail'];

const actions: Record<string, Action> = {
  ...Object.fromEntries(counted.map((fault) => [fault, addCounted(fault)])),
  expireTokens: ({ environment }) => environment.tokens.expireAll(),
  revoke: ({ environment }) => environment.tokens.revokeAll(),
  addKey({ environment: { tokens } }, command) {
    tokens.add(needed(command, 'name'), tokens.grant([], command.account === undefined ? null : [command.account]));
  },
  changeSecret({ environment: { faults, tokens } }, command) {
    faults.clientSecret = needed(command, 'name');
    tokens.revokeAll();
  },
  forbidAccount: ({ environment }, command) =>
    toggle(environment.faults.forbidden, needed(command, 'account'), command.on),
  withdraw: ({ environment }, command) =>
    toggle(environment.faults.withdrawing, needed(command, 'account'), command.on),
  failStream: ({ environment }, command) => toggle(environment.faults.failing, needed(command, 'path'), command.on),
  versionOff: ({ environment }, command) =>
    toggle(environment.faults.versionsOff, needed(command, 'version'), command.on),
  tooMuchData({ environment }, { limitDays = null }) {
    environment.faults.limitDays = limitDays;
  },
  quota({ environment }, { calls }) {
    environment.faults.quota = calls ?? null;
  },
  pageRows({ environment }, { calls }) {
    environment.faults.pageRows = calls ?? null;
  },
  duplicateBoundary({ environment }, { on = true }) {
    environment.faults.duplicateBoundary = on;
  },
  latency({ environment }, { ms = 0 }) {
    environment.faults.latencyMs = ms;
  },
  rename({ environment }, command) {
    const name = command.name ?? `${needed(command, 'campaign')} (renamed)`;
    environment.faults.renamed.set(needed(command, 'campaign'), { name, at: environment.clock.now() });
  },
  advanceClock: ({ environment }, { days = 0, seconds = 0 }) => environment.clock.advance(days * 86_400 + seconds),
  setClock: ({ environment }, command) => environment.clock.set(needed(command, 'now')),
  moveAccounts: (double, command) => double.moveTo(needed(command, 'zone')),
  reset: (double) => double.reset(),
};

/** Carries out a command. Throws an Error that says what is wrong with it. */
export function control(doubles: readonly HostedDouble[], command: Command): void {
  const action = Object.hasOwn(actions, command.action) ? actions[command.action] : undefined;
  if (!action) throw new Error(`There is no action ${command.action}: ${Object.keys(actions).join(', ')}.`);
  const hit = command.platform == null ? doubles : doubles.filter(({ platform }) => platform === command.platform);
  if (hit.length === 0) throw new Error(`There is no double of ${command.platform}.`);
  for (const double of hit) action(double, command);
}

/** Answers `GET /__control/…`. Throws an Error that says what is wrong with the question. */
export function look(doubles: readonly HostedDouble[], path: string, query: URLSearchParams): unknown {
  if (path === 'counters') return Object.fromEntries(doubles.map((double) => [double.platform, countersOf(double)]));
  if (path === 'info')
    return doubles.map(({ platform, hosts, access, accounts, environment }) => ({
      platform,
      hosts,
      access,
      accounts: accounts(),
      now: new Date(environment.clock.now()).toISOString(),
    }));
  if (path !== 'totals') throw new Error(`There is nothing at ${path}: counters, info, totals.`);
  const double = doubles.find(({ platform }) => platform === query.get('platform'));
  if (!double) throw new Error(`There is no double of ${query.get('platform')}.`);
  return totalsOf(double, query.get('account'), query.get('from'), query.get('to'));
}

export function countersOf({ counters, environment }: HostedDouble): CounterValues {
  const calls = Object.fromEntries(counters.calls);
  return {
    calls,
    total: Object.values(calls).reduce((sum, count) => sum + count, 0),
    tokensIssued: environment.tokens.issued,
    tokenRefreshes: environment.tokens.refreshes,
    maxConcurrent: counters.maxConcurrent,
  };
}

export function totalsOf(double: HostedDouble, account: string | null, from: string | null, to: string | null): Totals {
  const day = /^\d{4}-\d{2}-\d{2}$/;
  if (!day.test(from ?? '') || !day.test(to ?? '')) throw new Error('from and to are days: YYYY-MM-DD.');
  return double.totals({ account, from: from!, to: to! });
}

function addCounted(fault: CountedFault): Action {
  return ({ environment }, { calls = 1, path = '', status = 500, waitSeconds = 60 }) =>
    environment.faults.add(fault, calls, { path, status, waitSeconds });
}

function toggle(set: Set<string>, value: string, on = true): void {
  if (on) set.add(value);
  else set.delete(value);
}

function needed(command: Command, name: 'account' | 'path' | 'version' | 'campaign' | 'now' | 'name' | 'zone'): string {
  const value = command[name];
  if (value === undefined) throw new Error(`The action ${command.action} needs ${name}.`);
  return value;
}
