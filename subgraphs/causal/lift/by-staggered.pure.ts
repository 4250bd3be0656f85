import { aggregateEffects, type Aggregate, type Aggregation } from '../did/aggregate.pure.ts';
import { twoWayFixedEffects } from '../did/event-study.pure.ts';
import { infer, type Inference } from '../did/inference.pure.ts';
import { simultaneousBands } from '../did/multiplier-bands.pure.ts';
import { staggeredEffects, standardErrorOf, type GroupTimeEffect, type Staggered } from '../did/staggered.pure.ts';
import { addScaled } from '../numerics/linear/matrix.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { stream } from '../numerics/random/stream.pure.ts';
import { describeEffect } from '../synthetic-control/describe-effect.pure.ts';
import { completePanel } from './by-panel-differences.pure.ts';
import { fitOfGaps } from './fit-of-gaps.pure.ts';
import { cutToEnd, type LiftData } from './lift-data.pure.ts';
import type { LiftSettings } from './lift-settings.pure.ts';
import { judgeTrends } from './panel-events.pure.ts';
import {
  bandOf,
  counterfactualOf,
  estimateOf,
  nothingFound,
  relativeTo,
  scaleEstimate,
  type Band,
  type GroupEffect,
  type LiftAggregate,
  type LiftEvent,
  type LiftFindings,
  type PValue,
} from './lift-result.pure.ts';

/**
 * Difference in differences with several starts (Callaway & Sant'Anna 2021). The headline is the aggregation that was
 * chosen; the total is the simple average times the treated units and periods. Throws what staggeredEffects throws.
 */
export function byStaggered(given: LiftData, settings: LiftSettings): LiftFindings {
  const data = cutToEnd(given);
  const { panel } = completePanel(data);
  const alpha = 1 - settings.level;
  const { controlGroup: controls, aggregation } = settings.differences;
  const result = staggeredEffects(panel, { controls, alpha });
  const aggregates = allAggregates.map((by) => ({ by, ...aggregateEffects(result, by, alpha) }));
  const overallOf = (by: Aggregation): Inference => aggregates.find((own) => own.by === by)!.overall;
  const [overall, simple] = [overallOf(aggregation), overallOf('SIMPLE')];
  const series = calendarOf(result, data, alpha);
  const pre = Math.min(...groupsOf(result)) - 1;
  const relative = relativeTo(asEstimate(overall), treatedMean(result) - simple.estimate);
  const label = (period: number): string => data.panel.periods[period - 1]!;
  return {
    ...nothingFound,
    effect: asEstimate(overall),
    relative,
    total: scaleEstimate(asEstimate(simple), treatedCells(result)),
    pValues: [pValueOf(overall)],
    periods: data.panel.periods,
    pre,
    ...series,
    fit: fitOfGaps(series.observed, Float64Array.from(series.pointwise.mean), pre),
    eventStudy: eventsOf(
      aggregates.find(({ by }) => by === 'EVENT')!,
      settings,
    ),
    parallelTrends: result.parallelTrends && judgeTrends(result.parallelTrends),
    groupEffects: result.effects.map((effect) => showGroup(effect, label)),
    aggregates: [
      ...aggregates.map((own) => showAggregate(own, label)),
      ...fixedEffects(() => twoWayFixedEffects(panel, alpha)),
    ],
    conclusion: describeEffect({
      ...overall,
      subject: `The outcome of ${groupsOf(result).length} groups of treated units`,
      per: 'per unit and period',
      relative: relative && relative.value,
      level: settings.level,
    }),
    assumptions: [
      `Without treatment each group would have moved like the units that were ${controls === 'NEVER_TREATED' ? 'never' : 'not yet'} treated.`,
      'No unit changed before its treatment because of it, and none was touched by the treatment of another.',
      'Units are independent of each other.',
    ],
    warnings: warningsOf(result, label),
  };
}

const allAggregates = ['SIMPLE', 'EVENT', 'GROUP', 'CALENDAR'] as const;

function pValueOf({ pValue }: Inference): PValue {
  const meaning = 'How often chance gives an average effect this far from 0, errors clustered by unit.';
  return { test: 'NORMAL', value: pValue, meaning, smallest: null, monteCarloError: 0 };
}

function showGroup(
  { group, period, estimate, standardError, low, high }: GroupTimeEffect,
  label: (period: number) => string,
): GroupEffect {
  return { group: label(group), period: label(period), estimate, standardError, low, high };
}

function warningsOf(result: Staggered, label: (period: number) => string): string[] {
  const apart = result.parallelTrends !== null && result.parallelTrends.pValue < 0.05;
  return [
    ...result.warnings.map((warning) => withLabels(warning, groupsOf(result), label)),
    ...(apart ? ['Groups and controls moved apart before the treatment.'] : []),
  ];
}

function asEstimate({ estimate, low, high, standardError }: Inference) {
  return estimateOf(estimate, low, high, standardError);
}

function groupsOf({ effects }: Staggered): number[] {
  return [...new Set(effects.map(({ group }) => group))].toSorted((a, b) => a - b);
}

/** Warnings name groups by the place of their start. */
function withLabels(warning: string, groups: readonly number[], label: (period: number) => string): string {
  const match = /start in ([\d, ]+);/.exec(warning);
  if (!match) return warning;
  const named = groups.filter((group) => match[1]!.split(', ').includes(String(group)));
  return warning.replace(match[1]!, named.map(label).join(', '));
}

/** Units of the groups that have effects, and in how many periods they are treated. */
function treatedCells({ panel, effects }: Staggered): number {
  const groups = new Set(effects.map(({ group }) => group));
  const last = panel.periods.at(-1)!;
  return panel.firstTreated.reduce((sum, start) => sum + (groups.has(start) ? last - start + 1 : 0), 0);
}

/** Mean outcome of treated units in treated periods. */
function treatedMean({ panel }: Staggered): number {
  const { units, outcome, firstTreated, periods } = panel;
  let [sum, count] = [0, 0];
  periods.forEach((period, t) =>
    firstTreated.forEach((start, unit) => {
      if (period < start || start <= periods[0]!) return;
      sum += outcome[t * units + unit]!;
      count++;
    }),
  );
  return sum / count;
}

function eventsOf({ effects }: Aggregate, { level, seed }: LiftSettings): LiftEvent[] {
  const { bands } = simultaneousBands(effects, stream(seed), { alpha: 1 - level });
  return effects.map(({ key, estimate, low, high, pValue }, index) => ({
    event: key,
    estimate,
    low,
    high,
    pValue,
    bandLow: bands[index]!.low,
    bandHigh: bands[index]!.high,
  }));
}

function showAggregate(
  { by, overall, effects }: Aggregate & { by: Aggregation },
  label: (period: number) => string,
): LiftAggregate {
  const { estimate, standardError, low, high, pValue } = overall;
  const keyOf = (key: number): string => (by === 'EVENT' ? String(key) : label(key));
  const parts = effects.map((own) => ({
    key: keyOf(own.key),
    estimate: own.estimate,
    standardError: own.standardError,
  }));
  return { by, estimate, standardError, low, high, pValue, parts };
}

/** For comparison alone: where the regression cannot be made, nothing is shown. */
function fixedEffects(regress: () => Inference): LiftAggregate[] {
  try {
    const { estimate, standardError, low, high, pValue } = regress();
    return [{ by: 'FIXED_EFFECTS', estimate, standardError, low, high, pValue, parts: [] }];
  } catch (error) {
    if (error instanceof Problem) return [];
    throw error;
  }
}

/** Means of all units of the groups by period: observed, and less the effects that have begun, weighed by group size. */
function calendarOf(
  { panel, effects }: Staggered,
  data: LiftData,
  alpha: number,
): Pick<LiftFindings, 'observed' | 'counterfactual' | 'pointwise' | 'cumulative' | 'cumulativePeriods'> {
  const { units, outcome, firstTreated, periods } = panel;
  const groups = [...new Set(effects.map(({ group }) => group))];
  const sizeOf = (group: number): number => firstTreated.filter((start) => start === group).length;
  const all = groups.reduce((sum, group) => sum + sizeOf(group), 0);
  const observed = periods.map((_, t) =>
    firstTreated.reduce((sum, start, unit) => sum + (groups.includes(start) ? outcome[t * units + unit]! / all : 0), 0),
  );
  const running = { estimate: 0, influence: new Float64Array(units) };
  const rows = periods.map((period) => {
    const now = { estimate: 0, influence: new Float64Array(units) };
    for (const effect of effects.filter((own) => own.period === period && own.group <= period)) {
      const share = sizeOf(effect.group) / all;
      now.estimate += share * effect.estimate;
      addScaled(now.influence, effect.influence, share);
    }
    running.estimate += now.estimate;
    addScaled(running.influence, now.influence, 1);
    const begun = now.influence.some((value) => value !== 0);
    return {
      now: begun ? infer('effect', now.estimate, standardErrorOf(now.influence), Infinity, alpha) : null,
      total: begun ? infer('total', running.estimate, standardErrorOf(running.influence), Infinity, alpha) : null,
    };
  });
  const first = rows.findIndex(({ now }) => now !== null);
  const pointwise = bandOf(
    rows.map(({ now }) => now?.estimate ?? 0),
    rows.map(({ now }) => now?.low ?? null),
    rows.map(({ now }) => now?.high ?? null),
  );
  const totals = rows.slice(first).map(({ total }) => total!);
  const cumulative: Band = bandOf(
    totals.map(({ estimate }) => estimate * all),
    totals.map(({ low }) => low * all),
    totals.map(({ high }) => high * all),
  );
  return {
    observed,
    counterfactual: counterfactualOf(observed, pointwise),
    pointwise,
    cumulative,
    cumulativePeriods: data.panel.periods.slice(first),
  };
}
