import { expect, test } from 'vitest';
import { nextSort, sortRows } from './sort-rows.ts';

test('unknown values come last in both directions', () => {
  const rows = [3, null, 1];
  expect(sortRows(rows, (row) => row, 'up')).toEqual([1, 3, null]);
  expect(sortRows(rows, (row) => row, 'down')).toEqual([3, 1, null]);
});

test('the given rows are left as they are', () => {
  const rows = ['b', 'a'];
  sortRows(rows, (row) => row, 'up');
  expect(rows).toEqual(['b', 'a']);
});

test('a heading cycles through both directions and none', () => {
  const first = nextSort(undefined, 'spend', true);
  const second = nextSort(first, 'spend', true);
  expect([first?.direction, second?.direction, nextSort(second, 'spend', true)]).toEqual(['down', 'up', undefined]);
});

test('another heading starts anew, words with A', () => {
  expect(nextSort({ key: 'spend', direction: 'down' }, 'name', false)).toEqual({ key: 'name', direction: 'up' });
});
