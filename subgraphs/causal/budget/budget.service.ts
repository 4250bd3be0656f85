import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { AppError, badInput } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { answerPlan, inputsOf, planTime, type ModelCurves } from './answer-plan.pure.ts';
import { planTopic, requirePlan, showPlan, type KeptPlan } from './budget.view.ts';
import { modelCurves } from './model-curves.ts';
import { timeChannels } from './plan-channels.pure.ts';
import { completePlan, invalidPlan, wrongHorizon, type PlanInput, type PlanSettings } from './plan-settings.pure.ts';
import type { BudgetTables, KeptAnswer } from './tables.ts';

/** Grows when a change of the method changes plans. */
const methods = 'budget.1';

/**
 * A plan on the curves of a trained model. Throws NOT_FOUND, or BAD_USER_INPUT naming the field that cannot be used: a
 * model without curves, unknown channels, bounds that cross, a goal the bounds do not allow, mock data not asked for.
 */
export async function computePlan(context: Context, input: PlanInput): Promise<KeptAnswer> {
  const settings = completePlan(input);
  const curves = await modelCurves(context, input.modelId, 'input.modelId');
  if (curves.mock !== (input.mock ?? false)) {
    const reason = curves.mock
      ? 'This model was trained on generated data. Say so with mock: true, or choose one of real data.'
      : 'This model was trained on real data, not on generated data.';
    throw badInput('input.mock', reason);
  }
  return solveOn(context, curves, settings);
}

/** A plan on curves that were read. Throws BAD_USER_INPUT naming the field that cannot be used. */
export function solveOn(context: Context, curves: ModelCurves, settings: PlanSettings): KeptAnswer {
  const reach = curves.channels.map(({ name, spend, curve }) => ({ name, most: curve.spend.at(-1)! / spend }));
  const invalid = invalidPlan(settings, reach);
  if (invalid) throw badInput(`input.${invalid.field}`, invalid.reason);
  try {
    return { ...answerPlan(curves, settings), codeVersion: `${context.runtime.version}-${methods}` };
  } catch (error) {
    if (!(error instanceof Problem) || error.details.least === undefined) throw error;
    throw badInput(settings.goal === 'MINIMISE_BUDGET' ? 'input.kpiGoal' : 'input.total', error.message, error.details);
  }
}

/** The curves plans of so many days are made on. Throws NOT_FOUND or BAD_USER_INPUT. */
export async function planCurves(
  context: Context,
  modelId: string,
  horizonDays: number,
  carryOver: PlanSettings['carryOver'],
) {
  if (!Number.isInteger(horizonDays) || horizonDays < 1 || horizonDays > 730) {
    throw badInput(wrongHorizon.field, wrongHorizon.reason);
  }
  const curves = await modelCurves(context, modelId, 'modelId');
  const timed = timeChannels(curves.channels, planTime(curves, { horizonDays, carryOver }));
  return {
    kpi: curves.kpi,
    currency: curves.currency,
    inputs: inputsOf(curves),
    channels: timed.map(({ name, current, seenUpTo, spend, response, low, high }) => ({
      name,
      current,
      seenUpTo,
      mostMultiple: spend.at(-1)! / current,
      curve: { spend, mean: response, low, high },
    })),
  };
}

/** Compute a plan and keep it under a name. Throws as `computePlan` does. */
export async function keepPlan(context: Context, name: string, input: PlanInput): Promise<KeptPlan> {
  const trimmed = name.trim();
  if (trimmed.length === 0 || trimmed.length > 120) throw badInput('name', 'A name has 1 to 120 characters.');
  const answer = await computePlan(context, input);
  return transaction(context, async (tx) => {
    const row = await tables<BudgetTables>(tx)
      .insertInto('causal.budget_plan')
      .values({
        organization_id: tx.organizationId,
        id: tx.newId(),
        name: trimmed,
        model_id: input.modelId,
        settings: JSON.stringify(answer.settings),
        answer: JSON.stringify(answer),
        mock: answer.inputs.mock,
        code_version: answer.codeVersion,
        created_at: tx.now(),
        created_by: tx.principal.name,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await tell(tx, row.id, `The budget plan “${trimmed}” was kept.`, 'KEPT');
    return showPlan(row);
  });
}

/** Record that a plan was decided for. Throws NOT_FOUND, or CONFLICT when it was accepted before. */
export async function acceptPlan(context: Context, id: string, note: string | null): Promise<KeptPlan> {
  if ((note ?? '').length > 2000) throw badInput('note', 'A note has at most 2,000 characters.');
  const { name } = await requirePlan(context, id);
  return transaction(context, async (tx) => {
    const row = await tables<BudgetTables>(tx)
      .updateTable('causal.budget_plan')
      .set({ accepted_at: tx.now(), accepted_by: tx.principal.name, note: note?.trim() || null })
      .where('id', '=', id)
      .where('accepted_at', 'is', null)
      .returningAll()
      .executeTakeFirst();
    if (!row) throw new AppError('CONFLICT', 'This plan was accepted before.');
    await tell(tx, id, `The budget plan “${name}” was accepted.`, 'ACCEPTED');
    return showPlan(row);
  });
}

function tell(tx: Context, id: string, summary: string, state: string): Promise<void> {
  const payload = { state };
  return emit(tx, { topic: planTopic, subjectKind: 'budgetPlan', subjectId: id, summary, payload, audit: true });
}
