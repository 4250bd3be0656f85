import { badInput } from '@liftos/core/errors.ts';

const millisPerDay = 86_400_000;

/** The periods that records fill. */
export interface Span {
  /** First days of the periods. */
  readonly labels: readonly string[];
  /** First and last day, both included. */
  readonly from: string;
  readonly to: string;
  /** Place of a row's period; -1 outside whole periods. */
  readonly periodOf: (row: number) => number;
  /** Label of the period of a day; null outside. */
  readonly labelOf: (date: string) => string | null;
  /** Rows outside whole periods. */
  readonly leftOut: number;
}

/**
 * Days from the first record to the last, or the whole weeks from Monday within them. Throws BAD_USER_INPUT when they do
 * not fill a period, or for a day of which nothing at all is known.
 */
export function spanOf(dates: readonly string[], period: 'DAY' | 'WEEK'): Span {
  const days = Int32Array.from(dates, dayOf);
  let [first, last] = [Infinity, -Infinity];
  for (const day of days) {
    first = Math.min(first, day);
    last = Math.max(last, day);
  }
  const length = period === 'WEEK' ? 7 : 1;
  // Day 0, 1 January 1970, was a Thursday.
  if (period === 'WEEK') first += (((4 - first) % 7) + 7) % 7;
  const count = Math.floor((last - first + 1) / length);
  if (count < 1) throw badInput('input.records.from', 'The records do not fill one whole week. Take a longer range.');
  const end = first + count * length;
  requireDays(days, first, end);
  const placeOf = (day: number): number => (day >= first && day < end ? Math.floor((day - first) / length) : -1);
  const labels = Array.from({ length: count }, (_, place) => dateOf(first + place * length));
  return {
    labels,
    from: dateOf(first),
    to: dateOf(end - 1),
    periodOf: (row) => placeOf(days[row]!),
    labelOf: (date) => labels[placeOf(dayOf(date))] ?? null,
    leftOut: days.reduce((sum, day) => sum + (placeOf(day) < 0 ? 1 : 0), 0),
  };
}

function requireDays(days: Int32Array, first: number, end: number): void {
  const seen = new Uint8Array(end - first);
  for (const day of days) if (day >= first && day < end) seen[day - first] = 1;
  const missing = seen.indexOf(0);
  if (missing < 0) return;
  const count = seen.reduce((sum, one) => sum + (one ? 0 : 1), 0);
  const date = dateOf(first + missing);
  const text = `Nothing is known of ${date}${count > 1 ? ` and ${count - 1} more days` : ''}; sync these days again or begin after them.`;
  throw badInput('input.records.from', text, { date, days: count });
}

function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / millisPerDay;
}

function dateOf(day: number): string {
  return new Date(day * millisPerDay).toISOString().slice(0, 10);
}
