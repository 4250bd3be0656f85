import { expect, test } from 'vitest';
import { compareSums } from './compare-sums.ts';

const slice = { stream: 'ad_daily', accountId: '1', accountName: 'A', from: '2026-01-01', to: '2026-01-07' };

test('differences come before what is equal, the largest first', () => {
  const rows = compareSums([
    { ...slice, checks: [{ metric: 'clicks', ours: 10, theirs: 10 }] },
    { ...slice, checks: [{ metric: 'spend', ours: 99, theirs: 100 }] },
    { ...slice, checks: [{ metric: 'rows', ours: 3, theirs: 0 }] },
  ]);
  expect(rows.map(({ metric, equal }) => [metric, equal])).toEqual([
    ['rows', false],
    ['spend', false],
    ['clicks', true],
  ]);
  expect(rows[1]!.share).toBeCloseTo(-0.01);
  expect(rows[0]!.share).toBeNull();
});

test('less than half a cent is no difference', () => {
  expect(compareSums([{ ...slice, checks: [{ metric: 'spend', ours: 0.1 + 0.2, theirs: 0.3 }] }])[0]!.equal).toBe(true);
});
