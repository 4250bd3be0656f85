import { reproducibleAttribution } from '../attribution/reproduce-attribution.ts';
import { reproduciblePlan } from '../budget/reproduce-plan.ts';
import { reproducibleExperiment } from '../experiments/reproduce-experiment.ts';
import { reproducibleSelection } from '../experiments/reproduce-selection.ts';
import { reproducibleLift } from '../lift/reproduce-lift.ts';
import { reproducibleExploration } from '../mix-exploration/reproduce-exploration.ts';
import { reproducibleMix } from '../mix-model/reproduce-mix.ts';
import type { Reproducible, ReproducibleKind } from './reproducible.ts';

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
