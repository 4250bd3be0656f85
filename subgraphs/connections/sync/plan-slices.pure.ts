/** What planning needs to know of a stream. */
export interface PlannedStream {
  name: string;
  cursor: { lookbackDays: number; windowDays: number };
  /** The last day up to which everything was read; null before the first sync. */
  readUntil: string | null;
}

export interface PlannedSlice {
  stream: string;
  from: string;
  to: string;
}

/**
 * Cut what is to be read into slices: from the first day, or some days before the last one read, as platforms change
 * their figures for a while, until yesterday, as today is not over. Days are the account's.
 * @param start first day of the connection
 * @param today today in the account's time zone
 */
export function planSlices(streams: readonly PlannedStream[], start: string, today: string): PlannedSlice[] {
  const yesterday = addDays(today, -1);
  return streams.flatMap(({ name, cursor, readUntil }) => {
    const again = readUntil === null ? start : addDays(readUntil, 1 - cursor.lookbackDays);
    const slices: PlannedSlice[] = [];
    for (let from = again > start ? again : start; from <= yesterday; from = addDays(from, cursor.windowDays)) {
      const end = addDays(from, cursor.windowDays - 1);
      slices.push({ stream: name, from, to: end < yesterday ? end : yesterday });
    }
    return slices;
  });
}

/** The day so many days later, both written `YYYY-MM-DD`. */
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** The day it is at an instant in a time zone. */
export function dayIn(instant: Date, timeZone: string): string {
  const known = formats.get(timeZone);
  if (known) return known.format(instant);
  // To make one takes a thousand times longer than to use it.
  const made = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  formats.set(timeZone, made);
  return made.format(instant);
}
