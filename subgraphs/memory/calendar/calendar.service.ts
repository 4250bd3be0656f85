import { badInput } from '@liftos/core/errors.ts';
import type { CalendarHoliday, CalendarQuery } from '@liftos/core/ports/memory.ts';
import type { QueryCalendarArgs } from '../schema.generated.ts';
import { calendarDay, type CalendarDay, type CalendarOptions } from './calendar-day.pure.ts';
import { dayNumber, dayText } from './day-number.pure.ts';
import { holidaysOf } from './holidays.ts';

const longestRange = 1100;

/** The days of a range. Throws BAD_USER_INPUT for a range, region or month that makes no sense. */
export async function calendarOf(args: QueryCalendarArgs): Promise<CalendarDay[]> {
  const [first, last] = [dayNumber(args.range.from), dayNumber(args.range.to)];
  const fiscalYearStartMonth = args.fiscalYearStartMonth ?? 1;
  if (last < first) throw badInput('range', 'The range ends before it begins.');
  if (last - first >= longestRange) throw badInput('range', `Ask for at most ${longestRange} days.`);
  if (fiscalYearStartMonth < 1 || fiscalYearStartMonth > 12)
    throw badInput('fiscalYearStartMonth', 'A month is 1 to 12.');
  const region = args.region ?? 'US';
  const options: CalendarOptions = {
    region,
    industry: args.industry ?? null,
    fiscalYearStartMonth,
    holidays: await holidaysOf(region, yearOf(args.range.from), yearOf(args.range.to)),
  };
  return Array.from({ length: last - first + 1 }, (_, index) => calendarDay(dayText(first + index), options));
}

/** Holidays of a region by day, in order. Throws BAD_USER_INPUT for a region that does not exist. */
export async function holidaysWithin({ from, to, region }: CalendarQuery): Promise<CalendarHoliday[]> {
  const days = [...(await holidaysOf(region, yearOf(from), yearOf(to)))].filter(([day]) => day >= from && day <= to);
  return days
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([date, holidays]) => holidays.map(({ name, isPublic }) => ({ date, name, isPublic })));
}

/** A single day in the United States with the calendar year as the fiscal year: what a record shows. */
export async function defaultDay(date: string): Promise<CalendarDay> {
  const holidays = await holidaysOf('US', yearOf(date), yearOf(date));
  return calendarDay(date, { region: 'US', fiscalYearStartMonth: 1, holidays });
}

function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}
