import { conformalInterval, type ConformalScheme, type ConformalTest } from '../synthetic-control/conformal.pure.ts';
import {
  estimatorOf,
  evaluateLift,
  type EvaluationOptions,
  type LiftEvaluation,
} from '../synthetic-control/evaluate-synthetic-control.pure.ts';
import type { Estimator } from '../synthetic-control/fit-weights.pure.ts';
import { jackknifePlus } from '../synthetic-control/jackknife-plus.pure.ts';
import type { Study } from '../synthetic-control/panel.pure.ts';
import { meanAfter } from '../synthetic-control/ridge-augment.pure.ts';
import { normalQuantile } from '../numerics/distributions.pure.ts';
import { fitOfGaps } from './fit-of-gaps.pure.ts';
import { studyOfLift, type LiftData } from './lift-data.pure.ts';
import type { LiftSettings } from './lift-settings.pure.ts';
import { placeboRank, showPlacebos } from './placebo-figures.pure.ts';
import {
  bandOf,
  counterfactualOf,
  estimateOf,
  nothingFound,
  relativeTo,
  scaleEstimate,
  type Band,
  type LiftFindings,
  type PValue,
} from './lift-result.pure.ts';

const randomOrders = 10_000;
/** Running totals are bounded at so many periods at most: each asks for an interval of its own. */
const mostTotals = 40;

/** Evaluate by synthetic control on outcomes, plain or ridge augmented. Throws what studyOfLift throws. */
export function bySyntheticControl(data: LiftData, settings: LiftSettings): LiftFindings {
  const options = optionsOf(settings);
  const lift = evaluateLift(data.panel, treatmentOf(data), options);
  const { study, fit, quality } = lift;
  const estimator = estimatorOf(options, lift.lambda ?? undefined);
  const { interval } = lift;
  const error = interval && (interval.high - interval.low) / (2 * -normalQuantile((1 - settings.level) / 2));
  const effect = estimateOf(lift.effect, interval && interval.low, interval && interval.high, error);
  const observed = [...study.series.data.subarray(0, study.periods.length)];
  const pointwise = pointwiseOf(study, estimator, fit.gaps, options.alpha);
  const units = study.treatedUnits.length;
  return {
    ...nothingFound,
    effect,
    relative: relativeTo(effect, meanAfter(study, fit.counterfactual)),
    total: scaleEstimate(effect, units * (study.periods.length - study.pre)),
    pValues: pValuesOf(lift),
    periods: study.periods,
    pre: study.pre,
    observed,
    counterfactual: { ...counterfactualOf(observed, pointwise), mean: [...fit.counterfactual] },
    pointwise,
    ...totalsOf(study, estimator, {
      gaps: fit.gaps,
      options,
      scale: Math.sqrt(Math.max(quality.preMspe, quality.postMspe / 16)),
    }),
    weights: weightsOf(study, fit.weights),
    fit: {
      ...fitOfGaps(observed, fit.gaps, study.pre),
      scaledL2: quality.scaledL2,
      outsideRange: quality.outsideRange,
      effectiveControls: quality.effectiveControls,
      lambda: lift.lambda,
      estimatedBias: lift.estimatedBias,
    },
    placebos: lift.placebo && showPlacebos(lift.placebo),
    conclusion: lift.conclusion,
    assumptions: lift.assumptions,
    warnings: lift.warnings,
  };
}

/** The options of the plain method that go with the settings. */
export function optionsOf({ level, seed, synthetic }: LiftSettings): EvaluationOptions {
  const scheme: ConformalScheme =
    synthetic.permutations === 'SHIFTS' ? { kind: 'SHIFTS' } : { kind: 'ORDERS', draws: randomOrders, seed };
  return {
    method: synthetic.variant === 'RIDGE' ? 'RIDGE' : 'PLAIN',
    fixedEffects: synthetic.fixedEffects,
    alpha: 1 - level,
    scheme,
  };
}

/** The treatment as the evaluation of a panel takes it. Throws NO_OVERLAP for several starts. */
export function treatmentOf(data: LiftData): { units: string[]; start: string; end?: string } {
  const { treatedUnits, periods, pre } = studyOfLift(data);
  return { units: [...treatedUnits], start: periods[pre]!, ...(data.end === null ? {} : { end: data.end }) };
}

/** Weights of controls, largest first; those that carry nothing are left out. */
export function weightsOf(study: Study, weights: Float64Array): LiftFindings['weights'] {
  return study.controls
    .map((unit, control) => ({ unit, weight: weights[control]!, inclusion: null }))
    .filter(({ weight }) => Math.abs(weight) > 1e-6)
    .toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
}

function pValuesOf({ averageEffect, anyEffect, placebo }: LiftEvaluation): PValue[] {
  const conformal = (test: string, { pValue, smallest, monteCarloError }: ConformalTest, meaning: string): PValue => ({
    test,
    value: pValue,
    meaning,
    smallest,
    monteCarloError,
  });
  return [
    conformal(
      'AVERAGE_EFFECT',
      averageEffect,
      'How often reordered residuals have a mean as far from 0 as the treated periods: no effect on average. The interval goes with it.',
    ),
    conformal(
      'ANY_EFFECT',
      anyEffect,
      'How often reordered residuals are as large in sum as in the treated periods: no effect in any period. It also answers to effects that vary or change sign.',
    ),
    ...(placebo ? [placeboRank(placebo)] : []),
  ];
}

/** Effects per period with jackknife+ bounds from the start on. */
function pointwiseOf({ pre, ...study }: Study, estimator: Estimator, gaps: Float64Array, alpha: number): Band {
  const { low, high } = jackknifePlus({ pre, ...study }, estimator, alpha);
  const blank = Array.from({ length: pre }, () => null);
  return bandOf(gaps, [...blank, ...low], [...blank, ...high]);
}

interface Totals {
  readonly gaps: Float64Array;
  readonly options: EvaluationOptions;
  readonly scale: number;
}

/** Running totals with the conformal interval of the effect up to each. */
function totalsOf(
  study: Study,
  estimator: Estimator,
  { gaps, options, scale }: Totals,
): Pick<LiftFindings, 'cumulative' | 'cumulativePeriods'> {
  const { pre, periods, treatedUnits } = study;
  const post = periods.length - pre;
  const step = Math.ceil(post / mostTotals);
  const ends = Array.from({ length: post }, (_, index) => index + 1).filter((end) => (post - end) % step === 0);
  const rows = ends.map((end) => {
    const cut = upTo(study, pre + end);
    const estimate = meanAfter(cut, gaps.subarray(0, pre + end));
    const { alpha, scheme } = options;
    const interval = conformalInterval(cut, estimator, { estimate, scale, alpha, scheme });
    const size = end * treatedUnits.length;
    return { total: estimate * size, low: interval && interval.low * size, high: interval && interval.high * size };
  });
  return {
    cumulative: bandOf(
      rows.map(({ total }) => total),
      rows.map(({ low }) => low),
      rows.map(({ high }) => high),
    ),
    cumulativePeriods: ends.map((end) => periods[pre + end - 1]!),
  };
}

function upTo(study: Study, rows: number): Study {
  const { series } = study;
  const data = new Float64Array(rows * series.columns);
  for (let column = 0; column < series.columns; column++) {
    data.set(series.data.subarray(column * series.rows, column * series.rows + rows), column * rows);
  }
  return { ...study, periods: study.periods.slice(0, rows), series: { ...series, rows, data } };
}
