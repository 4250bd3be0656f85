import type { Answer } from '../kit/answer.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { xErrors } from './errors.pure.ts';
import type { XDouble } from './state.ts';

const windowSeconds = 900;
/** Calls of a user in a quarter of an hour. */
const analyticsCalls = 250;
const coreCalls = 10_000;

/** Analytics are counted by user, everything else by account. */
function familyOf({ url, params }: DoubleRequest): { key: string; header: string; usual: number } {
  const isAnalytics = /\/stats\/accounts\/[^/]+$/.test(url.pathname);
  return isAnalytics
    ? { key: 'analytics', header: 'x-rate-limit', usual: analyticsCalls }
    : { key: `core/${params.account ?? ''}`, header: 'x-account-rate-limit', usual: coreCalls };
}

/** Counts a call, and refuses it when there are none left in this quarter of an hour. */
export function countCall(request: DoubleRequest, double: XDouble): Answer | null {
  const { key, usual } = familyOf(request);
  const window = windowOf(double, key);
  if (window.calls >= limitOf(double, key, usual)) return xErrors.throttled(request, windowSeconds);
  window.calls += 1;
  return null;
}

/** Tells in headers how many calls are left, and when there will be more. */
export function withRateLimit(answer: Answer, request: DoubleRequest, double: XDouble): Answer {
  const { key, header, usual } = familyOf(request);
  const window = windowOf(double, key);
  const limit = limitOf(double, key, usual);
  const isThrottled = answer.status === 429;
  const headers = {
    [`${header}-limit`]: String(limit),
    [`${header}-remaining`]: String(isThrottled ? 0 : Math.max(0, limit - window.calls)),
    [`${header}-reset`]: String(window.begin + windowSeconds),
    'x-current-api-version': '12',
  };
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

/** While the clock stands still no calls would ever come back, so only a lowered limit counts then. */
function limitOf({ faults, clock }: XDouble, key: string, usual: number): number {
  if (faults.quota !== null && key === 'analytics') return faults.quota;
  return clock.isFixed ? coreCalls : usual;
}

function windowOf({ state, clock }: XDouble, key: string): { begin: number; calls: number } {
  const begin = Math.floor(clock.seconds() / windowSeconds) * windowSeconds;
  const known = state.windows.get(key);
  const window = known?.begin === begin ? known : { begin, calls: 0 };
  state.windows.set(key, window);
  return window;
}
