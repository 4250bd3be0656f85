import { z } from 'zod';
import type { Answer, Failure, FailureClass } from '../connector.ts';

export const version = '2026-10';

const cost = z.looseObject({
  requestedQueryCost: z.number(),
  throttleStatus: z.looseObject({ currentlyAvailable: z.number(), restoreRate: z.number().positive() }),
});
const errorBody = z.looseObject({
  errors: z
    .array(
      z.looseObject({ message: z.string(), extensions: z.looseObject({ code: z.string().optional() }).optional() }),
    )
    .min(1),
  extensions: z.looseObject({ cost: cost.optional() }).optional(),
});

const classes: Readonly<Record<string, FailureClass>> = {
  THROTTLED: 'rate_limit',
  ACCESS_DENIED: 'permission',
  MAX_COST_EXCEEDED: 'too_much_data',
  INTERNAL_SERVER_ERROR: 'transient',
  TIMEOUT: 'transient',
};
/** Paging does not go further than so many objects. */
const tooDeep = /25,?000 objects/;

/** What Shopify's answers mean: errors of GraphQL come with status 200, and a retired version is answered by another. */
export function classifyShopify({ status, headers, body }: Answer): Failure | null {
  if (status === 402) return { class: 'permission', message: 'Shopify: the shop is frozen until its bill is paid.' };
  if (status === 423) return { class: 'permission', message: 'Shopify: the shop is locked.' };
  if (status === 404) return { class: 'permission', message: 'Shopify: there is no such shop.' };
  const answered = headers['x-shopify-api-version'];
  if (status < 400 && answered !== undefined && answered !== version)
    return { class: 'version_sunset', message: `Shopify answered with version ${answered} instead of ${version}.` };
  const parsed = errorBody.safeParse(body);
  return parsed.success ? failureIn(parsed.data) : null;
}

function failureIn({ errors, extensions }: z.infer<typeof errorBody>): Failure {
  const message = `Shopify: ${errors.map((error) => error.message).join(' ')}`;
  const code = errors[0]?.extensions?.code ?? '';
  if (errors.some((error) => tooDeep.test(error.message))) return { class: 'too_much_data', message };
  const failure: Failure = { class: classes[code] ?? 'bad_request', message };
  const spent = code === 'THROTTLED' ? extensions?.cost : undefined;
  if (!spent) return failure;
  const { currentlyAvailable, restoreRate } = spent.throttleStatus;
  const missing = Math.max(0, spent.requestedQueryCost - currentlyAvailable);
  return { ...failure, waitSeconds: Math.max(1, Math.ceil(missing / restoreRate)) };
}
