import { reproducibleAttribution } from '../attribution/reproduce-attribution.ts';
import { reproduciblePlan } from '../budget/reproduce-plan.ts';
import { reproducibleExperiment } from '../experiments/reproduce-experiment.ts';
import { reproducibleSelection } from '../experiments/reproduce-selection.ts';
import { reproducibleLift } from '../lift/reproduce-lift.ts';
import { reproducibleExploration } from '../mix-exploration/reproduce-exploration.ts';
import { reproducibleMix } from '../mix-model/reproduce-mix.ts';
import { defineRunJob } from '../runs/run-job.ts';
import type { Reproducible, ReproducibleKind } from './reproducible.ts';
import { reproductions } from './reproduction.runs.ts';

/** All kinds of results that can be computed again. */
export const reproducibles: Record<ReproducibleKind, Reproducible> = {
  ATTRIBUTION_RUN: reproducibleAttribution,
  BUDGET_PLAN: reproduciblePlan,
  EXPERIMENT: reproducibleExperiment,
  LIFT_EVALUATION: reproducibleLift,
  MARKET_SELECTION: reproducibleSelection,
  MIX_EXPLORATION: reproducibleExploration,
  MIX_MODEL: reproducibleMix,
};

/** Computes a stored result again and compares. */
export const reproductionJob = defineRunJob(reproductions, {
  type: 'causal.reproduction',
  timeoutSeconds: 1800,
  async compute(context, { kind, subjectId }, report) {
    const begin = performance.now();
    const outcome = await reproducibles[kind].reproduce(context, subjectId, report);
    const { identical, sameData, largestDifference } = outcome;
    return {
      columns: { identical, same_data: sameData, largest_difference: largestDifference },
      computeMillis: performance.now() - begin,
      summary: `Computed again: ${identical ? 'identical' : 'different'}, ${sameData ? 'on the same data' : 'the data has changed since'}.`,
    };
  },
});
