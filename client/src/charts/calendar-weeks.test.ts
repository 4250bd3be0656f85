import { expect, test } from 'vitest';
import { calendarWeeks } from './calendar-weeks.ts';

test('weeks begin on Monday and hold nothing outside the range', () => {
  const weeks = calendarWeeks('2026-01-01', '2026-01-06');
  expect(weeks.map(({ days }) => days)).toEqual([
    [null, null, null, '2026-01-01', '2026-01-02', '2026-01-03', '2026-01-04'],
    ['2026-01-05', '2026-01-06', null, null, null, null, null],
  ]);
});

test('a month is named at the week it begins in', () => {
  const named = calendarWeeks('2026-02-20', '2026-03-10').filter(({ month }) => month !== null);
  expect(named).toHaveLength(1);
  expect(named[0]).toMatchObject({ month: 'Mar' });
  expect(named[0]!.days).toContain('2026-03-01');
});

test('a year and a day takes 53 weeks at most', () => {
  expect(calendarWeeks('2025-11-21', '2026-11-21').length).toBeLessThanOrEqual(54);
});
