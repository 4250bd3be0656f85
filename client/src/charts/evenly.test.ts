import { expect, test } from 'vitest';
import { evenly } from './evenly.ts';

test('positions lie at equal steps from one end to the other', () => {
  expect(evenly(3, 50, 150)).toEqual([50, 100, 150]);
});

test('one position lies at the first end, and none is made up', () => {
  expect(evenly(1, 50, 150)).toEqual([50]);
  expect(evenly(0, 50, 150)).toEqual([]);
});
