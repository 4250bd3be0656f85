import { dayNumber, dayNumberOf, isoWeek, weekday } from './day-number.pure.ts';
import { industryFactor, type Industry } from './industry-factor.pure.ts';
import { regionalFactor } from './regional-factor.pure.ts';
import { seasonality, type Seasonality } from './seasonality.pure.ts';
import { blackFriday, cyberMonday, isPrimeDay, marketingSeason } from './shopping-days.pure.ts';

export interface Holiday {
  name: string;
  region: string;
  /** Whether most people are off work. */
  isPublic: boolean;
}

export interface CalendarOptions {
  /** A country (`US`) or a part of one (`DE-BY`). */
  region: string;
  industry?: Industry | null;
  /** 1 to 12; 1 makes the fiscal year the calendar year. */
  fiscalYearStartMonth: number;
  /** Holidays of the region by `YYYY-MM-DD`. */
  holidays: ReadonlyMap<string, readonly Holiday[]>;
}

export interface CalendarDay {
  date: string;
  dateKey: number;
  day: number;
  dayOfYear: number;
  dayOfWeek: number;
  dayName: string;
  isoWeek: number;
  isoYear: number;
  month: number;
  monthName: string;
  quarter: number;
  year: number;
  isWeekend: boolean;
  isWeekday: boolean;
  isHoliday: boolean;
  holidays: readonly Holiday[];
  fiscalYear: number;
  fiscalQuarter: number;
  fiscalMonth: number;
  seasonality: Seasonality;
  isBlackFriday: boolean;
  isCyberMonday: boolean;
  isPrimeDay: boolean;
  marketingSeason: string | null;
  industryFactor: number;
  regionalFactor: number;
}

const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

/** Everything the calendar knows about a day written `YYYY-MM-DD`. */
export function calendarDay(date: string, options: CalendarOptions): CalendarDay {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const number = dayNumber(date);
  const dayOfWeek = weekday(number);
  const week = isoWeek(number);
  const holidays = options.holidays.get(date) ?? [];
  return {
    date,
    dateKey: year * 10_000 + month * 100 + day,
    day,
    dayOfYear: number - dayNumberOf(year, 1, 1) + 1,
    dayOfWeek,
    dayName: dayNames[dayOfWeek - 1]!,
    ...week,
    month,
    monthName: monthNames[month - 1]!,
    quarter: Math.ceil(month / 3),
    year,
    isWeekend: dayOfWeek > 5,
    isWeekday: dayOfWeek <= 5,
    isHoliday: holidays.some(({ isPublic }) => isPublic),
    holidays,
    ...fiscalPeriod(year, month, options.fiscalYearStartMonth),
    seasonality: seasonality(month, week.isoWeek),
    isBlackFriday: number === blackFriday(year),
    isCyberMonday: number === cyberMonday(year),
    isPrimeDay: isPrimeDay(year, number),
    marketingSeason: marketingSeason(year, number),
    industryFactor: industryFactor(options.industry, month, day),
    regionalFactor: regionalFactor(options.region, month, day),
  };
}

/** A fiscal year is named after the calendar year it ends in: from October 2025 to September 2026 is 2026. */
function fiscalPeriod(year: number, month: number, start: number) {
  const fiscalMonth = ((month - start + 12) % 12) + 1;
  const fiscalYear = start > 1 && month >= start ? year + 1 : year;
  return { fiscalYear, fiscalQuarter: Math.ceil(fiscalMonth / 3), fiscalMonth };
}
