import { expect, it } from 'vitest';
import { daysOf, periodName, periods } from './periods.ts';

it('periods rise, with the current one among them', () => {
  expect(periods(null)).toEqual([30, 90, 180, 365, 730, 1095, 1825, 3650, null]);
  expect(periods(45)[1]).toBe(45);
  expect(periods(365)).toHaveLength(9);
});

it('a period has a name and a value', () => {
  expect([null, 45, 365, 730].map(periodName)).toEqual(['for ever', '45 days', '1 year', '2 years']);
  expect(daysOf('')).toBeNull();
  expect(daysOf('90')).toBe(90);
});
