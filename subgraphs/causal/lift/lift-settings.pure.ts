import type { ControlGroup } from '../did/staggered.pure.ts';
import type { Aggregation } from '../did/aggregate.pure.ts';

export type LiftMethod = 'DIFFERENCE_IN_DIFFERENCES' | 'SYNTHETIC_CONTROL' | 'CAUSAL_IMPACT';

/** A mean of a covariate, or of the outcome when that is null, over periods, both ends included. */
export interface PredictorChoice {
  readonly covariate: string | null;
  readonly from: string;
  readonly to: string;
}

/** Everything but the data that an evaluation depends on. */
export interface LiftSettings {
  readonly method: LiftMethod;
  /** Of all intervals. */
  readonly level: number;
  readonly seed: number;
  readonly refute: boolean;
  readonly synthetic: {
    readonly variant: 'PLAIN' | 'RIDGE' | 'SYNTHETIC_DID';
    readonly fixedEffects: boolean;
    readonly permutations: 'SHIFTS' | 'ORDERS';
    readonly predictors: readonly PredictorChoice[];
  };
  readonly differences: { readonly aggregation: Aggregation; readonly controlGroup: ControlGroup };
  readonly impact: {
    readonly draws: number;
    readonly trend: boolean;
    readonly seasons: number;
    readonly seasonLength: number;
    readonly levelSpread: number;
  };
}
