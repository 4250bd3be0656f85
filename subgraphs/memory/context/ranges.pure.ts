import { dayNumber, dayText } from '../calendar/day-number.pure.ts';

interface Range {
  from: string;
  to: string;
}

/** Days a question without a range is about, today included. */
const usualDays = 90;

/** Before it there is nothing to compare with. */
const firstDay = dayNumber('0001-01-01');

/** The first day of the range of equal length just before a range. */
export function previousFrom({ from, to }: Range): string {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  return dayText(Math.max(first - (last - first + 1), Math.min(first, firstDay)));
}

/** The last days up to a moment, in UTC. */
export function lastDays(now: Date): Range {
  const to = now.toISOString().slice(0, 10);
  return { from: dayText(dayNumber(to) - usualDays + 1), to };
}
