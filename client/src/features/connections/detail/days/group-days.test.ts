import { expect, test } from 'vitest';
import { type AccountDay, byDay, cellOf, summarise } from './group-days.ts';

const day = (accountId: string, state: AccountDay['state'], isFinal = true): AccountDay => ({
  accountId,
  accountName: `Account ${accountId}`,
  day: '2026-11-01',
  state,
  isFinal,
  reasons: [],
});

test('a day is as bad as its worst account and says how many are', () => {
  const cell = cellOf('2026-11-01', [day('1', 'COMPLETE'), day('2', 'MISSING'), day('3', 'PARTIAL')]);
  expect(cell).toMatchObject({ tone: 'error', hollow: false });
  expect(cell.title).toMatch(/missing \(1 of 3 accounts\)$/);
});

test('a day that the platform may still change is hollow', () => {
  expect(cellOf('2026-11-01', [day('1', 'COMPLETE'), day('2', 'COMPLETE', false)])).toMatchObject({
    tone: 'ok',
    hollow: true,
  });
});

test('a day that nobody read is not green', () => {
  expect(cellOf('2026-11-01', undefined)).toMatchObject({ tone: 'none' });
});

test('accounts are counted by state', () => {
  expect(summarise([day('2', 'COMPLETE'), day('1', 'PARTIAL'), day('2', 'MISSING')])).toEqual([
    { id: '1', name: 'Account 1', complete: 0, partial: 1, missing: 0 },
    { id: '2', name: 'Account 2', complete: 1, partial: 0, missing: 1 },
  ]);
});

test('one account can be looked at alone', () => {
  expect(byDay([day('1', 'COMPLETE'), day('2', 'MISSING')], '2').get('2026-11-01')).toHaveLength(1);
});
