import { expect, test } from 'vitest';
import { mappingProblems, meaningLabel } from './mapping.ts';
import type { ColumnMeaning } from '../upload.generated.ts';

const map = (...meanings: ColumnMeaning[]) => meanings.map((meaning, index) => ({ column: `c${index}`, meaning }));

test('daily figures need a day, a channel and a figure', () => {
  expect(mappingProblems('RECORDS', map('DATE', 'CHANNEL', 'SPEND'), '')).toEqual([]);
  expect(mappingProblems('RECORDS', map('CAMPAIGN'), '')).toHaveLength(3);
});

test('one channel for all rows replaces the column', () => {
  expect(mappingProblems('RECORDS', map('DATE', 'CLICKS'), 'Newsletter')).toEqual([]);
});

test('journeys are paths or touches, not both', () => {
  expect(mappingProblems('JOURNEYS', map('PATH', 'CONVERSIONS', 'NULLS'), '')).toEqual([]);
  expect(mappingProblems('JOURNEYS', map('JOURNEY', 'CHANNEL', 'TOUCHED_AT'), '')).toEqual([]);
  expect(mappingProblems('JOURNEYS', map('PATH', 'JOURNEY'), '')).toHaveLength(1);
  expect(mappingProblems('JOURNEYS', map('CONVERSIONS'), '')).toHaveLength(1);
});

test('a meaning stands for one column only, leaving out for many', () => {
  expect(mappingProblems('RECORDS', map('DATE', 'DATE', 'CHANNEL', 'SPEND', 'IGNORE', 'IGNORE'), '')).toEqual([
    'Date is chosen 2 times.',
  ]);
});

test('meanings have names', () => {
  expect(meaningLabel('AD_GROUP')).toBe('Ad group');
  expect(meaningLabel('PATH')).toBe('Path (A > B > C)');
});
