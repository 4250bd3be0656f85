import { expect, test } from 'vitest';
import { advanceCursors } from './advance-cursors.pure.ts';

function slice(from: string, to: string, ok: boolean, accountId = 'a') {
  return { stream: 's', accountId, from, to, since: null, until: null, ok };
}

test('a cursor stops before the first gap, each account for itself', () => {
  const advanced = advanceCursors([
    slice('2024-01-11', '2024-01-20', false),
    slice('2024-01-01', '2024-01-10', true),
    slice('2024-01-21', '2024-01-30', true),
    slice('2024-01-01', '2024-01-30', true, 'b'),
  ]);
  expect(advanced.map(({ accountId, lastDay }) => [accountId, lastDay])).toEqual([
    ['a', '2024-01-10'],
    ['b', '2024-01-30'],
  ]);
  expect(advanceCursors([slice('2024-01-01', '2024-01-10', false)])).toEqual([]);
});

test('windows of one day are told apart by their instants', () => {
  const hour = (n: number) => new Date(Date.UTC(2024, 0, 1, n));
  const part = (from: number, to: number, ok: boolean) => ({
    ...slice('2024-01-01', '2024-01-01', ok),
    since: hour(from),
    until: hour(to),
  });
  expect(advanceCursors([part(12, 20, false), part(0, 12, true)])[0]?.readUntil).toEqual(hour(12));
});
