import { addDays } from '../sync/plan-slices.pure.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(timeZone, format);
  return format;
}

/** How far a zone is ahead of UTC at an instant, in ms. */
function offsetAt(instant: number, timeZone: string): number {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  const local = Date.UTC(
    Number(parts['year']),
    Number(parts['month']) - 1,
    Number(parts['day']),
    Number(parts['hour']),
    Number(parts['minute']),
    Number(parts['second']),
  );
  return local - Math.floor(instant / 1000) * 1000;
}

/**
 * The instant at which a day begins in a time zone. Where clocks skip midnight it is the first instant of the day;
 * where midnight comes twice, the first of the two.
 */
export function startOfDay(day: string, timeZone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const before = midnight - offsetAt(midnight - 86_400_000, timeZone);
  const after = midnight - offsetAt(midnight + 86_400_000, timeZone);
  const fits = [before, after].filter((instant) => instant + offsetAt(instant, timeZone) === midnight);
  // No fit: midnight is skipped, and the day begins with the change itself.
  return new Date(fits.length > 0 ? Math.min(...fits) : Math.max(before, after));
}

/** The instant after the last of a day. */
export function endOfDay(day: string, timeZone: string): Date {
  return startOfDay(addDays(day, 1), timeZone);
}
