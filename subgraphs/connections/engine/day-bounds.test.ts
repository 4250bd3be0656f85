import { expect, test } from 'vitest';
import { endOfDay, startOfDay } from './day-bounds.pure.ts';

const hours = (day: string, zone: string): number =>
  (endOfDay(day, zone).getTime() - startOfDay(day, zone).getTime()) / 3_600_000;

test('a day begins at its own midnight', () => {
  expect(startOfDay('2026-11-21', 'UTC').toISOString()).toBe('2026-11-21T00:00:00.000Z');
  expect(startOfDay('2026-11-21', 'America/Los_Angeles').toISOString()).toBe('2026-11-21T08:00:00.000Z');
  expect(startOfDay('2026-07-01', 'Australia/Lord_Howe').toISOString()).toBe('2026-06-30T13:30:00.000Z');
});

test('days on which clocks change have 23 or 25 hours', () => {
  expect([hours('2026-03-29', 'Europe/Berlin'), hours('2026-10-25', 'Europe/Berlin')]).toEqual([23, 25]);
  expect([hours('2026-03-08', 'America/New_York'), hours('2026-11-01', 'America/New_York')]).toEqual([23, 25]);
});

test('a day whose midnight is skipped begins with the change', () => {
  expect(startOfDay('2026-09-06', 'America/Santiago').toISOString()).toBe('2026-09-06T04:00:00.000Z');
  expect(hours('2026-09-06', 'America/Santiago')).toBe(23);
  expect(hours('2026-09-05', 'America/Santiago')).toBe(24);
});
