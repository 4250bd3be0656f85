import { dayText } from '../calendar/day-number.pure.ts';

const millisPerDay = 86_400_000;

/**
 * The first day that is kept when data is kept for that many days. One more than that is, since somewhere on earth it
 * is still the day before: nothing that is younger by anybody's calendar goes.
 */
export function firstKeptDay(now: Date, days: number): string {
  return dayText(Math.floor(now.getTime() / millisPerDay) - days - 1);
}

/** The smallest UUIDv7 of that day on: ids that were made before it are smaller. */
export function firstIdOf(day: string): string {
  const hex = Date.parse(`${day}T00:00:00Z`).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
}
