import { AppError } from '@liftos/core/errors.ts';
import { compareOutcomes } from '../reproduction/compare-outcomes.pure.ts';
import { defineReproducible } from '../reproduction/reproducible.ts';
import { analyseExperiment } from './analyse-experiment.ts';
import { requireExperiment } from './experiment.view.ts';

/** Analyses of decided experiments made again. */
export const reproducibleExperiment = defineReproducible({
  async finished(context, id) {
    const experiment = await requireExperiment(context, id);
    const { result } = experiment;
    if (!result) throw new AppError('CONFLICT', 'The experiment has no results that were decided on yet.');
    return { experiment, result };
  },
  async again(context, { experiment, result }) {
    const now = await analyseExperiment(context, experiment, result.stoppedEarly);
    const [before, after] = [result, now].map((one) => ({ ...one, codeVersion: '' }));
    return compareOutcomes(before, after, result.inputs.dataHash === now?.inputs.dataHash);
  },
});
