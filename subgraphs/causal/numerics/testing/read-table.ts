import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { golden } from '@liftos/core/testing/golden.ts';

/** The columns of a golden CSV by name; empty and NA fields are NaN. Null where the golden data is absent. */
export function readTable(path: string): Record<string, Float64Array> | null {
  const file = golden(path);
  if (!file) return null;
  const bytes = readFileSync(file);
  const text = path.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString();
  const [head, ...rows] = text.trim().split('\n');
  const cells = rows.map((row) => row.trim().split(','));
  const names = head!.trim().split(',');
  return Object.fromEntries(
    names.map((name, column) => [name, Float64Array.from(cells, (row) => numberOf(row[column]))]),
  );
}

function numberOf(cell: string | undefined): number {
  return cell === undefined || cell === '' ? NaN : Number(cell);
}

/** A golden JSON file, or null where the golden data is absent. */
export function readExpected<T>(path: string): T | null {
  const file = golden(path);
  return file ? (JSON.parse(readFileSync(file, 'utf8')) as T) : null;
}
