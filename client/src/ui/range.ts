/** Calendar days, inclusive, `YYYY-MM-DD`. */
export interface DayRange {
  from: string;
  to: string;
}

const dayMillis = 86_400_000;

/** A day some days later, or earlier when negative. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMillis).toISOString().slice(0, 10);
}

/** How many days a range has, both ends counted. */
export function countDays({ from, to }: DayRange): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMillis) + 1;
}

/** The calendar day of an instant in a time zone. */
export function dayIn(instant: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    instant,
  );
}

/** Reads `now`, `now-30d` or a day; null for anything else. */
export function parseDay(text: string | undefined, today: string): string | null {
  const relative = /^now(?:-(\d{1,5})d)?$/.exec(text ?? '');
  if (relative) return addDays(today, -Number(relative[1] ?? 0));
  if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const millis = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(millis) || new Date(millis).toISOString().slice(0, 10) !== text ? null : text;
}

/** Both ends of a range as they stand in an address; in the right order, whatever was typed. Null when one is bad. */
export function parseRange(from: string | undefined, to: string | undefined, today: string): DayRange | null {
  const ends = [parseDay(from, today), parseDay(to, today)];
  if (ends[0] === null || ends[1] === null) return null;
  const [first, last] = (ends as string[]).toSorted();
  return { from: first!, to: last! };
}

/** The range of the same length that ends the day before. */
export function rangeBefore(range: DayRange): DayRange {
  return { from: addDays(range.from, -countDays(range)), to: addDays(range.from, -1) };
}

/** Days for up to four months, weeks for up to two years, then months: as many points as a chart can show. */
export function grainOf(range: DayRange): 'DAY' | 'WEEK' | 'MONTH' {
  const count = countDays(range);
  return count <= 124 ? 'DAY' : count <= 740 ? 'WEEK' : 'MONTH';
}
