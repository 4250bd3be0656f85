import { columnOf, zeros, type Matrix } from '../numerics/linear/matrix.pure.ts';
import { Problem } from '../numerics/problem.pure.ts';

/** Outcomes of units over periods. */
export interface Panel {
  readonly units: readonly string[];
  /** Labels in the order of time: dates as YYYY-MM-DD, or any others. */
  readonly periods: readonly string[];
  /** Periods x units. */
  readonly outcomes: Matrix;
}

/** Who was treated and when. Periods after `end` are left out. */
export interface Treatment {
  readonly units: readonly string[];
  /** The first treated period. */
  readonly start: string;
  /** The last treated period; without it, the last of the panel. */
  readonly end?: string;
  /** Units that may not serve as controls, e.g. those of other cells. */
  readonly excluded?: readonly string[];
}

/** One treated series against controls, ready for any estimator. */
export interface Study {
  readonly treatedUnits: readonly string[];
  readonly controls: readonly string[];
  readonly periods: readonly string[];
  /** Periods before the treatment; the others are treated. */
  readonly pre: number;
  /** Periods x (1 + controls): column 0 is the mean of the treated units, the others are the controls. */
  readonly series: Matrix;
}

/** Fewer periods before the treatment than this say next to nothing about the fit. */
const fewestPre = 4;

/**
 * Cut the panel to a study. Throws what makes an answer impossible: SHAPE, NOT_FINITE with unit and period, GAP for a
 * missing date, OUT_OF_RANGE for a treatment outside the data or a unit that is not there, TOO_FEW for periods before or
 * controls, CONSTANT for a treated series that never moved before the treatment.
 */
export function studyOf(panel: Panel, treatment: Treatment): Study {
  requirePanel(panel);
  const treated = treatment.units.map((unit) => placeOf(panel, unit, 'The treated unit'));
  if (treated.length === 0) throw new Problem('TOO_FEW', 'Name at least one treated unit.');
  if (new Set(treated).size !== treated.length) throw new Problem('SHAPE', 'A treated unit is named twice.');
  const excluded = new Set((treatment.excluded ?? []).map((unit) => placeOf(panel, unit, 'The excluded unit')));
  const pre = periodOf(panel, treatment.start, 'start');
  const end = treatment.end === undefined ? panel.periods.length : periodOf(panel, treatment.end, 'end') + 1;
  if (end <= pre) throw new Problem('OUT_OF_RANGE', `The treatment ends on ${treatment.end}, before it starts.`);
  const controls = panel.units
    .map((_, place) => place)
    .filter((unit) => !treated.includes(unit) && !excluded.has(unit));
  const study = {
    treatedUnits: treatment.units,
    controls: controls.map((place) => panel.units[place]!),
    periods: panel.periods.slice(0, end),
    pre,
    series: seriesOf(panel, { treated, controls, end }),
  };
  requireStudy(study);
  return study;
}

/** Throws what studyOf says of a study that is put together by hand. */
export function requireStudy({ controls, pre, series, periods, treatedUnits }: Study): void {
  requirePre(pre);
  if (pre >= periods.length) throw new Problem('OUT_OF_RANGE', 'There is no period after the start of the treatment.');
  if (controls.length < 2) {
    const found = controls.length === 1 ? 'only one control unit' : 'no control unit';
    const text = `There is ${found}. A synthetic control needs at least two: add units, or compare the two series by difference in differences.`;
    throw new Problem('TOO_FEW', text, { controls: controls.length });
  }
  const before = columnOf(series, 0).subarray(0, pre);
  if (before.every((value) => value === before[0])) {
    const text = `${treatedUnits.join(', ')} had the same value in every period before the treatment, so there is nothing to match.`;
    throw new Problem('CONSTANT', text, { units: treatedUnits });
  }
}

/** Throws TOO_FEW. */
export function requirePre(pre: number): void {
  if (pre >= fewestPre) return;
  const text = `There are ${pre} periods before the treatment; at least ${fewestPre} are needed. Take more history.`;
  throw new Problem('TOO_FEW', text, { periods: pre });
}

/** Throws SHAPE, NOT_FINITE with unit and period, or GAP. */
export function requirePanel({ units, periods, outcomes }: Panel): void {
  if (outcomes.rows !== periods.length || outcomes.columns !== units.length) {
    throw new Problem('SHAPE', `${units.length} units and ${periods.length} periods need as many columns and rows.`);
  }
  if (new Set(units).size !== units.length) throw new Problem('SHAPE', 'Two units have the same name.');
  for (let index = 0; index < outcomes.data.length; index++) {
    if (Number.isFinite(outcomes.data[index])) continue;
    const unit = units[Math.floor(index / outcomes.rows)]!;
    const period = periods[index % outcomes.rows]!;
    throw new Problem('NOT_FINITE', `${unit} has no value in ${period}. Fill the gap or leave the unit out.`, {
      unit,
      period,
    });
  }
  requireOrder(periods);
}

/** Dates must follow each other at the most common distance; other labels only need to differ. */
function requireOrder(periods: readonly string[]): void {
  if (new Set(periods).size !== periods.length) throw new Problem('SHAPE', 'A period occurs twice.');
  const days = periods.map((period) => (/^\d{4}-\d{2}-\d{2}$/.test(period) ? Date.parse(period) / 86_400_000 : NaN));
  if (days.some(Number.isNaN)) return;
  const steps = days.slice(1).map((day, index) => day - days[index]!);
  const usual = Math.min(...steps);
  if (usual <= 0) throw new Problem('SHAPE', 'The dates are not in order.');
  const longest = usual >= 28 ? usual * 1.2 : usual;
  const gap = steps.findIndex((step) => step > longest);
  if (gap < 0) return;
  const text = `No data between ${periods[gap]} and ${periods[gap + 1]}. Fill the gap, with zeros if nothing happened.`;
  throw new Problem('GAP', text, { after: periods[gap], before: periods[gap + 1] });
}

function placeOf({ units }: Panel, unit: string, what: string): number {
  const place = units.indexOf(unit);
  if (place < 0) throw new Problem('OUT_OF_RANGE', `${what} ${unit} is not in the data.`, { unit });
  return place;
}

function periodOf({ periods }: Panel, period: string, what: string): number {
  const place = periods.indexOf(period);
  if (place >= 0) return place;
  const text = `The ${what} of the treatment, ${period}, lies outside the data, which go from ${periods[0]} to ${periods.at(-1)}.`;
  throw new Problem('OUT_OF_RANGE', text, { period });
}

interface Cut {
  readonly treated: readonly number[];
  readonly controls: readonly number[];
  readonly end: number;
}

function seriesOf({ outcomes }: Panel, { treated, controls, end }: Cut): Matrix {
  const series = zeros(end, controls.length + 1);
  const mean = columnOf(series, 0);
  for (const unit of treated) {
    const column = columnOf(outcomes, unit);
    for (let period = 0; period < end; period++) mean[period] = mean[period]! + column[period]! / treated.length;
  }
  controls.forEach((unit, index) => {
    series.data.set(columnOf(outcomes, unit).subarray(0, end), (index + 1) * end);
  });
  return series;
}
