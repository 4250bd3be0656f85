import { estimateImpact, type Posterior, type PosteriorSeries } from '../causal-impact/estimate-impact.pure.ts';
import type { ImpactData } from '../causal-impact/impact-data.pure.ts';
import { columnOf } from '../numerics/linear/matrix.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { nameUnits } from '../synthetic-control/describe-effect.pure.ts';
import type { Study } from '../synthetic-control/panel.pure.ts';
import { fitOfGaps } from './fit-of-gaps.pure.ts';
import { startsOf, type LiftData } from './lift-data.pure.ts';
import type { LiftSettings } from './lift-settings.pure.ts';
import {
  bandOf,
  estimateOf,
  nothingFound,
  scaleEstimate,
  type Band,
  type Estimate,
  type LiftFindings,
} from './lift-result.pure.ts';

/**
 * The treated units' mean against all controls. Unlike synthetic control one control is enough, and none is allowed.
 * Throws NO_OVERLAP for several starts, OUT_OF_RANGE and what standardise throws.
 */
export function impactDataOf({ panel, treatments }: LiftData, starts: readonly string[]): ImpactData {
  const [start, ...others] = starts;
  if (start === undefined || others.length > 0) {
    throw new Problem(
      'NO_OVERLAP',
      `The treatments start in ${starts.join(', ')}. Causal impact takes one start; use difference in differences.`,
    );
  }
  const treated = treatments.map(({ unit }) => panel.units.indexOf(unit));
  const response = new Float64Array(panel.periods.length);
  for (const unit of treated) {
    columnOf(panel.outcomes, unit).forEach(
      (value, period) => (response[period] = response[period]! + value / treated.length),
    );
  }
  const controls = panel.units.flatMap((name, unit) =>
    treated.includes(unit) ? [] : [{ name, values: columnOf(panel.outcomes, unit).slice() }],
  );
  return { periods: panel.periods, response, controls, start };
}

/** The data of an impact as a study, for tests that refit. */
export function studyOfImpact(data: LiftData): Study {
  const { response, controls, periods, start } = impactDataOf(data, startsOf(data));
  const series = {
    rows: periods.length,
    columns: controls.length + 1,
    data: new Float64Array(periods.length * (controls.length + 1)),
  };
  series.data.set(response);
  controls.forEach(({ values }, index) => series.data.set(values, (index + 1) * periods.length));
  return {
    treatedUnits: data.treatments.map(({ unit }) => unit),
    controls: controls.map(({ name }) => name),
    periods,
    pre: periods.indexOf(start),
    series,
  };
}

/** Evaluate by Bayesian structural time series. Throws as impactDataOf and estimateImpact. */
export function byCausalImpact(data: LiftData, { level, seed, impact }: LiftSettings): LiftFindings {
  const given = impactDataOf(data, startsOf(data));
  const found = estimateImpact(given, {
    draws: impact.draws,
    trend: impact.trend,
    seasons: impact.seasons,
    duration: impact.seasonLength,
    levelSpread: impact.levelSpread,
    alpha: 1 - level,
    subject: `The outcome of ${nameUnits(data.treatments.map(({ unit }) => unit))}`,
    seed,
  });
  const units = data.treatments.length;
  const { pre, periods } = found;
  const pointwise = beyond(found.pointwise, pre);
  return {
    ...nothingFound,
    effect: posterior(found.effect),
    relative: found.relative && posterior(found.relative),
    total: scaleEstimate(posterior(found.total), units),
    pValues: [
      {
        test: 'TAIL_AREA',
        value: found.pValue,
        meaning: 'The posterior share of counterfactual totals at least as far out as what was observed, on one side.',
        smallest: 1 / (Math.round(impact.draws * 0.9) + 1),
        monteCarloError: Math.sqrt((found.pValue * (1 - found.pValue)) / Math.max(1, found.convergence.bulkEss)),
      },
    ],
    periods,
    pre,
    observed: [...given.response],
    counterfactual: bandOf(found.counterfactual.mean, found.counterfactual.low, found.counterfactual.high),
    pointwise,
    cumulative: times(found.cumulative, units),
    cumulativePeriods: periods.slice(pre),
    weights: found.controls.map(({ name, inclusion, coefficient }) => ({
      unit: name,
      weight: coefficient.mean,
      inclusion,
    })),
    fit: fitOfGaps(given.response, found.pointwise.mean, pre),
    conclusion: found.conclusion,
    assumptions: found.assumptions,
    warnings: found.warnings,
  };
}

function posterior({ mean, sd, low, high }: Posterior): Estimate {
  return estimateOf(mean, low, high, sd);
}

/** Bounds of the effect only from the start on: before it there is none to bound. */
function beyond({ mean, low, high }: PosteriorSeries, pre: number): Band {
  const cut = (values: Float64Array) => Array.from(values, (value, period) => (period < pre ? null : value));
  return bandOf(mean, cut(low), cut(high));
}

function times({ mean, low, high }: PosteriorSeries, factor: number): Band {
  const by = (values: Float64Array): Float64Array => values.map((value) => value * factor);
  return bandOf(by(mean), by(low), by(high));
}
