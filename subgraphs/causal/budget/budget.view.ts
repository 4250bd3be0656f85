import { sql, type Kysely, type Selectable } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { badInput, notFound } from '@liftos/core/errors.ts';
import { liveEvents } from '@liftos/core/events/live-events.ts';
import { decodeCursor, page, pageSize, type Page } from '@liftos/core/pages.ts';
import { isId } from '@liftos/core/subgraph.ts';
import { comparePlans, type ComparedPlans } from './compare-plans.pure.ts';
import type { BudgetTables } from './tables.ts';

/** A kept plan as the graph names it. */
export type KeptPlan = ReturnType<typeof showPlan>;

/** Of the events that tell of a kept plan. */
export const planTopic = 'budgetPlan.changed';

/** The row as the graph names it. */
export function showPlan(row: Selectable<BudgetTables['causal.budget_plan']>) {
  const { accepted_at: at, accepted_by: by, note } = row;
  return {
    id: row.id,
    name: row.name,
    modelId: row.model_id,
    settings: row.settings,
    answer: row.answer,
    mock: row.mock,
    createdAt: row.created_at,
    createdBy: row.created_by,
    acceptance: at && by !== null ? { at, by, note } : null,
  };
}

function planRows(context: Context) {
  const db: Kysely<BudgetTables> = tables<BudgetTables>(context);
  return db.selectFrom('causal.budget_plan').selectAll();
}

/** Plans by id, in no order; ids of other organisations give nothing. */
export async function plansById(context: Context, ids: readonly string[]): Promise<KeptPlan[]> {
  return (await planRows(context).where('id', 'in', ids).execute()).map(showPlan);
}

/** A plan of this organisation. Throws NOT_FOUND. */
export async function requirePlan(context: Context, id: string): Promise<KeptPlan> {
  const [plan] = isId(id) ? await plansById(context, [id]) : [];
  if (!plan) throw notFound('budget plan');
  return plan;
}

/** Plans, newest first. */
export async function listPlans(
  context: Context,
  { first, after }: { first?: number | null; after?: string | null },
): Promise<Page<KeptPlan>> {
  const size = pageSize(first, 20);
  const key = decodeCursor(context.organizationId, after);
  const newest = planRows(context)
    .orderBy('id', 'desc')
    .limit(size + 1);
  const rows = await (key === undefined ? newest : newest.where('id', '<', key)).execute();
  return page(context.organizationId, rows.map(showPlan), size, ({ id }) => id);
}

/** The plan accepted last; null without one. */
export async function lastAccepted(context: Context): Promise<KeptPlan | null> {
  const row = await planRows(context)
    .where('accepted_at', 'is not', null)
    .orderBy(sql`accepted_at desc, id desc`)
    .limit(1)
    .executeTakeFirst();
  return row ? showPlan(row) : null;
}

/** Plans side by side. Throws NOT_FOUND, and BAD_USER_INPUT for plans that cannot stand beside each other. */
export async function comparedPlans(
  context: Context,
  ids: readonly string[],
): Promise<ComparedPlans & { plans: KeptPlan[] }> {
  const asked = [...new Set(ids)];
  if (asked.length < 2 || asked.length > 6) throw badInput('ids', 'Compare two to six different plans.');
  const plans = await Promise.all(asked.map((id) => requirePlan(context, id)));
  const compared = comparePlans(plans);
  if ('refusal' in compared) throw badInput('ids', compared.refusal);
  return { plans, ...compared };
}

/** Kept and accepted plans: first what was missed after a number, then live. */
export async function* followPlans(context: Context, { after }: { after?: number | null | undefined }) {
  for await (const { sequence, at, subjectId } of liveEvents(context, { topics: [planTopic], after })) {
    const [plan] = subjectId === null ? [] : await plansById(context, [subjectId]);
    if (plan) yield { sequence, at, plan };
  }
}
