import { expect, test } from 'vitest';
import { lonelyPoints } from './lonely-points.ts';

test('a value between gaps or at an end is lonely, neighbours are not', () => {
  expect(lonelyPoints([1, null, 2, null, 3, 4, null, 5])).toEqual([0, 2, 7]);
  expect(lonelyPoints([])).toEqual([]);
  expect(lonelyPoints([7])).toEqual([0]);
});
