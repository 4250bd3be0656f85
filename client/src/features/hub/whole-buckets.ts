import { type DayRange, addDays } from '../../ui/range.ts';

function lastDayOf(key: string, grain: 'DAY' | 'WEEK' | 'MONTH'): string {
  if (grain === 'DAY') return key;
  if (grain === 'WEEK') return addDays(key, 6);
  const [year, month] = key.split('-').map(Number);
  return new Date(Date.UTC(year!, month, 0)).toISOString().slice(0, 10);
}

/** Only weeks and months that lie wholly inside the range: half a week looks like a slump and is none. */
export function wholeBuckets<Point extends { key: string }>(
  points: readonly Point[],
  range: DayRange,
  grain: 'DAY' | 'WEEK' | 'MONTH',
): Point[] {
  return points.filter(({ key }) => key >= range.from && lastDayOf(key, grain) <= range.to);
}
