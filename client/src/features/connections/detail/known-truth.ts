import { decimal, integer, unknown, words } from '../../../ui/format.ts';

/** A table made of whatever the generator says about itself. */
export interface TruthTable {
  title: string;
  columns: { label: string; numeric: boolean }[];
  rows: string[][];
}

type Fields = Record<string, unknown>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTable(value: unknown): value is Fields[] {
  return Array.isArray(value) && value.length > 0 && value.every(isFields);
}

function cell(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? integer(value) : decimal(value, 3);
  if (value === null || value === undefined) return unknown;
  if (Array.isArray(value)) return value.map(cell).join(', ');
  if (isFields(value)) {
    const known = Object.entries(value).filter(([, inner]) => inner !== 0);
    return known.map(([name, inner]) => `${name} ${cell(inner)}`).join(', ') || unknown;
  }
  return String(value);
}

function fromList(title: string, list: Fields[]): TruthTable {
  const keys = [...new Set(list.flatMap((row) => Object.keys(row)))];
  const isNumeric = (key: string): boolean => list.every((row) => typeof row[key] === 'number');
  // Names first, then numbers, and what is long last.
  const rank = (key: string): number =>
    isNumeric(key) ? 1 : list.every((row) => typeof row[key] === 'string') ? 0 : 2;
  keys.sort((a, b) => rank(a) - rank(b));
  return {
    title,
    columns: keys.map((key) => ({ label: words(key), numeric: isNumeric(key) })),
    rows: list.map((row) => keys.map((key) => cell(row[key]))),
  };
}

function fromFields(title: string, fields: Fields): TruthTable[] {
  const tables: TruthTable[] = [];
  const plain: string[][] = [];
  for (const [key, value] of Object.entries(fields)) {
    const inner = title ? `${title}: ${words(key).toLowerCase()}` : words(key);
    if (isTable(value)) tables.push(fromList(inner, value));
    else if (isFields(value)) tables.push(...fromFields(inner, value));
    else plain.push([words(key), cell(value)]);
  }
  if (plain.length === 0) return tables;
  const columns = [
    { label: 'Name', numeric: false },
    { label: 'Value', numeric: true },
  ];
  return [...tables, { title: title || 'Settings', columns, rows: plain }];
}

/**
 * Lays out the known truth of a mock connection: a list of objects becomes a table with a column per field, objects
 * inside are laid out in turn, and plain values come last as names and values. Unknown shapes are shown, never dropped.
 */
export function layOutTruth(truth: unknown): TruthTable[] {
  if (isTable(truth)) return [fromList('Channels', truth)];
  return isFields(truth) ? fromFields('', truth) : [];
}
