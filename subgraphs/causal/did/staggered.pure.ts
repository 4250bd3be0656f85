import { chiSquareSurvival } from '../numerics/distributions.pure.ts';
import { cholesky, choleskySolve } from '../numerics/linear/cholesky.pure.ts';
import { gram } from '../numerics/linear/gram.pure.ts';
import { dot, fromColumns } from '../numerics/linear/matrix.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { infer, type Inference } from './inference.pure.ts';
import type { Panel } from './panel.pure.ts';

/** Whom the treated are compared with. */
export type ControlGroup = 'NEVER_TREATED' | 'NOT_YET_TREATED';

/** VARYING compares periods before the start with the one before each; UNIVERSAL all with the last before the start. */
export type BasePeriod = 'VARYING' | 'UNIVERSAL';

/** The average effect on units first treated in `group`, in `period`. */
export interface GroupTimeEffect extends Inference {
  readonly group: number;
  readonly period: number;
  /** What each unit moves the estimate by, times the number of units. */
  readonly influence: Float64Array;
}

export interface Staggered {
  readonly panel: Panel;
  readonly effects: readonly GroupTimeEffect[];
  /** Wald test that all effects before the start are zero; null when it cannot be made. */
  readonly parallelTrends: { readonly statistic: number; readonly effects: number; readonly pValue: number } | null;
  readonly warnings: readonly string[];
}

const smallGroup = 5;

/**
 * Effects by group and period as Callaway and Sant'Anna (2021), without covariates: the change since the last period
 * before the start, less that of the controls; standard errors from influence functions, over units. Throws NO_OVERLAP
 * without controls or without a group that is seen before its start, TOO_FEW_CLUSTERS with one treated unit.
 */
export function staggeredEffects(
  panel: Panel,
  { controls = 'NEVER_TREATED', base = 'VARYING', alpha = 0.05 }: StaggeredOptions = {},
): Staggered {
  const groups = [...new Set(panel.firstTreated)]
    .filter((start) => start > panel.periods[0]! && start <= panel.periods.at(-1)!)
    .sort((a, b) => a - b);
  if (groups.length === 0) throw new Problem('NO_OVERLAP', 'No unit starts treatment within the periods of the data.');
  if (panel.firstTreated.filter((start) => groups.includes(start)).length < 2) {
    const message = 'Only one unit starts treatment; how treated units differ cannot be seen. Use synthetic control.';
    throw new Problem('TOO_FEW_CLUSTERS', message);
  }
  const effects = groups.flatMap((group) =>
    panel.periods.flatMap((_, t) => {
      const effect = groupTimeEffect(panel, { group, t, controls, base, alpha });
      return effect ? [effect] : [];
    }),
  );
  return { panel, effects, parallelTrends: testBefore(effects), warnings: warningsOf(panel, groups) };
}

export interface StaggeredOptions {
  readonly controls?: ControlGroup;
  readonly base?: BasePeriod;
  readonly alpha?: number;
}

interface Question extends Required<StaggeredOptions> {
  readonly group: number;
  readonly t: number;
}

/** Null for the base period itself. */
function groupTimeEffect(panel: Panel, { group, t, controls, base, alpha }: Question): GroupTimeEffect | null {
  const { periods, units, outcome, firstTreated } = panel;
  const last = periods.findLastIndex((period) => period < group);
  const from = base === 'VARYING' && periods[t]! < group ? t - 1 : last;
  if (from < 0 || from === t) return null;
  const latest = Math.max(periods[t]!, periods[from]!);
  const isControl = (start: number): boolean =>
    controls === 'NEVER_TREATED' ? start === Infinity : start > latest && start !== group;
  const changes = new Float64Array(units);
  for (let u = 0; u < units; u++) changes[u] = outcome[t * units + u]! - outcome[from * units + u]!;
  const treated = meanOver(changes, (u) => firstTreated[u] === group);
  const control = meanOver(changes, (u) => isControl(firstTreated[u]!));
  if (control.count < 2) {
    const who = controls === 'NEVER_TREATED' ? 'never treated' : 'not yet treated';
    throw new Problem(
      'NO_OVERLAP',
      `${control.count} units are ${who} in period ${periods[t]}; at least 2 are needed.`,
    );
  }
  const influence = changes.map((change, u) => {
    if (firstTreated[u] === group) return (units / treated.count) * (change - treated.mean);
    return isControl(firstTreated[u]!) ? (-units / control.count) * (change - control.mean) : 0;
  });
  const name = `group ${group}, period ${periods[t]}`;
  const error = standardErrorOf(influence);
  if (error <= 1e-13 * largestOf(outcome)) throw unmoved();
  return { ...infer(name, treated.mean - control.mean, error, Infinity, alpha), group, period: periods[t]!, influence };
}

function meanOver(values: Float64Array, holds: (unit: number) => boolean): { mean: number; count: number } {
  let [sum, count] = [0, 0];
  values.forEach((value, unit) => {
    if (!holds(unit)) return;
    sum += value;
    count++;
  });
  return { mean: sum / count, count };
}

/** Of an estimate with this influence per unit. Throws ZERO_VARIANCE when no unit moves it. */
export function standardErrorOf(influence: Float64Array): number {
  const squares = dot(influence, influence);
  if (!(squares > 0)) throw unmoved();
  return Math.sqrt(squares) / influence.length;
}

function unmoved(): Problem {
  return new Problem('ZERO_VARIANCE', 'All units changed alike, so chance cannot be judged.');
}

function largestOf(values: Float64Array): number {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  return largest;
}

function testBefore(effects: readonly GroupTimeEffect[]): Staggered['parallelTrends'] {
  const before = effects.filter(({ group, period }) => period < group);
  if (before.length === 0) return null;
  const units = before[0]!.influence.length;
  const covariance = gram(fromColumns(before.map(({ influence }) => influence.map((value) => value / units))));
  const values = Float64Array.from(before, ({ estimate }) => estimate);
  const solved = values.slice();
  try {
    choleskySolve(cholesky(covariance), solved);
  } catch (error) {
    if (error instanceof Problem) return null;
    throw error;
  }
  const statistic = dot(values, solved);
  return { statistic, effects: before.length, pValue: chiSquareSurvival(statistic, before.length) };
}

function warningsOf({ firstTreated, periods, dropped }: Panel, groups: readonly number[]): string[] {
  const early = firstTreated.filter((start) => start <= periods[0]!).length;
  const small = groups.filter((group) => firstTreated.filter((start) => start === group).length < smallGroup);
  return [
    ...(early > 0
      ? [`${early} units are treated from the first period on and were left out: nothing is known from before.`]
      : []),
    ...(dropped > 0 ? [`${dropped} units lack a period and were left out.`] : []),
    ...(small.length > 0
      ? [`Fewer than ${smallGroup} units start in ${small.join(', ')}; their standard errors are too small to rely on.`]
      : []),
  ];
}
