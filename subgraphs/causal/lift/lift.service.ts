import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { insertRun } from '../runs/run-state.ts';
import type { EvaluateLiftInput } from '../schema.generated.ts';
import { checkLift } from './check-lift.pure.ts';
import { checkInput, choiceOf, panelInputOf } from './lift-choice.pure.ts';
import { liftJob } from './lift.jobs.ts';
import { liftEvaluations, type StoredLift } from './lift.runs.ts';
import { readLift } from './read-lift.ts';
import type { LiftPanelColumns } from './tables.ts';

/**
 * Store an evaluation and send its job, together. The data are read beforehand, so that what cannot be evaluated is refused
 * at once: throws BAD_USER_INPUT naming the field.
 */
export async function startEvaluation(context: Context, input: EvaluateLiftInput): Promise<StoredLift> {
  checkInput(input);
  const choice = choiceOf(input);
  const panel = input.panel ? panelInputOf(input.panel) : null;
  const { data, inputs } = await readLift(context, choice, panel);
  checkLift(data, choice.settings, panel ? 'panel' : 'records');
  const panelId = panel ? context.newId() : null;
  const own = {
    choice: JSON.stringify(choice),
    panel_id: panelId,
    inputs: null as never,
    result: null as never,
    warnings: '[]',
  };
  const { length } = inputs.treated;
  const summary = `Evaluation of ${length} treated and ${inputs.controls.length} untreated units from ${inputs.firstPeriod} to ${inputs.lastPeriod} was started.`;
  return transaction(context, async (tx) => {
    if (panelId !== null) {
      const db = tables<{ 'causal.lift_panel': LiftPanelColumns }>(tx);
      const row = { organization_id: tx.organizationId, id: panelId, panel: JSON.stringify(panel) };
      await db.insertInto('causal.lift_panel').values(row).execute();
    }
    return insertRun(liftEvaluations, tx, liftJob, own, summary);
  });
}
