import { columnOf } from '../numerics/linear/matrix.pure.ts';
import { requireBetween } from '../numerics/problem.pure.ts';
import {
  conformalInterval,
  conformalTest,
  type ConformalInterval,
  type ConformalScheme,
  type ConformalTest,
} from './conformal.pure.ts';
import { describeEffect, nameUnits } from './describe-effect.pure.ts';
import { fitQuality, type FitQuality } from './fit-quality.pure.ts';
import { fitSyntheticControl, type Estimator, type Fit } from './fit-weights.pure.ts';
import { studyOf, type Panel, type Study, type Treatment } from './panel.pure.ts';
import { placeboTest, type PlaceboTest } from './placebo.pure.ts';
import { fitRidgeAugmented, meanAfter } from './ridge-augment.pure.ts';

export interface EvaluationOptions {
  /** PLAIN: simplex weights. RIDGE: augmented by ridge regression. */
  readonly method: 'PLAIN' | 'RIDGE';
  readonly fixedEffects: boolean;
  readonly alpha: number;
  readonly scheme: ConformalScheme;
}

/** Why in docs/decisions/0015-lift.md. */
export const defaultEvaluation: EvaluationOptions = {
  method: 'RIDGE',
  fixedEffects: true,
  alpha: 0.1,
  scheme: { kind: 'SHIFTS' },
};

export interface LiftEvaluation {
  readonly study: Study;
  readonly options: EvaluationOptions;
  readonly fit: Fit;
  readonly quality: FitQuality;
  /** Mean effect per treated unit and period. */
  readonly effect: number;
  /** Effect over the counterfactual; null when that is not positive. */
  readonly relative: number | null;
  /** Over all treated units and periods. */
  readonly incremental: number;
  /** Running sum of the effect over treated units, one per treated period. */
  readonly cumulative: Float64Array;
  /** Of `effect`; null when no constant effect fits the treated periods. */
  readonly interval: ConformalInterval | null;
  /** No effect in any period. */
  readonly anyEffect: ConformalTest;
  /** No effect on average: the test that goes with the interval. */
  readonly averageEffect: ConformalTest;
  /** Null where the weights copy the treated series, so that ratios to the fit before mean nothing. */
  readonly placebo: PlaceboTest | null;
  readonly estimatedBias: number | null;
  readonly lambda: number | null;
  readonly warnings: readonly string[];
  readonly conclusion: string;
  readonly assumptions: readonly string[];
}

/** A fit this close is a copy, which weights can always make of few periods by many controls. */
const copied = 1e-5;

/** Evaluate a treatment of units of a panel by synthetic control. Throws what studyOf throws. */
export function evaluateLift(
  panel: Panel,
  treatment: Treatment,
  given: Partial<EvaluationOptions> = {},
): LiftEvaluation {
  const options = { ...defaultEvaluation, ...given };
  requireBetween(options.alpha, 0, 1, 'alpha');
  const study = studyOf(panel, treatment);
  const { fixedEffects, scheme, alpha } = options;
  const ridge = options.method === 'RIDGE' ? fitRidgeAugmented(study, { fixedEffects }) : null;
  const fit: Fit = ridge ?? fitSyntheticControl(study, { fixedEffects });
  const estimate = estimatorOf(options, ridge?.lambda);
  const quality = fitQuality(study, fit, fixedEffects);
  const effect = meanAfter(study, fit.gaps);
  const expected = meanAfter(study, fit.counterfactual);
  const interval = conformalInterval(study, estimate, { estimate: effect, scale: spread(quality), alpha, scheme });
  const averageEffect = conformalTest(study, estimate, 0, { statistic: 'AVERAGE', scheme });
  const units = study.treatedUnits.length;
  const result = {
    study,
    options,
    fit,
    quality,
    effect,
    relative: expected > 0 ? effect / expected : null,
    incremental: effect * (study.periods.length - study.pre) * units,
    cumulative: cumulativeOf(study, fit.gaps),
    interval,
    anyEffect: conformalTest(study, estimate, 0, { statistic: 'ANY', scheme }),
    averageEffect,
    placebo: quality.scaledL2 < copied ? null : placeboTest(study, { fixedEffects }),
    estimatedBias: ridge ? ridge.estimatedBias : null,
    lambda: ridge ? ridge.lambda : null,
  };
  return {
    ...result,
    warnings: warningsOf(study, result),
    conclusion: concludeFrom(study, result),
    assumptions: assumptionsOf(options),
  };
}

/** The estimator of the options, for tests that refit. With `lambda`, the ridge is not chosen again. */
export function estimatorOf({ method, fixedEffects }: EvaluationOptions, lambda?: number): Estimator {
  if (method === 'PLAIN') return (study, start) => fitSyntheticControl(study, { fixedEffects }, start);
  const ridge = { fixedEffects, ...(lambda !== undefined && { lambda }) };
  return (study, start) => fitRidgeAugmented(study, ridge, start);
}

function concludeFrom(study: Study, { effect, relative, interval, averageEffect, options }: Judged): string {
  return describeEffect({
    subject: `The outcome of ${nameUnits(study.treatedUnits)}`,
    per: 'per unit and period',
    estimate: effect,
    relative,
    low: interval ? interval.low : null,
    high: interval ? interval.high : null,
    level: 1 - options.alpha,
    pValue: averageEffect.pValue,
  });
}

function spread({ preMspe, postMspe }: FitQuality): number {
  return Math.sqrt(Math.max(preMspe, postMspe / 16));
}

function cumulativeOf(study: Study, gaps: Float64Array): Float64Array {
  let sum = 0;
  return gaps.slice(study.pre).map((gap) => (sum += gap * study.treatedUnits.length));
}

interface Judged {
  readonly effect: number;
  readonly relative: number | null;
  readonly fit: Fit;
  readonly quality: FitQuality;
  readonly interval: ConformalInterval | null;
  readonly averageEffect: ConformalTest;
  readonly options: EvaluationOptions;
}

function warningsOf(study: Study, { fit, quality, interval, averageEffect, options }: Judged): string[] {
  const warnings: string[] = [];
  const share = Math.round(quality.outsideRange * 100);
  if (quality.outsideRange > 0.1) {
    const text = `The treated series lies outside the range of all controls in ${share} % of the periods before the treatment, so no weights can match it${options.fixedEffects ? '' : '; allow unit fixed effects'}.`;
    warnings.push(text);
  }
  if (quality.scaledL2 < copied) {
    const text = `${study.controls.length} controls copy ${study.pre} periods exactly, so the fit says nothing about how far to trust it. Take more history or fewer controls.`;
    warnings.push(text);
  }
  if (quality.scaledL2 > 0.5) {
    const text = `The fit before the treatment is only ${Math.round((1 - quality.scaledL2) * 100)} % better than equal weights. The effect may be misfit.`;
    warnings.push(text);
  }
  if (study.pre < 2 * (study.periods.length - study.pre)) {
    warnings.push(
      'There is less than twice as much time before the treatment as after its start; intervals are rough.',
    );
  }
  const top = fit.weights.indexOf(Math.max(...fit.weights));
  if (fit.weights[top]! > 0.5) {
    warnings.push(`${study.controls[top]} alone carries ${Math.round(fit.weights[top]! * 100)} % of the weight.`);
  }
  const constant = study.controls.filter((_, control) => isConstant(columnOf(study.series, control + 1)));
  if (constant.length > 0) warnings.push(`${constant.join(', ')} never changed and can say nothing about the others.`);
  if (averageEffect.smallest > options.alpha) {
    warnings.push('There are too few periods for a p-value below alpha; take more history.');
  }
  if (!interval) warnings.push('No constant effect fits the treated periods, so there is no interval.');
  return warnings;
}

function isConstant(values: Float64Array): boolean {
  return values.every((value) => value === values[0]);
}

function assumptionsOf({ method, fixedEffects, scheme }: EvaluationOptions): string[] {
  return [
    'The treatment did not touch the controls, and nothing else that began with it touched the treated units alone.',
    fixedEffects
      ? 'Without treatment the treated units would have kept moving with the weighted controls, up to a constant.'
      : 'Without treatment the treated units would have kept equal to the weighted controls.',
    scheme.kind === 'SHIFTS'
      ? 'The errors of the fit are alike over time: p-values and the interval compare the treated periods with all cyclic shifts.'
      : 'The errors of the fit are exchangeable over time: p-values and the interval compare the treated periods with random orders.',
    ...(method === 'RIDGE'
      ? ['What weights leave unmatched is corrected by a linear model, which may extrapolate.']
      : []),
  ];
}
