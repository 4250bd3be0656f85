import { normalQuantile } from '../numerics/distributions.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { fitOnPredictors, type Predictor } from '../synthetic-control/covariate-weights.pure.ts';
import { fitQuality, type FitQuality } from '../synthetic-control/fit-quality.pure.ts';
import type { Fit } from '../synthetic-control/fit-weights.pure.ts';
import type { Study } from '../synthetic-control/panel.pure.ts';
import { placeboTestOf, type PlaceboTest } from '../synthetic-control/placebo.pure.ts';
import { meanAfter } from '../synthetic-control/ridge-augment.pure.ts';
import { meanOf } from '../numerics/moments.pure.ts';
import { weightsOf } from './by-synthetic-control.pure.ts';
import { conclude } from './conclude.pure.ts';
import { fitOfGaps } from './fit-of-gaps.pure.ts';
import { studyOfLift, type LiftData } from './lift-data.pure.ts';
import type { LiftSettings, PredictorChoice } from './lift-settings.pure.ts';
import { placeboNormal, placeboRank, showPlacebos } from './placebo-figures.pure.ts';
import {
  bandOf,
  counterfactualOf,
  estimateOf,
  nothingFound,
  relativeTo,
  scaleEstimate,
  type Band,
  type LiftFindings,
} from './lift-result.pure.ts';

/** Evaluations per predictor and start of the search for a placebo, whose last digits matter less. */
const placeboEffort = 15;

/**
 * Evaluate by synthetic control on predictors (Abadie, Diamond & Hainmueller 2010). The interval is normal by the spread
 * of placebos, each of them matched on the same predictors. Throws what studyOfLift and fitOnPredictors throw.
 */
export function byPredictors(data: LiftData, { level, synthetic }: LiftSettings): LiftFindings {
  const study = studyOfLift(data);
  const predictors = synthetic.predictors.map((choice) => predictorOf(data, study, choice));
  const fit = fitOnPredictors(study, predictors);
  const placebo = placebosOf(study, predictors, fit);
  const quality = fitQuality(study, fit, false);
  const { pre, periods } = study;
  const units = study.treatedUnits.length;
  const value = meanAfter(study, fit.gaps);
  const others = placebo.units.filter(({ treated }) => !treated);
  const error = spreadOf(others.map(({ effect }) => effect));
  const reach = -normalQuantile((1 - level) / 2);
  const effect = estimateOf(value, value - reach * error, value + reach * error, error);
  const relative = relativeTo(effect, meanAfter(study, fit.counterfactual));
  const observed = [...study.series.data.subarray(0, periods.length)];
  const pointwise = bandBy(
    fit.gaps,
    others.map(({ gaps }) => gaps),
    { reach, blank: pre },
  );
  const totalsOf = (gaps: Float64Array): Float64Array => runningTotals(gaps.subarray(pre), units);
  const rank = placeboRank(placebo);
  return {
    ...nothingFound,
    effect,
    relative,
    total: scaleEstimate(effect, units * (periods.length - pre)),
    pValues: [rank, placeboNormal(value, error, others.length)],
    periods,
    pre,
    observed,
    counterfactual: counterfactualOf(observed, pointwise),
    pointwise,
    cumulative: bandBy(
      totalsOf(fit.gaps),
      others.map(({ gaps }) => totalsOf(gaps)),
      { reach, blank: 0 },
    ),
    cumulativePeriods: periods.slice(pre),
    weights: weightsOf(study, fit.weights),
    fit: {
      ...fitOfGaps(observed, fit.gaps, pre),
      scaledL2: quality.scaledL2,
      outsideRange: quality.outsideRange,
      effectiveControls: quality.effectiveControls,
    },
    placebos: showPlacebos(placebo),
    balance: fit.balance,
    conclusion: conclude(study, effect, { relative, level, pValue: rank.value }),
    assumptions,
    warnings: warningsOf(quality),
  };
}

const assumptions = [
  'The treatment did not touch the controls, and nothing else that began with it touched the treated units alone.',
  'Without treatment the treated units would have kept equal to the weighted controls that match them on the predictors.',
  'The interval takes gaps of placebos for normal and those of the treated unit for as wide.',
];

function warningsOf({ scaledL2 }: FitQuality): string[] {
  const better = Math.round((1 - scaledL2) * 100);
  return scaledL2 > 0.5 ? [`The fit before the treatment is only ${better} % better than equal weights.`] : [];
}

function placebosOf(study: Study, predictors: readonly Predictor[], fit: Fit): PlaceboTest {
  const names = [study.treatedUnits.join(' + '), ...study.controls];
  return placeboTestOf(study, (own) => {
    if (own === study) return fit;
    const order = [own.treatedUnits[0]!, ...own.controls].map((name) => names.indexOf(name));
    const moved = predictors.map(({ name, values }) => ({
      name,
      values: Float64Array.from(order, (at) => values[at]!),
    }));
    return fitOnPredictors(own, moved, placeboEffort);
  });
}

/** Figures with bounds by how far the same figures of placebos are spread; the first `blank` have none. */
function bandBy(
  values: Float64Array,
  placebos: readonly Float64Array[],
  { reach, blank }: { reach: number; blank: number },
): Band {
  const errors = values.map((_, at) => spreadOf(placebos.map((own) => own[at]!)));
  const bound = (sign: number) =>
    Array.from(values, (value, at) => (at < blank ? null : value + sign * reach * errors[at]!));
  return bandOf(values, bound(-1), bound(1));
}

function runningTotals(gaps: Float64Array, units: number): Float64Array {
  let sum = 0;
  return gaps.map((gap) => (sum += gap * units));
}

/** A mean over periods of every unit of the study, the treated ones first. Throws OUT_OF_RANGE and TOO_FEW. */
function predictorOf(
  { panel, covariates }: LiftData,
  study: Study,
  { covariate, from, to }: PredictorChoice,
): Predictor {
  const [first, last] = [panel.periods.indexOf(from), panel.periods.indexOf(to)];
  if (first < 0 || last < first || last >= study.pre) {
    throw new Problem(
      'OUT_OF_RANGE',
      `A predictor is a mean over periods before the treatment; ${from} to ${to} are not.`,
      { from, to },
    );
  }
  const table = covariate === null ? panel.outcomes : covariates.find(({ name }) => name === covariate)?.values;
  if (!table) throw new Problem('OUT_OF_RANGE', `There is no covariate ${covariate}.`, { covariate });
  const levelOf = (unit: string): number => {
    const at = panel.units.indexOf(unit) * table.rows;
    const values = table.data.subarray(at + first, at + last + 1);
    return meanOf(values);
  };
  const treated = study.treatedUnits.map(levelOf);
  const mean = meanOf(treated);
  const span = from === to ? from : `${from}–${to}`;
  return { name: `${covariate ?? 'outcome'} ${span}`, values: Float64Array.of(mean, ...study.controls.map(levelOf)) };
}

function spreadOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
