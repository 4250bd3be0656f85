import { describe, expect, it } from 'vitest';
import { calendarOf } from './calendar.service.ts';
import { calendarDay, type CalendarDay } from './calendar-day.pure.ts';
import { dayNumber, dayText, easterSunday } from './day-number.pure.ts';
import { industryFactor } from './industry-factor.pure.ts';
import { seasonality } from './seasonality.pure.ts';
import type { QueryCalendarArgs } from '../schema.generated.ts';

const plain = { region: 'US', fiscalYearStartMonth: 1, holidays: new Map() };

async function day(date: string, args: Partial<QueryCalendarArgs> = {}): Promise<CalendarDay> {
  return (await calendarOf({ range: { from: date, to: date }, ...args }))[0]!;
}

describe('calendarDay', () => {
  it('knows every field of Black Friday 2026', async () => {
    expect(await day('2026-11-27', { industry: 'RETAIL', fiscalYearStartMonth: 10 })).toMatchObject({
      dateKey: 20261127,
      day: 27,
      dayOfYear: 331,
      dayOfWeek: 5,
      dayName: 'Friday',
      isoWeek: 48,
      isoYear: 2026,
      month: 11,
      monthName: 'November',
      quarter: 4,
      year: 2026,
      isWeekend: false,
      isWeekday: true,
      isHoliday: false,
      fiscalYear: 2027,
      fiscalQuarter: 1,
      fiscalMonth: 2,
      isBlackFriday: true,
      isCyberMonday: false,
      isPrimeDay: false,
      marketingSeason: 'black_friday',
      industryFactor: 1.4,
    });
  });

  it.each([
    ['2021-01-03', 2020, 53],
    ['2021-01-04', 2021, 1],
    ['2024-12-30', 2025, 1],
    ['2026-12-31', 2026, 53],
    ['2023-01-01', 2022, 52],
  ])('%s is in ISO week %i-W%i', (date, isoYear, isoWeek) => {
    expect(calendarDay(date, plain)).toMatchObject({ isoYear, isoWeek });
  });

  it.each([
    ['2024-02-29', 60],
    ['2024-12-31', 366],
    ['1999-12-31', 365],
  ])('%s is day %i of its year', (date, dayOfYear) => {
    expect(calendarDay(date, plain).dayOfYear).toBe(dayOfYear);
  });

  it.each([
    ['2019-11-29', '2019-12-02'],
    ['2024-11-29', '2024-12-02'],
    ['2025-11-28', '2025-12-01'],
  ])('Black Friday %s is followed by Cyber Monday %s', (friday, monday) => {
    expect(calendarDay(friday, plain).isBlackFriday).toBe(true);
    expect(calendarDay(monday, plain).isCyberMonday).toBe(true);
  });

  it('knows the Prime Days that were held, and estimates later ones', () => {
    const on = (date: string) => calendarDay(date, plain).isPrimeDay;
    expect(['2020-10-13', '2024-07-16', '2024-07-17', '2025-07-11'].map(on)).toEqual([true, true, true, true]);
    expect(['2014-07-08', '2020-07-14', '2024-07-18'].map(on)).toEqual([false, false, false]);
    expect(['2030-07-09', '2030-07-10'].map(on)).toEqual([true, true]);
  });

  it.each([
    [1, '2026-01-01', { fiscalYear: 2026, fiscalQuarter: 1, fiscalMonth: 1 }],
    [4, '2026-03-31', { fiscalYear: 2026, fiscalQuarter: 4, fiscalMonth: 12 }],
    [4, '2026-04-01', { fiscalYear: 2027, fiscalQuarter: 1, fiscalMonth: 1 }],
    [10, '2025-10-01', { fiscalYear: 2026, fiscalQuarter: 1, fiscalMonth: 1 }],
  ])('with a fiscal year from month %i, %s lies where it should', (fiscalYearStartMonth, date, expected) => {
    expect(calendarDay(date, { ...plain, fiscalYearStartMonth })).toMatchObject(expected);
  });

  it.each([
    ['2026-02-10', 'valentines_day'],
    ['2026-08-20', 'back_to_school'],
    ['2026-12-10', 'holiday'],
    ['2026-12-28', 'post_holiday'],
    ['2026-04-01', 'easter'],
    ['2026-09-20', null],
  ])('%s is in the season %s', (date, season) => {
    expect(calendarDay(date, plain).marketingSeason).toBe(season);
  });
});

describe('easterSunday', () => {
  it.each(['2000-04-23', '2024-03-31', '2025-04-20', '2026-04-05', '2038-04-25'])('is %s', (date) => {
    expect(dayText(easterSunday(Number(date.slice(0, 4))))).toBe(date);
  });
});

describe('industryFactor', () => {
  it.each([
    ['RETAIL', [0.7, 0.7, 1, 1, 1, 0.8, 0.8, 1.2, 1.2, 1.4, 1.4, 1.4]],
    ['B2B_SAAS', [1.3, 1, 1, 1, 1, 0.9, 0.9, 0.9, 1, 1, 1, 1.1]],
    ['EDUCATION', [1.2, 1.2, 1, 1, 1, 0.3, 0.3, 1.5, 1.5, 1, 1, 0.5]],
  ] as const)('of %s follows its months', (industry, factors) => {
    expect(factors.map((_, index) => industryFactor(industry, index + 1, 10))).toEqual(factors);
  });

  it('of B2B software rises from the 25th of months without a pattern of their own', () => {
    expect([24, 25, 31].map((date) => industryFactor('B2B_SAAS', 3, date))).toEqual([1, 1.15, 1.15]);
    expect(industryFactor('B2B_SAAS', 12, 28)).toBe(1.1);
  });

  it('is 1 without an industry', () => {
    expect(industryFactor(null, 12, 25)).toBe(1);
  });
});

describe('seasonality', () => {
  it('averages 1 over the months of a year and peaks in December and in the week of Black Friday', () => {
    const months = Array.from({ length: 12 }, (_, index) => seasonality(index + 1, 1).month);
    expect(months.reduce((sum, factor) => sum + factor, 0) / 12).toBeCloseTo(1, 2);
    expect(Math.max(...months)).toBe(months[11]);
    expect(seasonality(11, 48).week).toBeGreaterThan(seasonality(11, 45).week);
    expect(seasonality(12, 50).quarter).toBe(seasonality(10, 40).quarter);
  });
});

describe('calendarOf', () => {
  it('names holidays of a country and of a part of one', async () => {
    const thanksgiving = await day('2026-11-26');
    expect(thanksgiving).toMatchObject({ isHoliday: true });
    expect(thanksgiving.holidays).toEqual([{ name: 'Thanksgiving Day', region: 'US', isPublic: true }]);
    expect((await day('2026-02-14')).holidays[0]).toMatchObject({ name: "Valentine's Day", isPublic: false });
    expect((await day('2026-02-14')).isHoliday).toBe(false);
    expect((await day('2026-01-06', { region: 'DE' })).isHoliday).toBe(false);
    expect((await day('2026-01-06', { region: 'DE-BY' })).isHoliday).toBe(true);
  });

  it('knows what is particular to a region', async () => {
    expect((await day('2026-11-11', { region: 'CN' })).regionalFactor).toBe(1.4);
    expect((await day('2026-12-31', { region: 'GB' })).regionalFactor).toBe(1.2);
    expect((await day('2026-11-11', { region: 'US' })).regionalFactor).toBe(1);
  });

  it('gives each day of a range once, over leap days and years', async () => {
    const days = await calendarOf({ range: { from: '2023-12-30', to: '2025-01-02' } });
    expect(days).toHaveLength(370);
    days.forEach((item, index) => expect(dayNumber(item.date)).toBe(dayNumber('2023-12-30') + index));
  });

  it.each([
    ['range', { range: { from: '2026-02-02', to: '2026-02-01' } }],
    ['range', { range: { from: '2020-01-01', to: '2026-02-01' } }],
    ['region', { range: { from: '2026-01-01', to: '2026-01-01' }, region: 'XX' }],
    ['region', { range: { from: '2026-01-01', to: '2026-01-01' }, region: '__proto__' }],
    ['fiscalYearStartMonth', { range: { from: '2026-01-01', to: '2026-01-01' }, fiscalYearStartMonth: 13 }],
  ])('refuses a wrong %s', async (field, args) => {
    await expect(calendarOf(args)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', details: { field } });
  });
});
