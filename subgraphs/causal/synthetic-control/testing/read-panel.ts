import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { golden } from '@liftos/core/testing/golden.ts';
import { zeros } from '../../numerics/linear/matrix.pure.ts';
import type { Panel } from '../panel.pure.ts';

/** A golden CSV in long form as a panel; missing cells are NaN. Null where the golden data is absent. */
export function readPanel(path: string, columns: { unit: string; period: string; value: string }): Panel | null {
  const file = golden(path);
  if (!file) return null;
  const bytes = readFileSync(file);
  const text = path.endsWith('.gz') ? gunzipSync(bytes).toString() : bytes.toString();
  const [head, ...lines] = text.trim().split('\n');
  const names = head!.trim().split(',');
  const [unit, period, value] = [columns.unit, columns.period, columns.value].map((name) => names.indexOf(name));
  const rows = lines.map((line) => line.trim().split(','));
  const units = [...new Set(rows.map((row) => row[unit!]!))];
  const periods = [...new Set(rows.map((row) => row[period!]!))].sort();
  const outcomes = zeros(periods.length, units.length);
  outcomes.data.fill(NaN);
  for (const row of rows) {
    const cell = row[value!]!;
    const at = units.indexOf(row[unit!]!) * periods.length + periods.indexOf(row[period!]!);
    outcomes.data[at] = cell === '' ? NaN : Number(cell);
  }
  return { units, periods, outcomes };
}
