import { compareOutcomes } from '../reproduction/compare-outcomes.pure.ts';
import { defineReproducible } from '../reproduction/reproducible.ts';
import { requireFinished } from '../runs/run-view.ts';
import { evaluateInPool } from './evaluate-in-pool.ts';
import { liftEvaluations } from './lift.runs.ts';
import { readLift, storedPanel } from './read-lift.ts';

/** Lift evaluations made again. */
export const reproducibleLift = defineReproducible({
  finished: (context, id) => requireFinished(liftEvaluations, context, id),
  async again(context, { settings: choice, panelId, inputs, result }, report) {
    const { data, inputs: now } = await readLift(context, choice, await storedPanel(context, panelId));
    const found = await evaluateInPool(data, choice.settings, context.signal, report);
    return compareOutcomes(result, found, now.dataHash === inputs?.dataHash);
  },
});
