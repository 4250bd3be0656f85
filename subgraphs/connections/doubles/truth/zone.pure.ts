const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Milliseconds by which a zone's clock is ahead of UTC at an instant. */
export function zoneOffset(zone: string, instant: number): number {
  let format = formats.get(zone);
  if (!format) {
    const two = '2-digit' as const;
    const fields = { year: 'numeric', month: two, day: two, hour: two, minute: two, second: two } as const;
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', ...fields });
    formats.set(zone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const wall = Date.UTC(parts.year!, parts.month! - 1, parts.day, parts.hour, parts.minute, parts.second);
  return wall - Math.floor(instant / 1000) * 1000;
}

/** Days since 1970-01-01 of the calendar day on which an instant falls in a zone. */
export function dayIn(zone: string, instant: number): number {
  return Math.floor((instant + zoneOffset(zone, instant)) / dayMs);
}

/** The instant at which a day begins in a zone; days of 23 and 25 hours come out right. */
export function startOfDay(zone: string, day: number): number {
  const guess = day * dayMs;
  const first = guess - zoneOffset(zone, guess);
  return guess - zoneOffset(zone, first);
}

/** An instant as ISO 8601 with the zone's offset, e.g. `2026-11-01T00:00:00+0100`. */
export function isoIn(zone: string, instant: number, colon = false): string {
  const offset = zoneOffset(zone, instant);
  const minutes = Math.abs(Math.round(offset / 60_000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const sign = offset < 0 ? '-' : '+';
  const local = new Date(instant + offset).toISOString().slice(0, 19);
  return `${local}${sign}${two(Math.floor(minutes / 60))}${colon ? ':' : ''}${two(minutes % 60)}`;
}
