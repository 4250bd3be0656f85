import type { Selectable } from 'kysely';
import { showRun, type RunKind } from '../runs/run-kind.ts';
import type { LiftEvaluationColumns } from './tables.ts';

type Row = Selectable<LiftEvaluationColumns>;

/** An evaluation as services and the graph see it. */
export type StoredLift = ReturnType<typeof showLift>;

/** Lift evaluations as stored computations. */
export const liftEvaluations: RunKind<LiftEvaluationColumns, StoredLift> = {
  table: 'causal.lift_evaluation',
  topic: 'liftEvaluation.changed',
  subjectKind: 'liftEvaluation',
  noun: 'lift evaluation',
  activity: 'Evaluating lift',
  methods: 'lift.1',
  show: showLift,
};

/** The row as the graph names it. */
function showLift(row: Row) {
  const { choice, inputs, result, warnings } = row;
  return {
    ...showRun(row),
    name: choice.name,
    method: choice.settings.method,
    seed: choice.settings.seed,
    settings: choice,
    panelId: row.panel_id,
    inputs,
    result,
    warnings: [...warnings, ...(result?.warnings ?? [])],
  };
}
