import { type DayRange, addDays } from '../../ui/range.ts';

const steps = { DAY: 1, WEEK: 7 };

/**
 * Puts `null` where a day or week of the range has no row, so that a chart shows a gap instead of drawing across it.
 * Weeks start where the first row's week starts; months are left as they are.
 */
export function fillGaps<Row extends { key: string }>(
  rows: readonly Row[],
  range: DayRange,
  grain: 'DAY' | 'WEEK' | 'MONTH',
): { key: string; row: Row | null }[] {
  const known = new Map(rows.map((row) => [row.key, row]));
  const [first] = rows;
  if (!first || grain === 'MONTH') return rows.map((row) => ({ key: row.key, row }));
  const filled: { key: string; row: Row | null }[] = [];
  for (let key = grain === 'DAY' ? range.from : first.key; key <= range.to; key = addDays(key, steps[grain])) {
    filled.push({ key, row: known.get(key) ?? null });
  }
  return filled;
}

/** The last, lowest and highest known value in words, for those who do not see the chart. */
export function summarise(name: string, values: readonly (number | null)[], format: (value: number) => string): string {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return `${name}: nothing known`;
  const [lowest, highest] = [Math.min(...known), Math.max(...known)];
  return `${name}: last ${format(known.at(-1)!)}, lowest ${format(lowest)}, highest ${format(highest)}`;
}
