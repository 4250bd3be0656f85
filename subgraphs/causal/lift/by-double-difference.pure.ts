import { normalQuantile, normalSurvival } from '../numerics/distributions.pure.ts';
import { describeEffect, nameUnits } from '../synthetic-control/describe-effect.pure.ts';
import type { Study } from '../synthetic-control/panel.pure.ts';
import { placeboTestOf } from '../synthetic-control/placebo.pure.ts';
import { meanAfter } from '../synthetic-control/ridge-augment.pure.ts';
import {
  doubleDifferencePath,
  placeboErrors,
  syntheticDid,
  type SyntheticDid,
} from '../synthetic-control/synthetic-did.pure.ts';
import { placeboRank, showPlacebos, weightsOf } from './by-synthetic-control.pure.ts';
import { fitOfGaps } from './fit-of-gaps.pure.ts';
import { studyOfLift, type LiftData } from './lift-data.pure.ts';
import type { LiftSettings } from './lift-settings.pure.ts';
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

/** A way to put a counterfactual next to a treated series. */
interface Differences {
  readonly path: (study: Study) => Float64Array;
  readonly assumptions: readonly string[];
  readonly warnings: readonly string[];
}

const common = [
  'The treatment did not touch the controls, and nothing else that began with it touched the treated units alone.',
  'The treated units are as noisy as the controls, whose placebos give the standard error.',
];

/** Evaluate by synthetic difference in differences. Throws what studyOfLift and placeboErrors throw. */
export function bySyntheticDid(data: LiftData, settings: LiftSettings): LiftFindings {
  const study = studyOfLift(data);
  const units = study.treatedUnits.length;
  const solve = (own: Study): SyntheticDid => syntheticDid(own, units);
  const { unitWeights, timeWeights } = solve(study);
  const found = byPaths(study, settings, {
    path: (own) => {
      const weights = solve(own);
      return doubleDifferencePath(own, weights.unitWeights, weights.timeWeights);
    },
    assumptions: [
      'Without treatment the treated units would have moved in parallel with the weighted controls over the weighted periods.',
      ...common,
    ],
    warnings: [],
  });
  const times = Array.from(timeWeights, (weight, period) => ({
    unit: study.periods[period]!,
    weight,
    inclusion: null,
  }));
  return {
    ...found,
    weights: weightsOf(study, unitWeights),
    timeWeights: times.filter(({ weight }) => weight > 1e-6),
  };
}

/**
 * Difference in differences of one treated unit: how such units differ cannot be seen from one, so that errors are those
 * of placebos. Throws what studyOfLift and placeboErrors throw.
 */
export function byOneTreated(data: LiftData, settings: LiftSettings): LiftFindings {
  const study = studyOfLift(data);
  return byPaths(study, settings, {
    path: (own) => doubleDifferencePath(own, null, null),
    assumptions: [
      'Without treatment the treated unit would have moved in parallel with the mean of the controls.',
      ...common,
    ],
    warnings: [
      'One unit is treated, so errors cannot be clustered; the interval is that of placebos, every control as if it had been treated.',
    ],
  });
}

function byPaths(
  study: Study,
  { level, seed }: LiftSettings,
  { path, assumptions, warnings }: Differences,
): LiftFindings {
  const { pre, periods, series } = study;
  const post = periods.length - pre;
  const units = study.treatedUnits.length;
  const gapsOf = (own: Study): Float64Array => {
    const expected = path(own);
    return expected.map((value, period) => own.series.data[period]! - value);
  };
  const gaps = gapsOf(study);
  const value = meanAfter(study, gaps);
  const errors = placeboErrors(study, (own) => withTotals(own, gapsOf(own)), { seed });
  const reach = -normalQuantile((1 - level) / 2);
  const [single, running] = [errors.standardErrors.subarray(0, post), errors.standardErrors.subarray(post)];
  const error = running[post - 1]! / post;
  const effect = estimateOf(value, value - reach * error, value + reach * error, error);
  const pValue = Math.min(1, 2 * normalSurvival(Math.abs(value) / error));
  const observed = [...series.data.subarray(0, periods.length)];
  const pointwise = around(gaps, single, reach, pre);
  const expected = observed.slice(pre).reduce((sum, own) => sum + own, 0) / post - value;
  const relative = relativeTo(effect, expected);
  const placebo = placeboTestOf(study, (own) => {
    const counterfactual = path(own);
    return { weights: new Float64Array(), counterfactual, gaps: gapsOf(own) };
  });
  const totals = Float64Array.from(withTotals(study, gaps).subarray(post), (total) => total * units);
  return {
    ...nothingFound,
    effect,
    relative,
    total: scaleEstimate(effect, units * post),
    pValues: [
      {
        test: 'PLACEBO_NORMAL',
        value: pValue,
        meaning: `How often chance gives an estimate this far from 0, by the spread of ${errors.replications} placebos.`,
        smallest: null,
        monteCarloError: 0,
      },
      placeboRank(placebo),
    ],
    periods,
    pre,
    observed,
    counterfactual: counterfactualOf(observed, pointwise),
    pointwise,
    cumulative: around(
      totals,
      running.map((own) => own * units),
      reach,
      0,
    ),
    cumulativePeriods: periods.slice(pre),
    fit: fitOfGaps(observed, gaps, pre),
    placebos: showPlacebos(placebo),
    conclusion: describeEffect({
      subject: `The outcome of ${nameUnits(study.treatedUnits)}`,
      per: 'per unit and period',
      estimate: value,
      relative: relative && relative.value,
      low: effect.low,
      high: effect.high,
      level,
      pValue,
    }),
    assumptions,
    warnings,
  };
}

/** Gaps of the treated periods, then their running sums. */
function withTotals({ pre }: Study, gaps: Float64Array): Float64Array {
  const after = gaps.subarray(pre);
  let sum = 0;
  return Float64Array.of(...after, ...after.map((gap) => (sum += gap)));
}

/** Figures with normal bounds by their errors; the first `blank` figures have none. */
function around(values: Float64Array, errors: Float64Array, reach: number, blank: number): Band {
  const bound = (sign: number) =>
    Array.from(values, (value, at) => (at < blank ? null : value + sign * reach * errors[at - blank]!));
  return bandOf(values, bound(-1), bound(1));
}
