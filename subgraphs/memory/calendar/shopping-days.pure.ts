import { dayNumberOf, easterSunday, nthWeekday } from './day-number.pure.ts';

const thursday = 4;
const tuesday = 2;
const sunday = 7;

/** Thanksgiving is the fourth Thursday of November in the United States. */
function thanksgiving(year: number): number {
  return nthWeekday(year, 11, thursday, 4);
}

/** The day after Thanksgiving. */
export function blackFriday(year: number): number {
  return thanksgiving(year) + 1;
}

/** The Monday after Thanksgiving. */
export function cyberMonday(year: number): number {
  return thanksgiving(year) + 4;
}

/** First day (month, day) and length of Prime Day in the years it has been held. */
const primeDays: Readonly<Record<number, readonly [month: number, day: number, days: number]>> = {
  2015: [7, 15, 1],
  2016: [7, 12, 1],
  2017: [7, 11, 1],
  2018: [7, 16, 2],
  2019: [7, 15, 2],
  2020: [10, 13, 2],
  2021: [6, 21, 2],
  2022: [7, 12, 2],
  2023: [7, 11, 2],
  2024: [7, 16, 2],
  2025: [7, 8, 4],
};

/**
 * Whether a day is a Prime Day. Years without a known date get an estimate, the second Tuesday of July and the day
 * after; there was none before 2015.
 */
export function isPrimeDay(year: number, day: number): boolean {
  if (year < 2015) return false;
  const known = primeDays[year];
  const first = known ? dayNumberOf(year, known[0], known[1]) : nthWeekday(year, 7, tuesday, 2);
  return day >= first && day < first + (known?.[2] ?? 2);
}

interface Season {
  name: string;
  from: number;
  to: number;
}

/** The marketing season of a day; the narrower one where two overlap; null outside. */
export function marketingSeason(year: number, day: number): string | null {
  return seasonsOf(year).find(({ from, to }) => day >= from && day <= to)?.name ?? null;
}

/** Narrower seasons come first. */
function seasonsOf(year: number): Season[] {
  const on = (month: number, date: number): number => dayNumberOf(year, month, date);
  const easter = easterSunday(year);
  const mothersDay = nthWeekday(year, 5, sunday, 2);
  const fathersDay = nthWeekday(year, 6, sunday, 3);
  return [
    { name: 'black_friday', from: thanksgiving(year) - 3, to: cyberMonday(year) },
    { name: 'post_holiday', from: on(12, 26), to: on(12, 31) },
    { name: 'holiday', from: on(11, 1), to: on(12, 25) },
    { name: 'new_year', from: on(1, 1), to: on(1, 15) },
    { name: 'valentines_day', from: on(1, 25), to: on(2, 14) },
    { name: 'easter', from: easter - 14, to: easter },
    { name: 'mothers_day', from: mothersDay - 14, to: mothersDay },
    { name: 'fathers_day', from: fathersDay - 14, to: fathersDay },
    { name: 'back_to_school', from: on(7, 15), to: on(9, 10) },
    { name: 'summer', from: on(6, 1), to: on(8, 31) },
    { name: 'halloween', from: on(10, 1), to: on(10, 31) },
  ];
}
