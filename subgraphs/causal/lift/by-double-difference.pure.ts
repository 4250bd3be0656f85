import { normalQuantile } from '../numerics/distributions.pure.ts';
import type { Study } from '../synthetic-control/panel.pure.ts';
import { placeboTestOf, type PlaceboTest } from '../synthetic-control/placebo.pure.ts';
import { meanAfter } from '../synthetic-control/ridge-augment.pure.ts';
import {
  doubleDifferencePath,
  placeboErrors,
  syntheticDid,
  type SyntheticDid,
} from '../synthetic-control/synthetic-did.pure.ts';
import { sumOf } from '../numerics/moments.pure.ts';
import { weightsOf } from './by-synthetic-control.pure.ts';
import { conclude } from './conclude.pure.ts';
import { fitOfGaps } from './fit-of-gaps.pure.ts';
import { studyOfLift, type LiftData } from './lift-data.pure.ts';
import type { LiftSettings } from './lift-settings.pure.ts';
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

function byPaths(study: Study, settings: LiftSettings, differences: Differences): LiftFindings {
  const { pre, periods, series } = study;
  const post = periods.length - pre;
  const units = study.treatedUnits.length;
  const gaps = gapsBy(differences, study);
  const value = meanAfter(study, gaps);
  const { level, seed } = settings;
  const errors = placeboErrors(study, (own) => withTotals(own, gapsBy(differences, own)), { seed });
  const reach = -normalQuantile((1 - level) / 2);
  const [single, running] = [errors.standardErrors.subarray(0, post), errors.standardErrors.subarray(post)];
  const error = running[post - 1]! / post;
  const effect = estimateOf(value, value - reach * error, value + reach * error, error);
  const normal = placeboNormal(value, error, errors.replications);
  const observed = [...series.data.subarray(0, periods.length)];
  const pointwise = around(gaps, single, reach, pre);
  const relative = relativeTo(effect, sumOf(observed.slice(pre)) / post - value);
  const placebo = placebosOf(differences, study);
  const totals = Float64Array.from(withTotals(study, gaps).subarray(post), (total) => total * units);
  return {
    ...nothingFound,
    effect,
    relative,
    total: scaleEstimate(effect, units * post),
    pValues: [normal, placeboRank(placebo)],
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
    conclusion: conclude(study, effect, { relative, level, pValue: normal.value }),
    assumptions: differences.assumptions,
    warnings: differences.warnings,
  };
}

function gapsBy({ path }: Differences, study: Study): Float64Array {
  return path(study).map((value, period) => study.series.data[period]! - value);
}

function placebosOf(differences: Differences, study: Study): PlaceboTest {
  return placeboTestOf(study, (own) => ({
    weights: new Float64Array(),
    counterfactual: differences.path(own),
    gaps: gapsBy(differences, own),
  }));
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
