import { dot } from '../numerics/linear/matrix.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';
import { clusteredCovariance, type Clusters, type Covariance } from './covariance.pure.ts';
import { inferAll, jointTest, type Inference, type JointTest } from './inference.pure.ts';
import { withinUnitsAndPeriods, type Panel } from './panel.pure.ts';
import { regress, type Regression, type Term } from './regression.pure.ts';

/** The effect so many periods after (or, when negative, before) the start. */
export interface EventEffect extends Inference {
  readonly event: number;
}

export interface EventStudy {
  /** Ascending by event; the period before the start is the base and absent. */
  readonly effects: readonly EventEffect[];
  /** Test that all effects before the start are zero; null with one period before it, or too few units for the test. */
  readonly parallelTrends: JointTest | null;
  /** True when starts differ: effects may then mix cohorts with weights of either sign (Sun & Abraham 2021). */
  readonly staggered: boolean;
}

/**
 * Regression of the outcome on unit and period effects and a dummy for each period relative to the start, errors
 * clustered by unit. Throws NO_OVERLAP without untreated units or treated ones, TOO_FEW without a period before.
 */
export function eventStudy(panel: Panel, alpha = 0.05): EventStudy {
  requireBothGroups(panel);
  const starts = new Set(panel.firstTreated.filter(Number.isFinite));
  if (![...starts].some((start) => panel.periods[0]! < start)) {
    throw new Problem('TOO_FEW', 'There is no period before the start, so trends cannot be compared.');
  }
  const events = eventsOf(panel).filter((event) => event !== -1);
  const terms = events.map((event) => ({
    name: `event ${event}`,
    values: column(panel, (start, period) => period - start === event),
  }));
  const fit = regressWithin(panel, terms);
  const covariance = clusteredCovariance(fit, [unitsOf(panel)]);
  const effects = inferAll(fit, covariance, alpha).map((effect, index) => ({ ...effect, event: events[index]! }));
  const leads = effects.filter(({ event }) => event < 0).map(({ name }) => name);
  const parallelTrends = leads.length > 0 ? jointTestOrNull(fit, covariance, leads) : null;
  return { effects, parallelTrends, staggered: starts.size > 1 };
}

/**
 * The two-way fixed-effects estimate of one effect for all, errors clustered by unit. With different starts it compares
 * treated units with each other and may miss even the sign (Goodman-Bacon 2021); it is given for comparison.
 */
export function twoWayFixedEffects(panel: Panel, alpha = 0.05): Inference {
  requireBothGroups(panel);
  const fit = regressWithin(panel, [{ name: 'treated', values: column(panel, (start, period) => period >= start) }]);
  return inferAll(fit, clusteredCovariance(fit, [unitsOf(panel)]), alpha)[0]!;
}

/**
 * Throws NO_OVERLAP unless some units are treated within the panel and some are not before its end, TOO_FEW_CLUSTERS when
 * there is only one of either.
 */
function requireBothGroups({ firstTreated, periods }: Panel): void {
  const last = periods.at(-1)!;
  if (!firstTreated.some((start) => start <= last)) {
    throw new Problem('NO_OVERLAP', `No unit is treated by period ${last}, the last of the data.`);
  }
  const untreated = firstTreated.filter((start) => start > last).length;
  if (untreated === 0) {
    throw new Problem(
      'NO_OVERLAP',
      'Every unit is treated by the end; without untreated units trends cannot be told apart.',
    );
  }
  if (untreated > 1 && firstTreated.length - untreated > 1) return;
  const which = untreated === 1 ? 'untreated' : 'treated';
  throw new Problem(
    'TOO_FEW_CLUSTERS',
    `Only one unit is ${which}; how such units differ cannot be seen. Use synthetic control.`,
  );
}

function jointTestOrNull(fit: Regression, covariance: Covariance, names: readonly string[]): JointTest | null {
  try {
    return jointTest(fit, covariance, names);
  } catch (error) {
    if (error instanceof Problem && error.kind === 'NOT_POSITIVE_DEFINITE') return null;
    throw error;
  }
}

function eventsOf({ periods, firstTreated }: Panel): number[] {
  const starts = new Set(firstTreated.filter(Number.isFinite));
  return [...new Set([...starts].flatMap((start) => periods.map((period) => period - start)))].sort((a, b) => a - b);
}

function column(panel: Panel, holds: (start: number, period: number) => boolean): Float64Array {
  const values = new Float64Array(panel.outcome.length);
  panel.periods.forEach((period, t) =>
    panel.firstTreated.forEach((start, u) => (values[t * panel.units + u] = holds(start, period) ? 1 : 0)),
  );
  return values;
}

/** Unit effects lie within the clusters and do not count against the degrees of freedom; period effects do. */
function regressWithin(panel: Panel, terms: readonly Term[]): Regression {
  const within = terms.map(({ name, values }) => ({ name, values: withinUnitsAndPeriods(values, panel.units) }));
  const outcome = withinUnitsAndPeriods(panel.outcome.slice(), panel.units);
  if (dot(outcome, outcome) <= 1e-24 * dot(panel.outcome, panel.outcome)) {
    throw new Problem(
      'ZERO_VARIANCE',
      'All units move exactly alike; there is no effect and nothing to judge chance by.',
    );
  }
  return regress(outcome, within, panel.periods.length);
}

function unitsOf({ units, outcome }: Panel): Clusters {
  return { codes: Int32Array.from(outcome, (_, row) => row % units), count: units };
}
