import { Problem } from '../numerics/problem.pure.ts';

const millisPerDay = 86_400_000;

/** Evenly spaced periods of a day or a week. */
export interface PeriodGrid {
  /** Day number of the first day. */
  readonly first: number;
  /** Days of a period. */
  readonly length: number;
  readonly periods: number;
  /** First day of every period. */
  readonly dates: readonly string[];
  /** First and last day, both included. */
  readonly from: string;
  readonly to: string;
}

/**
 * The whole periods that records cover; weeks run from Monday. Throws Problems: TOO_FEW when they fill none, GAP for a
 * day of which nothing at all is known.
 */
export function gridOf(dates: readonly string[], period: 'DAY' | 'WEEK'): PeriodGrid {
  const days = [...new Set(dates)].map(dayOf);
  const earliest = days.reduce((least, day) => Math.min(least, day), Infinity);
  const last = days.reduce((most, day) => Math.max(most, day), -Infinity);
  const length = period === 'WEEK' ? 7 : 1;
  // Day 0, 1 January 1970, was a Thursday.
  const first = period === 'WEEK' ? earliest + ((11 - (earliest % 7)) % 7) : earliest;
  const periods = Math.floor((last - first + 1) / length);
  if (!(periods >= 1)) {
    throw new Problem('TOO_FEW', 'The records do not fill one whole period. Take a longer range.', { field: 'from' });
  }
  const end = first + periods * length;
  checkGaps(days, first, end);
  return {
    first,
    length,
    periods,
    dates: Array.from({ length: periods }, (_, index) => dateOf(first + index * length)),
    from: dateOf(first),
    to: dateOf(end - 1),
  };
}

/** The period a day lies in; -1 outside of all. */
export function periodOf({ first, length, periods }: PeriodGrid, date: string): number {
  const period = Math.floor((dayOf(date) - first) / length);
  return period >= 0 && period < periods ? period : -1;
}

function checkGaps(days: readonly number[], first: number, end: number): void {
  const seen = new Uint8Array(end - first);
  for (const day of days) if (day >= first && day < end) seen[day - first] = 1;
  const missing = seen.indexOf(0);
  if (missing < 0) return;
  const count = seen.reduce((sum, one) => sum + (one ? 0 : 1), 0);
  throw new Problem(
    'GAP',
    `Nothing is known of ${dateOf(first + missing)}${count > 1 ? ` and ${count - 1} more days` : ''}; sync these days again or begin after them.`,
    { date: dateOf(first + missing), days: count, field: 'from' },
  );
}

function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / millisPerDay;
}

function dateOf(day: number): string {
  return new Date(day * millisPerDay).toISOString().slice(0, 10);
}
