import { compareOutcomes } from '../reproduction/compare-outcomes.pure.ts';
import { defineReproducible } from '../reproduction/reproducible.ts';
import { solveOn } from './budget.service.ts';
import { requirePlan } from './budget.view.ts';
import { modelCurves } from './model-curves.ts';

/** Kept budget plans computed again from their model. */
export const reproduciblePlan = defineReproducible({
  finished: requirePlan,
  async again(context, { answer, modelId, settings }) {
    const curves = await modelCurves(context, modelId, 'id');
    const [before, after] = [answer, solveOn(context, curves, settings)].map((one) => ({ ...one, codeVersion: '' }));
    return compareOutcomes(before, after, answer.inputs.dataHash === curves.dataHash);
  },
});
