import { expect, test } from 'vitest';
import { addDays, countDays, dayIn, grainOf, parseDay, parseRange, rangeBefore } from './range.ts';

const today = '2026-11-20';

test('relative days count back from today, across months', () => {
  expect(parseDay('now', today)).toBe('2026-11-20');
  expect(parseDay('now-30d', today)).toBe('2026-10-21');
});

test('a day that does not exist is refused', () => {
  for (const text of ['2026-02-30', '2026-13-01', '20261120', 'yesterday', '', undefined]) {
    expect(parseDay(text, today)).toBeNull();
  }
});

test('a range typed backwards is turned round', () => {
  expect(parseRange('now', 'now-6d', today)).toEqual({ from: '2026-11-14', to: '2026-11-20' });
});

test('the range before has the same length and touches', () => {
  const range = { from: '2026-03-01', to: '2026-03-31' };
  const before = rangeBefore(range);
  expect(before).toEqual({ from: '2026-01-29', to: '2026-02-28' });
  expect(countDays(before)).toBe(countDays(range));
});

test('leap days count', () => {
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
});

test('the day depends on the time zone', () => {
  const instant = Date.parse('2026-11-20T02:00:00Z');
  expect(dayIn(instant, 'UTC')).toBe('2026-11-20');
  expect(dayIn(instant, 'America/New_York')).toBe('2026-11-19');
});

test('longer ranges have coarser points', () => {
  expect([30, 365, 1_000].map((count) => grainOf({ from: addDays(today, 1 - count), to: today }))).toEqual([
    'DAY',
    'WEEK',
    'MONTH',
  ]);
});
