import type { Answer } from '../kit/answer.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { klaviyoErrors } from './answers.pure.ts';
import { accountOf, type KlaviyoDouble } from './state.ts';

/** Calls in a second and in a minute, by the end of a path. */
const limits: readonly (readonly [RegExp, number, number])[] = [
  [/accounts$/, 1, 15],
  [/(flows|metric-aggregates)$/, 3, 60],
  [/(metrics|campaigns)$/, 10, 150],
  [/(lists|segments|profiles)$/, 75, 750],
  [/events$/, 350, 3500],
  [/-reports$/, 1, 2],
];
const reportsPerDay = 225;
const dayMs = 86_400_000;

/**
 * Counts a call and refuses it beyond the platform's windows. Where the clock stands still, a window of a second would
 * never end: then only the reports of a day are counted, and a `quota`.
 */
export function countCall(request: DoubleRequest, double: KlaviyoDouble): Answer | null {
  const now = double.clock.now();
  const recent = callsOf(request, double);
  const { path, steady, burst } = limitOf(request, double);
  const within = (ms: number): number[] => recent.filter((instant) => instant > now - ms);
  if (path.endsWith('-reports') && within(dayMs).length >= reportsPerDay)
    return klaviyoErrors.throttled(request, Math.ceil((recent[0]! + dayMs - now) / 1000));
  const isOpen = double.clock.isFixed && double.faults.quota === null;
  if (!isOpen && within(60_000).length >= steady)
    return klaviyoErrors.throttled(request, Math.ceil((within(60_000)[0]! + 60_000 - now) / 1000));
  if (!double.clock.isFixed && within(1000).length >= burst) return klaviyoErrors.throttled(request, 1);
  recent.push(now);
  return null;
}

/** Good answers tell what is left; a refusal only when to come back. */
export function withLimits(answer: Answer, request: DoubleRequest, double: KlaviyoDouble): Answer {
  if (answer.status >= 400) return answer;
  const now = double.clock.now();
  const { steady } = limitOf(request, double);
  const used = callsOf(request, double).filter((instant) => instant > now - 60_000).length;
  const headers = {
    'ratelimit-limit': String(steady),
    'ratelimit-remaining': String(Math.max(0, steady - used)),
    'ratelimit-reset': '60',
  };
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

function limitOf({ url }: DoubleRequest, { faults }: KlaviyoDouble): { path: string; burst: number; steady: number } {
  const path = url.pathname.replace(/\/$/, '');
  const [, burst, steady] = limits.find(([pattern]) => pattern.test(path)) ?? [null, 10, 150];
  return { path, burst, steady: faults.quota ?? steady };
}

/** Instants of the calls of the last day, oldest first. */
function callsOf(request: DoubleRequest, double: KlaviyoDouble): number[] {
  const since = double.clock.now() - dayMs;
  const key = `${accountOf(request, double).id}${request.url.pathname.replace(/\/$/, '')}`;
  const calls = (double.state.calls.get(key) ?? []).filter((instant) => instant > since);
  double.state.calls.set(key, calls);
  return calls;
}
