import { normalQuantile, normalSurvival } from '../numerics/distributions.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { fitOnPredictors, type Predictor } from '../synthetic-control/covariate-weights.pure.ts';
import { describeEffect, nameUnits } from '../synthetic-control/describe-effect.pure.ts';
import { fitQuality } from '../synthetic-control/fit-quality.pure.ts';
import type { Study } from '../synthetic-control/panel.pure.ts';
import { placeboTestOf } from '../synthetic-control/placebo.pure.ts';
import { meanAfter } from '../synthetic-control/ridge-augment.pure.ts';
import { placeboRank, showPlacebos, weightsOf } from './by-synthetic-control.pure.ts';
import { fitOfGaps } from './fit-of-gaps.pure.ts';
import { studyOfLift, type LiftData } from './lift-data.pure.ts';
import type { LiftSettings, PredictorChoice } from './lift-settings.pure.ts';
import {
  bandOf,
  counterfactualOf,
  estimateOf,
  nothingFound,
  relativeTo,
  scaleEstimate,
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
  const names = [study.treatedUnits.join(' + '), ...study.controls];
  const placebo = placeboTestOf(study, (own) => {
    if (own === study) return fit;
    const order = [own.treatedUnits[0]!, ...own.controls].map((name) => names.indexOf(name));
    const moved = predictors.map(({ name, values }) => ({
      name,
      values: Float64Array.from(order, (at) => values[at]!),
    }));
    return fitOnPredictors(own, moved, placeboEffort);
  });
  const quality = fitQuality(study, fit, false);
  const { pre, periods } = study;
  const [post, units] = [periods.length - pre, study.treatedUnits.length];
  const value = meanAfter(study, fit.gaps);
  const error = spreadOf(placebo.units.filter(({ treated }) => !treated).map(({ effect }) => effect));
  const reach = -normalQuantile((1 - level) / 2);
  const effect = estimateOf(value, value - reach * error, value + reach * error, error);
  const observed = [...study.series.data.subarray(0, periods.length)];
  const errors = periods.map((_, t) =>
    spreadOf(placebo.units.filter(({ treated }) => !treated).map(({ gaps }) => gaps[t]!)),
  );
  const bound = (sign: number) => periods.map((_, t) => (t < pre ? null : fit.gaps[t]! + sign * reach * errors[t]!));
  const pointwise = bandOf(fit.gaps, bound(-1), bound(1));
  const relative = relativeTo(effect, meanAfter(study, fit.counterfactual));
  const running = (gaps: Float64Array): number[] => {
    let sum = 0;
    return Array.from(gaps.subarray(pre), (gap) => (sum += gap * units));
  };
  const sums = placebo.units.filter(({ treated }) => !treated).map(({ gaps }) => running(gaps));
  const totals = running(fit.gaps);
  const reachOf = (at: number): number => reach * spreadOf(sums.map((own) => own[at]!));
  const rank = placeboRank(placebo);
  return {
    ...nothingFound,
    effect,
    relative,
    total: scaleEstimate(effect, units * post),
    pValues: [
      rank,
      {
        test: 'PLACEBO_NORMAL',
        value: Math.min(1, 2 * normalSurvival(Math.abs(value) / error)),
        meaning: `How often chance gives an estimate this far from 0, by the spread of ${placebo.units.length - 1} placebos; poorly fitted placebos widen it.`,
        smallest: null,
        monteCarloError: 0,
      },
    ],
    periods,
    pre,
    observed,
    counterfactual: counterfactualOf(observed, pointwise),
    pointwise,
    cumulative: bandOf(
      totals,
      totals.map((total, at) => total - reachOf(at)),
      totals.map((total, at) => total + reachOf(at)),
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
    conclusion: describeEffect({
      subject: `The outcome of ${nameUnits(study.treatedUnits)}`,
      per: 'per unit and period',
      estimate: value,
      relative: relative && relative.value,
      low: effect.low,
      high: effect.high,
      level,
      pValue: rank.value,
    }),
    assumptions: [
      'The treatment did not touch the controls, and nothing else that began with it touched the treated units alone.',
      'Without treatment the treated units would have kept equal to the weighted controls that match them on the predictors.',
      'The interval takes gaps of placebos for normal and those of the treated unit for as wide.',
    ],
    warnings:
      quality.scaledL2 > 0.5
        ? [
            `The fit before the treatment is only ${Math.round((1 - quality.scaledL2) * 100)} % better than equal weights.`,
          ]
        : [],
  };
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
  const meanOf = (unit: string): number => {
    const at = panel.units.indexOf(unit) * table.rows;
    const values = table.data.subarray(at + first, at + last + 1);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const treated = study.treatedUnits.map(meanOf);
  const mean = treated.reduce((sum, value) => sum + value, 0) / treated.length;
  const span = from === to ? from : `${from}–${to}`;
  return { name: `${covariate ?? 'outcome'} ${span}`, values: Float64Array.of(mean, ...study.controls.map(meanOf)) };
}

function spreadOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}
