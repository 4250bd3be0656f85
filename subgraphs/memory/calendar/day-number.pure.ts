const millisPerDay = 86_400_000;

/** Days since 1970-01-01 of a day written `YYYY-MM-DD`. */
export function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / millisPerDay;
}

/** Days since 1970-01-01 of a day given by year, month (from 1) and day; days beyond the month run on. */
export function dayNumberOf(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day) / millisPerDay;
}

/** `YYYY-MM-DD` of a day number. */
export function dayText(day: number): string {
  return new Date(day * millisPerDay).toISOString().slice(0, 10);
}

/** Monday is 1, Sunday 7. */
export function weekday(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** The n-th given weekday of a month, as a day number: `nthWeekday(2026, 11, 4, 4)` is Thanksgiving. */
export function nthWeekday(year: number, month: number, wanted: number, n: number): number {
  const first = dayNumberOf(year, month, 1);
  return first + ((wanted - weekday(first) + 7) % 7) + (n - 1) * 7;
}

/** ISO 8601: weeks begin on Monday, and week 1 is the one with the year's first Thursday. */
export function isoWeek(day: number): { isoYear: number; isoWeek: number } {
  const thursday = day - weekday(day) + 4;
  const isoYear = new Date(thursday * millisPerDay).getUTCFullYear();
  return { isoYear, isoWeek: Math.floor((thursday - dayNumberOf(isoYear, 1, 1)) / 7) + 1 };
}

/** Easter Sunday of the Gregorian calendar (anonymous algorithm of 1876, as given by Meeus). */
export function easterSunday(year: number): number {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const days = h + l - 7 * m + 114;
  return dayNumberOf(year, Math.floor(days / 31), (days % 31) + 1);
}
