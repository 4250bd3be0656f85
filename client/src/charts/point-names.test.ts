import { expect, test } from 'vitest';
import { nameStep, shortNames } from './point-names.ts';

test('days are named by month and day, over a long time by month and year, anything else as it is', () => {
  expect(shortNames(['2026-01-05', '2026-02-02'])).toEqual(['Jan 5', 'Feb 2']);
  expect(shortNames(['2025-01-05', '2026-02-02'])).toEqual(['Jan 2025', 'Feb 2026']);
  expect(shortNames(['€0', '€100'])).toEqual(['€0', '€100']);
});

test('as many points are named as have room, two at least', () => {
  const names = Array.from({ length: 60 }, () => 'Jan 2025');
  expect(nameStep(names, 1000)).toBe(8);
  expect(nameStep(names, 300)).toBe(15);
  expect(nameStep(names, 20)).toBe(30);
  expect(nameStep(['a'], 1000)).toBe(1);
});
