import { z } from 'zod';
import type { Answer, Failure, FailureClass } from '../connector.ts';

const errorBody = z.object({
  error: z.object({
    message: z.string().default(''),
    code: z.number().default(0),
    error_subcode: z.number().optional(),
    is_transient: z.boolean().default(false),
    error_user_msg: z.string().optional(),
  }),
});

const throttles = new Set([4, 17, 32, 613, ...Array.from({ length: 7 }, (_, index) => 80_000 + index), 80_008]);
const usualWaitSeconds = 60;

/** Meta throttles with status 400 or 403, and refuses tokens with 400: only the code in the body tells. */
export function classifyMeta(answer: Answer): Failure | null {
  const parsed = errorBody.safeParse(answer.body);
  if (!parsed.success) return null;
  const { error } = parsed.data;
  const failureClass = classOf(error.code, error.error_subcode ?? 0, error.is_transient);
  if (!failureClass) return null;
  const message = `Meta: ${error.error_user_msg ?? error.message}`;
  if (failureClass !== 'rate_limit') return { class: failureClass, message };
  return { class: 'rate_limit', message, waitSeconds: Math.max(usualWaitSeconds, regainSeconds(answer)) };
}

const classes: ReadonlyMap<number, FailureClass> = new Map([
  [1, 'transient'],
  [2, 'transient'],
  [3, 'permission'],
  [10, 'permission'],
  [102, 'auth'],
  [104, 'auth'],
  [190, 'auth'],
  [2635, 'version_sunset'],
]);
const subclasses: ReadonlyMap<number, FailureClass> = new Map([
  [33, 'permission'],
  [99, 'transient'],
  [1_487_534, 'too_much_data'],
]);

function classOf(code: number, subcode: number, isTransient: boolean): FailureClass | null {
  if (throttles.has(code)) return 'rate_limit';
  if (code >= 200 && code <= 299) return 'permission';
  if (isTransient) return 'transient';
  return classes.get(code) ?? (code === 100 ? (subclasses.get(subcode) ?? 'bad_request') : null);
}

const business = z.record(z.string(), z.array(z.object({ estimated_time_to_regain_access: z.number().default(0) })));

/** Minutes until the business may ask again, in seconds. */
function regainSeconds({ headers }: Answer): number {
  const usage = business.safeParse(parseHeader(headers['x-business-use-case-usage']));
  if (!usage.success) return 0;
  return Math.max(
    0,
    ...Object.values(usage.data)
      .flat()
      .map((use) => use.estimated_time_to_regain_access * 60),
  );
}

/** Above this share of the allowance it is wiser to wait for some of it to come back. */
const nearLimitPercent = 95;

/** Holds back a minute once any of the usage headers is near its limit. */
export function holdBackMeta({ headers }: Answer): number | null {
  const names = ['x-app-usage', 'x-ad-account-usage', 'x-fb-ads-insights-throttle', 'x-business-use-case-usage'];
  const used = names.flatMap((name) => percentages(parseHeader(headers[name])));
  return used.some((percent) => percent >= nearLimitPercent) ? usualWaitSeconds : null;
}

const percentNames = new Set(['call_count', 'total_time', 'total_cputime', 'acc_id_util_pct', 'app_id_util_pct']);

function percentages(usage: unknown): number[] {
  if (typeof usage !== 'object' || usage === null) return [];
  return Object.entries(usage).flatMap(([name, value]) =>
    percentNames.has(name) && typeof value === 'number' ? [value] : percentages(value),
  );
}

function parseHeader(header: string | undefined): unknown {
  try {
    return JSON.parse(header ?? 'null');
  } catch {
    return null;
  }
}
