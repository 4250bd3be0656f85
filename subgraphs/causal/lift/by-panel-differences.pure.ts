import { clustersOf } from '../did/covariance.pure.ts';
import { eventStudy } from '../did/event-study.pure.ts';
import { buildPanel, type Panel } from '../did/panel.pure.ts';
import type { Term } from '../did/regression.pure.ts';
import { twoByTwo } from '../did/two-by-two.pure.ts';
import { wildClusterTest } from '../did/wild-bootstrap.pure.ts';
import { tQuantile } from '../numerics/distributions.pure.ts';
import { columnOf } from '../numerics/linear/matrix.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { stream } from '../numerics/random/stream.pure.ts';
import { describeEffect, nameUnits } from '../synthetic-control/describe-effect.pure.ts';
import { fitOfGaps } from './fit-of-gaps.pure.ts';
import { cutToEnd, startsOf, type LiftData } from './lift-data.pure.ts';
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
  type ParallelTrends,
  type PValue,
} from './lift-result.pure.ts';

/** From so many clusters on the t distribution is close enough. */
const manyClusters = 40;
const leastClusters = 5;
const significant = 0.05;

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
  const rows = rowsOf(panel, pre, data);
  const { effect: inference, fit } = twoByTwo(rows, { kind: 'CLUSTERED', by: [rows.cluster] }, alpha);
  const size = treatedCount(panel);
  const estimate = estimateOf(inference.estimate, inference.low, inference.high, inference.standardError);
  const paths = pathsOf(panel, pre, {
    df: inference.degreesOfFreedom,
    alpha,
    factor: adjustment(fit.y.length, fit.names.length, panel.units),
  });
  const expected = meanFrom(paths.observed, pre) - inference.estimate;
  const relative = relativeTo(estimate, expected);
  const clusters = clustersOf(rows.cluster);
  const wild =
    clusters.count < manyClusters && clusters.count >= leastClusters
      ? wildClusterTest(fit, 'treated x after', clusters, stream(settings.seed))
      : null;
  const events = pre > 1 || periods.length - pre > 1 ? eventStudy(panel, alpha) : null;
  const judged = wild ? wild.pValue : inference.pValue;
  return {
    ...nothingFound,
    effect: estimate,
    relative,
    total: scaleEstimate(estimate, size * (periods.length - pre)),
    pValues: [
      {
        test: 'CLUSTERED_T',
        value: inference.pValue,
        meaning: `How often chance gives an estimate this far from 0, errors clustered by ${clusters.count} units.`,
        smallest: null,
        monteCarloError: 0,
      },
      ...(wild ? [wildOf(wild, clusters.count)] : []),
    ],
    periods,
    pre,
    observed: paths.observed,
    counterfactual: counterfactualOf(paths.observed, paths.pointwise),
    pointwise: paths.pointwise,
    cumulative: paths.cumulative,
    cumulativePeriods: periods.slice(pre),
    fit: fitOfGaps(paths.observed, Float64Array.from(paths.pointwise.mean), pre),
    eventStudy: (events?.effects ?? []).map(({ event, estimate: own, low, high, pValue }) => ({
      event,
      estimate: own,
      low,
      high,
      pValue,
      bandLow: null,
      bandHigh: null,
    })),
    parallelTrends: events?.parallelTrends ? judgeTrends(events.parallelTrends) : null,
    conclusion: describeEffect({
      subject: `The outcome of ${nameUnits(treatedNames(data))}`,
      per: 'per unit and period',
      estimate: inference.estimate,
      relative: relative && relative.value,
      low: inference.low,
      high: inference.high,
      level: settings.level,
      pValue: judged,
    }),
    assumptions: [
      'Without treatment treated and untreated units would have moved alike.',
      'The treatment did not touch the untreated, and nothing else that began with it touched the treated alone.',
      'Units are independent of each other.',
    ],
    warnings: warningsOf(events?.parallelTrends ?? null, dropped, clusters.count),
  };
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

function treatedNames({ treatments }: LiftData): string[] {
  return treatments.map(({ unit }) => unit);
}

function treatedCount({ firstTreated }: Panel): number {
  return firstTreated.filter(Number.isFinite).length;
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

interface Judging {
  readonly df: number;
  readonly alpha: number;
  readonly factor: number;
}

interface Paths {
  readonly observed: number[];
  readonly pointwise: Band;
  readonly cumulative: Band;
}

/**
 * Effects per period and their running totals against the mean before the treatment. Each is a difference of two means
 * over units, so that its clustered error follows from how units of a kind differ.
 */
function pathsOf(panel: Panel, pre: number, { df, alpha, factor }: Judging): Paths {
  const { units, outcome, firstTreated, periods } = panel;
  const before = Float64Array.from({ length: units }, (_, unit) => {
    let sum = 0;
    for (let t = 0; t < pre; t++) sum += outcome[t * units + unit]!;
    return sum / pre;
  });
  const reach = -tQuantile(alpha / 2, df) * Math.sqrt(factor);
  const running = new Float64Array(units);
  const count = treatedCount(panel);
  const single = periods.map((_, t) => {
    const moved = before.map((own, unit) => outcome[t * units + unit]! - own);
    if (t >= pre) moved.forEach((value, unit) => (running[unit] = running[unit]! + value));
    return { now: difference(moved, firstTreated), sum: difference(running, firstTreated) };
  });
  const band = (rows: readonly { value: number; error: number }[], size: number, blank: number): Band =>
    bandOf(
      rows.map(({ value }) => value * size),
      rows.map(({ value, error }, at) => (at < blank ? null : (value - reach * error) * size)),
      rows.map(({ value, error }, at) => (at < blank ? null : (value + reach * error) * size)),
    );
  const observed = periods.map((_, t) => {
    const own = outcome.subarray(t * units, (t + 1) * units);
    return own.reduce((sum, value, unit) => sum + (Number.isFinite(firstTreated[unit]!) ? value / count : 0), 0);
  });
  return {
    observed,
    pointwise: band(
      single.map(({ now }) => now),
      1,
      pre,
    ),
    cumulative: band(
      single.slice(pre).map(({ sum }) => sum),
      count,
      0,
    ),
  };
}

/** Difference of the means of treated and untreated units, and its error when spreads differ. */
function difference(values: Float64Array, firstTreated: Float64Array): { value: number; error: number } {
  const [treated, others] = [true, false].map((kind) => {
    const own = values.filter((_, unit) => Number.isFinite(firstTreated[unit]!) === kind);
    const mean = own.reduce((sum, value) => sum + value, 0) / own.length;
    return { mean, squares: own.reduce((sum, value) => sum + (value - mean) ** 2, 0) / own.length ** 2 };
  });
  return { value: treated!.mean - others!.mean, error: Math.sqrt(treated!.squares + others!.squares) };
}

function meanFrom(values: readonly number[], from: number): number {
  return values.slice(from).reduce((sum, value) => sum + value, 0) / (values.length - from);
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

/** Says what a test that nothing moved before the treatment allows. */
export function judgeTrends({ pValue, effects }: { pValue: number; effects: number }): ParallelTrends {
  const conclusion =
    pValue < significant
      ? 'Treated and untreated units moved apart before the treatment: the effect may be that and not the treatment.'
      : 'Nothing shows that treated and untreated units moved apart before the treatment, which does not prove that they would have moved alike after it.';
  return { pValue, effects, conclusion };
}

function warningsOf(trends: { pValue: number } | null, dropped: number, clusters: number): string[] {
  return [
    ...(dropped > 0 ? [`${dropped} units lack a period and were left out.`] : []),
    ...(trends && trends.pValue < significant ? ['Treated and untreated units moved apart before the treatment.'] : []),
    ...(clusters < 10 ? [`${clusters} units are few; intervals may be too narrow.`] : []),
  ];
}
