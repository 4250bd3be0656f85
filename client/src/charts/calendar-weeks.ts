const dayMillis = 86_400_000;

/** A column of a calendar: seven days from Monday on; null outside the range. */
export interface Week {
  days: (string | null)[];
  /** The month that begins in this week, e.g. `Mar`. */
  month: string | null;
}

const monthName = new Intl.DateTimeFormat('en', { month: 'short', timeZone: 'UTC' });

function dayOf(millis: number): string {
  return new Date(millis).toISOString().slice(0, 10);
}

/** Lays the days of a range out in weeks that begin on Monday. */
export function calendarWeeks(from: string, to: string): Week[] {
  const first = Date.parse(`${from}T00:00:00Z`);
  const last = Date.parse(`${to}T00:00:00Z`);
  const monday = first - ((new Date(first).getUTCDay() + 6) % 7) * dayMillis;
  const weeks: Week[] = [];
  for (let start = monday; start <= last; start += 7 * dayMillis) {
    const days = Array.from({ length: 7 }, (_, index) => {
      const at = start + index * dayMillis;
      return at < first || at > last ? null : dayOf(at);
    });
    const begins = days.find((day) => day?.endsWith('-01'));
    weeks.push({ days, month: begins ? monthName.format(Date.parse(`${begins}T00:00:00Z`)) : null });
  }
  return weeks;
}
