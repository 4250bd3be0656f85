import { decimal, integer, words } from '../../../ui/format.ts';

/** A table made of whatever the generator says about itself. */
export interface TruthTable {
  title: string;
  columns: string[];
  rows: string[][];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function cell(value: unknown): string {
  if (typeof value === 'number') return Number.isInteger(value) ? integer(value) : decimal(value, 3);
  if (value === null || value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function fromRecords(title: string, rows: [string, Record<string, unknown>][], first: string): TruthTable {
  const keys = [...new Set(rows.flatMap(([, row]) => Object.keys(row)))];
  return {
    title,
    columns: [first, ...keys.map(words)],
    rows: rows.map(([name, row]) => [name, ...keys.map((key) => cell(row[key]))]),
  };
}

/**
 * Lays out the known truth of a mock connection: lists and maps of objects become tables with a column per field,
 * plain values one table of names and values. Unknown shapes are shown, never dropped.
 */
export function layOutTruth(truth: unknown): TruthTable[] {
  if (Array.isArray(truth)) return layOutTruth({ channels: truth });
  if (!isRecord(truth)) return [];
  const tables: TruthTable[] = [];
  const plain: string[][] = [];
  for (const [key, value] of Object.entries(truth)) {
    if (Array.isArray(value) && value.length > 0 && value.every(isRecord)) {
      const rows = value.map((row): [string, Record<string, unknown>] => {
        const { channel, name, ...rest } = row;
        return [cell(channel ?? name), rest];
      });
      tables.push(fromRecords(words(key), rows, 'Name'));
    } else if (isRecord(value) && Object.values(value).length > 0 && Object.values(value).every(isRecord)) {
      tables.push(fromRecords(words(key), Object.entries(value) as [string, Record<string, unknown>][], 'Name'));
    } else if (isRecord(value)) {
      tables.push({
        title: words(key),
        columns: ['Name', 'Value'],
        rows: Object.entries(value).map(([name, inner]) => [name, cell(inner)]),
      });
    } else plain.push([words(key), cell(value)]);
  }
  return plain.length > 0 ? [...tables, { title: 'Settings', columns: ['Name', 'Value'], rows: plain }] : tables;
}
