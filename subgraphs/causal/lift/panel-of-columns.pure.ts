import { badInput } from '@liftos/core/errors.ts';
import { zeros, type Matrix } from '../numerics/linear/matrix.pure.ts';
import type { Covariate, LiftData } from './lift-data.pure.ts';
import type { PanelInput } from './panel-input.pure.ts';
import { inOrderOfTime, kindOfPeriods } from './period-order.pure.ts';

const mostRows = 50_000;

export interface ReadPanel {
  readonly data: LiftData;
  readonly warnings: readonly string[];
}

/**
 * The panel that columns in long form make, of the treated units and the controls. Throws BAD_USER_INPUT naming the
 * column: lengths that differ, a unit that has two rows for a period, treatments outside the data, periods out of order
 * that have no order of their own, gaps among days or whole numbers.
 */
export function panelOfColumns(input: PanelInput): ReadPanel {
  requireLengths(input);
  const { periods, sorted } = inOrderOfTime(input.units, input.periods);
  requireTreatments(input, periods);
  const treated = input.treatments.map(({ unit }) => unit);
  const units = chosenUnits(input, treated);
  const places = placesOf(input, units, periods);
  const outcomes = tableOf(places, input.values, { rows: periods.length, columns: units.length });
  const covariates = input.covariates.map(({ name, values }): Covariate => ({
    name,
    values: tableOf(places, values, outcomes),
  }));
  const data: LiftData = {
    panel: { units, periods, outcomes },
    treatments: input.treatments,
    end: input.end,
    covariates,
    spend: null,
  };
  return { data, warnings: warningsOf(data, sorted) };
}

function requireLengths({ units, periods, values, covariates }: PanelInput): void {
  if (units.length === 0) throw badInput('input.panel.units', 'The panel has no rows.');
  if (units.length > mostRows) {
    throw badInput(
      'input.panel.units',
      `The panel has ${units.length} rows; ${mostRows} are the most. Add up periods or units.`,
    );
  }
  const columns: [string, number][] = [
    ['periods', periods.length],
    ['values', values.length],
    ...covariates.map(({ values: own }): [string, number] => ['covariates', own.length]),
  ];
  const wrong = columns.find(([, length]) => length !== units.length);
  if (!wrong) return;
  throw badInput(`input.panel.${wrong[0]}`, `The column has ${wrong[1]} rows, and there are ${units.length} units.`);
}

function requireTreatments({ treatments, units, end }: PanelInput, periods: readonly string[]): void {
  const field = 'input.panel.treatments';
  if (treatments.length === 0) throw badInput(field, 'Name at least one treated unit with its start.');
  const seen = new Set<string>();
  for (const { unit, start } of treatments) {
    if (seen.has(unit)) throw badInput(field, `${unit} is named twice.`, { unit });
    seen.add(unit);
    if (!units.includes(unit)) throw badInput(field, `The treated unit ${unit} is not in the data.`, { unit });
    if (!periods.includes(start)) throw badInput(field, outside('start', start, periods), { unit, start });
  }
  if (end === null) return;
  if (!periods.includes(end)) throw badInput('input.panel.end', outside('end', end, periods));
  if (treatments.some(({ start }) => periods.indexOf(start) > periods.indexOf(end))) {
    throw badInput('input.panel.end', `The treatment ends in ${end}, before it starts.`);
  }
}

function outside(what: string, period: string, periods: readonly string[]): string {
  return `The ${what} of the treatment, ${period}, lies outside the data, which go from ${periods[0]} to ${periods.at(-1)}.`;
}

function chosenUnits({ units, controls }: PanelInput, treated: readonly string[]): string[] {
  const all = [...new Set(units)];
  if (controls === null) return all;
  const field = 'input.panel.controls';
  for (const unit of controls) {
    if (!all.includes(unit)) throw badInput(field, `The control ${unit} is not in the data.`, { unit });
    if (treated.includes(unit)) throw badInput(field, `${unit} is treated and cannot be a control.`, { unit });
  }
  return all.filter((unit) => treated.includes(unit) || controls.includes(unit));
}

/** Where each row goes in a table of periods x units; -1 for rows of units that were not chosen. */
function placesOf(input: PanelInput, units: readonly string[], periods: readonly string[]): Int32Array {
  const unitOf = new Map(units.map((unit, place) => [unit, place]));
  const periodOf = new Map(periods.map((period, place) => [period, place]));
  const taken = new Uint8Array(units.length * periods.length);
  return Int32Array.from(input.units, (unit, row) => {
    const column = unitOf.get(unit);
    if (column === undefined) return -1;
    const period = input.periods[row]!;
    const place = column * periods.length + periodOf.get(period)!;
    if (taken[place]) throw badInput('input.panel.values', `${unit} has two rows for ${period}.`, { unit, period });
    taken[place] = 1;
    return place;
  });
}

function tableOf(
  places: Int32Array,
  values: readonly (number | null)[],
  { rows, columns }: Pick<Matrix, 'rows' | 'columns'>,
): Matrix {
  const table = zeros(rows, columns);
  table.data.fill(NaN);
  places.forEach((place, row) => {
    if (place >= 0) table.data[place] = values[row] ?? NaN;
  });
  return table;
}

function warningsOf({ panel }: LiftData, sorted: boolean): string[] {
  const { periods, outcomes } = panel;
  const negative = outcomes.data.reduce((count, value) => count + (value < 0 ? 1 : 0), 0);
  const kind = kindOfPeriods(periods);
  return [
    ...(sorted ? ['The rows were not in the order of time and were sorted.'] : []),
    ...(kind === 'LABELS'
      ? ['Periods are neither days nor numbers; their order is that of the rows, evenly spaced.']
      : []),
    ...(negative > 0 ? [`${negative} values are below 0; shares of the counterfactual may mean little.`] : []),
  ];
}
