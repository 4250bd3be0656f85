import type { LiftPanelInput } from './lift.generated.ts';
import { type TextTable, readNumber } from './read-table.ts';

/** How a table of text is read as a panel. */
export interface PanelDraft {
  unit: string;
  period: string;
  value: string;
  /** A column with the first treated period of each unit; empty when units are picked instead. */
  startColumn: string;
  treated: string[];
  start: string;
  end: string;
  currency: string;
}

/** What a header is most likely to be, by its words and by what stands below it. */
export function guessColumns(table: TextTable): Pick<PanelDraft, 'unit' | 'period' | 'value'> {
  const { columns, rows, separator } = table;
  const named = (pattern: RegExp): string | undefined => columns.find((name) => pattern.test(name));
  const numeric = (name: string): boolean => {
    const at = columns.indexOf(name);
    return rows.slice(0, 50).every((row) => !Number.isNaN(readNumber(row[at] ?? '', separator) ?? 0));
  };
  const period = named(/^(date|day|week|month|year|period|time)/i) ?? columns[1] ?? '';
  const unit =
    named(/^(unit|region|state|market|geo|city|location|store|shop|country|county|channel|campaign|name)/i) ??
    columns.find((name) => name !== period && !numeric(name)) ??
    columns[0] ??
    '';
  const rest = columns.filter((name) => name !== period && name !== unit);
  const value =
    rest.find((name) => /^(y|value|outcome|revenue|sales|orders|conversions|kpi)/i.test(name) && numeric(name)) ??
    rest.find(numeric) ??
    '';
  return { unit, period, value };
}

/** Different values of a column, in the order of the table. */
export function valuesOf(table: TextTable, column: string): string[] {
  const at = table.columns.indexOf(column);
  return at < 0 ? [] : [...new Set(table.rows.map((row) => row[at] ?? ''))];
}

/** Periods in the order of time where they are days or numbers, otherwise as the table has them. */
export function periodsOf(table: TextTable, column: string): string[] {
  const found = valuesOf(table, column);
  if (found.every((period) => /^\d{4}-\d{2}-\d{2}$/.test(period))) return found.toSorted();
  return found.every((period) => /^-?\d+$/.test(period)) ? found.toSorted((a, b) => Number(a) - Number(b)) : found;
}

/** What keeps a draft from being evaluated; undefined when nothing does. */
export function draftProblem(table: TextTable, draft: PanelDraft): string | undefined {
  if (table.rows.length === 0) return 'The table has no rows.';
  if (table.uneven > 0) return `${table.uneven} rows do not have as many cells as the header.`;
  const chosen = [draft.unit, draft.period, draft.value];
  if (chosen.some((name) => !table.columns.includes(name))) return 'Choose the columns of units, periods and values.';
  if (new Set(chosen).size < 3) return 'Units, periods and values stand in three different columns.';
  const at = table.columns.indexOf(draft.value);
  const wrong = table.rows.findIndex((row) => Number.isNaN(readNumber(row[at] ?? '', table.separator) ?? 0));
  if (wrong >= 0) return `“${table.rows[wrong]![at]}” in row ${wrong + 2} is not a number.`;
  if (draft.startColumn) return undefined;
  if (draft.treated.length === 0) return 'Choose the treated units.';
  return draft.start ? undefined : 'Choose the first treated period.';
}

/** First treated periods by unit; `0`, empty and words such as `never` are none. */
function startsOf(table: TextTable, draft: PanelDraft): LiftPanelInput['treatments'] {
  if (!draft.startColumn) return draft.treated.map((unit) => ({ unit, start: draft.start }));
  const [unit, start] = [draft.unit, draft.startColumn].map((name) => table.columns.indexOf(name));
  const found = new Map(table.rows.map((row) => [row[unit!]!, row[start!] ?? '']));
  return [...found]
    .filter(([, own]) => !/^(|0|na|nan|never|inf|infinity)$/i.test(own))
    .map(([name, own]) => ({ unit: name, start: own }));
}

/** The panel a draft stands for. */
export function toPanel(table: TextTable, draft: PanelDraft): LiftPanelInput {
  const [unit, period, value] = [draft.unit, draft.period, draft.value].map((name) => table.columns.indexOf(name));
  return {
    units: table.rows.map((row) => row[unit!]!),
    periods: table.rows.map((row) => row[period!]!),
    values: table.rows.map((row) => readNumber(row[value!]!, table.separator)),
    treatments: startsOf(table, draft),
    end: draft.end || null,
    valueName: draft.value,
    currency: draft.currency || null,
  };
}
