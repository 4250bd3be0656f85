import { clustersOf } from '../did/covariance.pure.ts';
import type { Inference } from '../did/inference.pure.ts';
import { buildPanel, type Panel } from '../did/panel.pure.ts';
import type { Regression, Term } from '../did/regression.pure.ts';
import { twoByTwo } from '../did/two-by-two.pure.ts';
import { wildClusterTest } from '../did/wild-bootstrap.pure.ts';
import { columnOf } from '../numerics/linear/matrix.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { stream } from '../numerics/random/stream.pure.ts';
import { describeEffect, nameUnits } from '../synthetic-control/describe-effect.pure.ts';
import { meanOf, sumOf } from '../numerics/moments.pure.ts';
import { fitOfGaps } from './fit-of-gaps.pure.ts';
import { cutToEnd, startsOf, type LiftData } from './lift-data.pure.ts';
import type { LiftSettings } from './lift-settings.pure.ts';
import { eventsOfPanel } from './panel-events.pure.ts';
import { pathsOf, treatedCount } from './panel-paths.pure.ts';
import {
  counterfactualOf,
  estimateOf,
  nothingFound,
  relativeTo,
  scaleEstimate,
  type LiftFindings,
  type ParallelTrends,
  type PValue,
} from './lift-result.pure.ts';

/** From so many clusters on the t distribution is close enough. */
const manyClusters = 40;
const leastClusters = 5;

/**
 * Difference in differences of several treated units with one start, errors clustered by unit. Units that lack a value
 * are left out, which is said. Throws TOO_FEW, TOO_FEW_CLUSTERS with one control and what the regression throws.
 */
export function byPanelDifferences(given: LiftData, settings: LiftSettings): LiftFindings {
  const data = cutToEnd(given);
  const { panel, dropped } = completePanel(data);
  const { periods } = data.panel;
  const pre = periods.indexOf(startsOf(data)[0]!);
  requireBefore(pre);
  const alpha = 1 - settings.level;
  const judged = judge(rowsOf(panel, pre, data), alpha, settings.seed);
  const { inference, fit, pValues } = judged;
  const estimate = estimateOf(inference.estimate, inference.low, inference.high, inference.standardError);
  const factor = adjustment(fit.y.length, fit.names.length, panel.units);
  const paths = pathsOf(panel, pre, { df: inference.degreesOfFreedom, alpha, factor });
  const relative = relativeTo(estimate, meanFrom(paths.observed, pre) - inference.estimate);
  const { events, trends } = eventsOfPanel(panel, pre, { df: inference.degreesOfFreedom, alpha, factor });
  return {
    ...nothingFound,
    effect: estimate,
    relative,
    total: scaleEstimate(estimate, treatedCount(panel) * (periods.length - pre)),
    pValues,
    periods,
    pre,
    ...paths,
    counterfactual: counterfactualOf(paths.observed, paths.pointwise),
    cumulativePeriods: periods.slice(pre),
    fit: fitOfGaps(paths.observed, Float64Array.from(paths.pointwise.mean), pre),
    eventStudy: events,
    parallelTrends: trends,
    conclusion: describeEffect({
      subject: `The outcome of ${nameUnits(data.treatments.map(({ unit }) => unit))}`,
      per: 'per unit and period',
      estimate: inference.estimate,
      relative: relative && relative.value,
      low: inference.low,
      high: inference.high,
      level: settings.level,
      // The wild bootstrap where clusters are few.
      pValue: pValues.at(-1)!.value,
    }),
    assumptions: [
      'Without treatment treated and untreated units would have moved alike.',
      'The treatment did not touch the untreated, and nothing else that began with it touched the treated alone.',
      'Units are independent of each other.',
    ],
    warnings: [...warningsOf(trends, dropped, panel.units, data.covariates.length > 0), ...sizeWarnings(panel, pre)],
  };
}

interface Judged {
  readonly inference: Inference;
  readonly fit: Regression;
  /** The one that the conclusion goes by last. */
  readonly pValues: PValue[];
}

function judge(rows: Rows, alpha: number, seed: number): Judged {
  const { effect: inference, fit } = twoByTwo(rows, { kind: 'CLUSTERED', by: [rows.cluster] }, alpha);
  const clusters = clustersOf(rows.cluster);
  const few = clusters.count < manyClusters && clusters.count >= leastClusters;
  const usual: PValue = {
    test: 'CLUSTERED_T',
    value: inference.pValue,
    meaning: `How often chance gives an estimate this far from 0, errors clustered by ${clusters.count} units.`,
    smallest: null,
    monteCarloError: 0,
  };
  if (!few) return { inference, fit, pValues: [usual] };
  const wild = wildClusterTest(fit, 'treated x after', clusters, stream(seed));
  return { inference, fit, pValues: [usual, wildOf(wild, clusters.count)] };
}

/** Periods as their places in time, so that events count periods. */
export function completePanel({ panel, treatments }: LiftData): { panel: Panel; dropped: number } {
  const { units, periods, outcomes } = panel;
  const startOf = new Map(treatments.map(({ unit, start }) => [unit, periods.indexOf(start) + 1]));
  const rows = units
    .flatMap((unit, index) =>
      Array.from(columnOf(outcomes, index), (value, period) => ({
        unit: index,
        period: period + 1,
        value,
        start: startOf.get(unit) ?? 0,
      })),
    )
    .filter(({ value }) => !Number.isNaN(value));
  const built = buildPanel({
    unit: rows.map(({ unit }) => unit),
    period: rows.map(({ period }) => period),
    outcome: rows.map(({ value }) => value),
    firstTreated: rows.map(({ start }) => start),
  });
  if (built.periods.length < periods.length) {
    throw new Problem('NOT_FINITE', 'In one period no unit has a value. Fill it or leave the period out.');
  }
  return { panel: built, dropped: built.dropped };
}

function requireBefore(pre: number): void {
  if (pre >= 1) return;
  throw new Problem(
    'TOO_FEW',
    'There is no period before the treatment, so nothing to compare with. Take more history.',
    { periods: 0 },
  );
}

interface Rows {
  readonly outcome: Float64Array;
  readonly treated: Float64Array;
  readonly after: Float64Array;
  readonly covariates: readonly Term[];
  readonly cluster: Int32Array;
}

function rowsOf({ outcome, units, firstTreated }: Panel, pre: number, { panel, covariates }: LiftData): Rows {
  const whole = panel.units.flatMap((_, unit) => (columnOf(panel.outcomes, unit).some(Number.isNaN) ? [] : [unit]));
  return {
    outcome,
    treated: outcome.map((_, row) => (Number.isFinite(firstTreated[row % units]!) ? 1 : 0)),
    after: outcome.map((_, row) => (Math.floor(row / units) >= pre ? 1 : 0)),
    covariates: covariates.map(({ name, values }) => ({
      name,
      values: outcome.map((_, row) => values.data[whole[row % units]! * values.rows + Math.floor(row / units)]!),
    })),
    cluster: Int32Array.from(outcome, (_, row) => row % units),
  };
}

/** What HC1 multiplies a clustered variance by. */
function adjustment(rows: number, columns: number, clusters: number): number {
  return (clusters / (clusters - 1)) * ((rows - 1) / (rows - columns));
}

function meanFrom(values: readonly number[], from: number): number {
  return sumOf(values.slice(from)) / (values.length - from);
}

function wildOf(
  { pValue, simulationError, replications }: ReturnType<typeof wildClusterTest>,
  clusters: number,
): PValue {
  return {
    test: 'WILD_BOOTSTRAP',
    value: pValue,
    meaning: `The same by ${replications} wild bootstrap draws of the ${clusters} units, which are few for the usual errors; the conclusion goes by it.`,
    smallest: clusters < 13 ? 2 ** (1 - clusters) : 1 / (replications + 1),
    monteCarloError: simulationError,
  };
}

function warningsOf(trends: ParallelTrends | null, dropped: number, clusters: number, adjusted: boolean): string[] {
  return [
    ...(dropped > 0 ? [`${dropped} units lack a period and were left out.`] : []),
    ...(trends && trends.pValue < 0.05 ? ['Treated and untreated units moved apart before the treatment.'] : []),
    ...(clusters < 10 ? [`${clusters} units are few; intervals may be too narrow.`] : []),
    ...(adjusted ? ['Covariates adjust the effect and the total, not the effects of single periods.'] : []),
  ];
}

/** From so many times the size on, levels of treated and untreated units rarely move alike. */
const unlike = 1.5;

/** Units of another size move by other amounts when all of them grow by the same share. */
function sizeWarnings({ units, outcome, firstTreated }: Panel, pre: number): string[] {
  const levelOf = (treated: boolean): number => {
    const own = outcome
      .subarray(0, pre * units)
      .filter((_, row) => Number.isFinite(firstTreated[row % units]!) === treated);
    return meanOf(own);
  };
  const ratio = levelOf(true) / levelOf(false);
  if (!(ratio > 0) || (ratio <= unlike && ratio >= 1 / unlike)) return [];
  const size = Number(ratio.toPrecision(2));
  return [
    `Before the treatment the treated units were ${size} times the size of the others. What moves all by the same share then moves them by other amounts and counts as an effect: use synthetic control, or give logarithms.`,
  ];
}
