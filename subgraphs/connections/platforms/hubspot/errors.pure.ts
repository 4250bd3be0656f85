import { z } from 'zod';
import type { Answer, Failure } from '../connector.ts';

const errorBody = z.looseObject({
  message: z.string().default(''),
  category: z.string().optional(),
  policyName: z.string().optional(),
  errors: z
    .array(
      z.looseObject({ context: z.looseObject({ requiredGranularScopes: z.array(z.string()).optional() }).optional() }),
    )
    .optional(),
});

/** Seconds to wait by the limit that was reached. That of a day ends at midnight in the portal: ask again each hour. */
const waits: Readonly<Record<string, number>> = { SECONDLY: 1, TEN_SECONDLY_ROLLING: 10, DAILY: 3600 };

/** HubSpot says in the body which limit was reached and which scopes are missing. */
export function classifyHubspot(answer: Answer): Failure | null {
  if (answer.status < 400) return null;
  const parsed = errorBody.safeParse(answer.body);
  if (!parsed.success) return null;
  const { message, category, policyName, errors = [] } = parsed.data;
  const said = `HubSpot: ${message}`;
  if (answer.status === 429) return { class: 'rate_limit', message: said, waitSeconds: waits[policyName ?? ''] ?? 10 };
  if (category === 'MISSING_SCOPES') {
    const scopes = errors.flatMap(({ context }) => context?.requiredGranularScopes ?? []);
    const needed = scopes.length > 0 ? ` Needed: ${scopes.join(', ')}.` : '';
    return { class: 'permission', message: `HubSpot does not let this connection read it.${needed}` };
  }
  if (answer.status === 400 && /10,?000/.test(message)) return { class: 'too_much_data', message: said };
  return null;
}

/** Below this share of what a day allows, the rest is left to others. */
const leastDailyShare = 0.05;

/** Waits a window when hardly anything is left in it, and an hour near the limit of the day. */
export function holdBackHubspot({ headers }: Answer): number | null {
  const left = (name: string): number => Number(headers[`x-hubspot-ratelimit-${name}`] ?? Number.NaN);
  if (left('daily-remaining') < leastDailyShare * left('daily')) return waits['DAILY']!;
  const interval = left('interval-milliseconds') / 1000;
  return left('remaining') <= 1 && interval > 0 ? interval : null;
}
