import { expect, test } from 'vitest';
import { fillGaps, summarise } from './fill-gaps.ts';

const range = { from: '2026-11-01', to: '2026-11-16' };

test('a day without a row is a gap', () => {
  const filled = fillGaps([{ key: '2026-11-02' }, { key: '2026-11-04' }], range, 'DAY');
  expect(filled).toHaveLength(16);
  expect(filled.slice(0, 4).map(({ row }) => row !== null)).toEqual([false, true, false, true]);
});

test('weeks go on from the first one', () => {
  const filled = fillGaps([{ key: '2026-10-26' }, { key: '2026-11-09' }], range, 'WEEK');
  expect(filled.map(({ key, row }) => [key, row !== null])).toEqual([
    ['2026-10-26', true],
    ['2026-11-02', false],
    ['2026-11-09', true],
    ['2026-11-16', false],
  ]);
});

test('nothing stays nothing', () => {
  expect(fillGaps([], range, 'DAY')).toEqual([]);
  expect(summarise('Spend', [null], String)).toBe('Spend: nothing known');
});

test('a series is told by its last, lowest and highest value', () => {
  expect(summarise('Spend', [3, null, 1, 2], String)).toBe('Spend: last 2, lowest 1, highest 3');
});
