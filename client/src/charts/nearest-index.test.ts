import { expect, test } from 'vitest';
import { nearestIndex } from './nearest-index.ts';

test('the nearest of ascending positions is found, the left one on a tie', () => {
  const positions = [0, 10, 20, 40];
  expect([-5, 4, 5, 6, 29, 31, 99].map((x) => nearestIndex(positions, x))).toEqual([0, 0, 0, 1, 2, 3, 3]);
});

test('nothing is nearest where nothing is', () => {
  expect(nearestIndex([], 3)).toBe(-1);
});
