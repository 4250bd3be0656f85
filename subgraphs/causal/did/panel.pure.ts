import { Problem, requireFinite, requireLength } from '../numerics/problem.pure.ts';
import { clustersOf } from './covariance.pure.ts';

/** Outcomes of units over periods, one row each, in any order. */
export interface PanelRows {
  /** Which unit a row is of: a number or a name. */
  readonly unit: ArrayLike<number | string>;
  /** Evenly meaningful numbers, such as years or weeks. */
  readonly period: ArrayLike<number>;
  readonly outcome: ArrayLike<number>;
  /** First treated period of the row's unit; 0 or Infinity for units that never are. */
  readonly firstTreated: ArrayLike<number>;
}

/** A panel without gaps. */
export interface Panel {
  readonly units: number;
  /** Ascending. */
  readonly periods: readonly number[];
  /** Unit u in period t is at `t * units + u`. */
  readonly outcome: Float64Array;
  /** Per unit; Infinity for never. */
  readonly firstTreated: Float64Array;
  /** Units left out because they lack a period. */
  readonly dropped: number;
}

/**
 * Sort rows into a panel, leaving out units that lack a period. Throws NOT_FINITE, OUT_OF_RANGE when a unit has two
 * rows in one period or two start dates, TOO_FEW below two units or two periods.
 */
export function buildPanel(rows: PanelRows): Panel {
  const { unit, period, outcome, firstTreated } = rows;
  for (const [name, values] of Object.entries({ period, outcome, firstTreated })) {
    requireLength(values.length, unit.length, `The column ${name}`);
  }
  requireFinite(outcome, 'The outcome');
  requireFinite(period, 'The period');
  const periods = [...new Set(Array.from(period))].sort((a, b) => a - b);
  const { codes, count } = clustersOf(unit);
  const values = new Float64Array(count * periods.length).fill(NaN);
  const starts = new Float64Array(count).fill(NaN);
  const placeOf = new Map(periods.map((value, index) => [value, index]));
  codes.forEach((code, row) => {
    const at = placeOf.get(period[row]!)! * count + code;
    if (!Number.isNaN(values[at])) throw contradiction(unit[row]!, `two rows in period ${period[row]}`);
    values[at] = outcome[row]!;
    const start = startOf(firstTreated[row]!);
    if (!Number.isNaN(starts[code]) && starts[code] !== start) throw contradiction(unit[row]!, 'two different starts');
    starts[code] = start;
  });
  const whole = [...starts.keys()].filter((code) => periods.every((_, t) => !Number.isNaN(values[t * count + code])));
  if (whole.length < 2 || periods.length < 2) {
    throw new Problem(
      'TOO_FEW',
      `${whole.length} complete units over ${periods.length} periods are too few to compare.`,
    );
  }
  return {
    units: whole.length,
    periods,
    outcome: Float64Array.from(periods.flatMap((_, t) => whole.map((code) => values[t * count + code]!))),
    firstTreated: Float64Array.from(whole, (code) => starts[code]!),
    dropped: count - whole.length,
  };
}

function startOf(value: number): number {
  if (Number.isNaN(value)) throw new Problem('NOT_FINITE', 'A unit has no start; use 0 for one that is never treated.');
  return value === 0 ? Infinity : value;
}

function contradiction(unit: number | string, what: string): Problem {
  return new Problem('OUT_OF_RANGE', `Unit ${unit} has ${what}.`, { unit });
}

/**
 * Takes unit and period means out of a column of a panel, in place: with a gap-free panel this is the same as having a
 * dummy for every unit and every period in the regression.
 */
export function withinUnitsAndPeriods(values: Float64Array, units: number): Float64Array {
  const periods = values.length / units;
  const unitMeans = new Float64Array(units);
  let mean = 0;
  for (let t = 0; t < periods; t++) {
    let sum = 0;
    for (let at = t * units; at < (t + 1) * units; at++) sum += values[at]!;
    for (let u = 0; u < units; u++) {
      unitMeans[u] = unitMeans[u]! + values[t * units + u]! / periods;
      values[t * units + u] = values[t * units + u]! - sum / units;
    }
    mean += sum / values.length;
  }
  for (let at = 0; at < values.length; at++) values[at] = values[at]! - unitMeans[at % units]! + mean;
  return values;
}
