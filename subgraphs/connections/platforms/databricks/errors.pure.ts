import { z } from 'zod';
import type { Answer, Failure, FailureClass } from '../connector.ts';

const failed = z.object({
  status: z.object({
    state: z.literal('FAILED'),
    error: z.object({ error_code: z.string().default(''), message: z.string().default('') }).nullish(),
  }),
});
const cut = z.object({ manifest: z.object({ truncated: z.literal(true) }) });

const passing = new Set([
  'INTERNAL_ERROR',
  'IO_ERROR',
  'TEMPORARILY_UNAVAILABLE',
  'SERVICE_UNDER_MAINTENANCE',
  'WORKSPACE_TEMPORARILY_UNAVAILABLE',
  'DEADLINE_EXCEEDED',
  'ABORTED',
]);

/** Statements fail, and lose rows, with status 200. */
export function classifyDatabricks(answer: Answer): Failure | null {
  if (answer.status === 403 && typeof answer.body === 'string' && /expired/i.test(answer.body))
    return { class: 'transient', message: 'Databricks: the address of a file has expired.' };
  if (cut.safeParse(answer.body).success)
    return { class: 'too_much_data', message: 'Databricks cut the result off: it is too large.' };
  const parsed = failed.safeParse(answer.body);
  if (!parsed.success) return null;
  const { error_code: code = '', message: said = 'the statement failed' } = parsed.data.status.error ?? {};
  return { class: classOf(code, said), message: `Databricks: ${said}` };
}

function classOf(code: string, said: string): FailureClass {
  if (code === 'REQUEST_LIMIT_EXCEEDED' || code === 'RESOURCE_EXHAUSTED') return 'rate_limit';
  if (passing.has(code)) return 'transient';
  if (/TOO_LARGE|TIMEOUT|timed out|byte limit/i.test(said)) return 'too_much_data';
  const closed = /TABLE_OR_VIEW_NOT_FOUND|SCHEMA_NOT_FOUND|CATALOG_NOT_FOUND|INSUFFICIENT_P|PERMISSION_DENIED/;
  return code === 'PERMISSION_DENIED' || closed.test(said) ? 'permission' : 'bad_request';
}
