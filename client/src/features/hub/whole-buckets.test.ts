import { expect, test } from 'vitest';
import { wholeBuckets } from './whole-buckets.ts';

const keys = (points: { key: string }[]) => points.map(({ key }) => key);
const range = { from: '2026-01-07', to: '2026-03-20' };

test('half weeks at both ends are left out', () => {
  const points = ['2026-01-05', '2026-01-12', '2026-03-09', '2026-03-16'].map((key) => ({ key }));
  expect(keys(wholeBuckets(points, range, 'WEEK'))).toEqual(['2026-01-12', '2026-03-09']);
});

test('half months are left out, February has its own length', () => {
  const points = ['2026-01-01', '2026-02-01', '2026-03-01'].map((key) => ({ key }));
  expect(keys(wholeBuckets(points, range, 'MONTH'))).toEqual(['2026-02-01']);
});

test('days are always whole', () => {
  expect(wholeBuckets([{ key: '2026-03-20' }], range, 'DAY')).toHaveLength(1);
});
