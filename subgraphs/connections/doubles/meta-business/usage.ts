import type { Answer } from '../kit/answer.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { metaErrors } from './errors.pure.ts';
import type { MetaDouble } from './state.ts';

/** Points of the standard tier, and the seconds in which they come back. */
const standardPoints = 9000;
const windowSeconds = 300;

/** Counts a call: reads cost 1 point, writes 3. Refuses it when the points of the account are used up. */
export function spendPoints(request: DoubleRequest, double: MetaDouble): Answer | null {
  const now = double.clock.now();
  const key = request.params.account ?? 'app';
  const recent = recentCalls(double, key);
  if (recent.length >= limitOf(double)) return metaErrors.throttled(request, windowSeconds);
  for (let i = 0; i < (request.method === 'GET' ? 1 : 3); i += 1) recent.push(now);
  double.state.calls.set(key, recent);
  return null;
}

/** Puts the usage headers on an answer, in percent. */
export function withUsage(answer: Answer, request: DoubleRequest, double: MetaDouble): Answer {
  const { account } = request.params;
  const isThrottled = String(answer.body).includes('"code":17');
  const percent = (key: string): number =>
    isThrottled ? 100 : Math.min(100, Math.floor((100 * recentCalls(double, key).length) / limitOf(double)));
  const app = percent('app');
  const headers: Record<string, string> = {
    'x-app-usage': JSON.stringify({ call_count: app, total_time: app, total_cputime: app }),
    'facebook-api-version': `v${request.params.version ?? '26.0'}`,
  };
  if (account !== undefined) {
    const used = percent(account);
    const tier = 'standard_access';
    const wait = used >= 100 ? Math.ceil(windowSeconds / 60) : 0;
    const business = { type: 'ads_insights', call_count: used, total_cputime: used, total_time: used };
    headers['x-ad-account-usage'] = JSON.stringify({
      acc_id_util_pct: used,
      reset_time_duration: wait * 60,
      ads_api_access_tier: tier,
    });
    headers['x-business-use-case-usage'] = JSON.stringify({
      [account]: [{ ...business, estimated_time_to_regain_access: wait, ads_api_access_tier: tier }],
    });
    headers['x-fb-ads-insights-throttle'] = JSON.stringify({
      app_id_util_pct: app,
      acc_id_util_pct: used,
      ads_api_access_tier: tier,
    });
  }
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

function limitOf({ faults }: MetaDouble): number {
  return faults.quota ?? standardPoints;
}

function recentCalls({ state, clock }: MetaDouble, key: string): number[] {
  const since = clock.now() - windowSeconds * 1000;
  return (state.calls.get(key) ?? []).filter((instant) => instant > since);
}
