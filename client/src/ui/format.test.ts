import { expect, test } from 'vitest';
import {
  bytes,
  change,
  compact,
  decimal,
  duration,
  integer,
  money,
  percent,
  plural,
  quantity,
  words,
} from './format.ts';

test('unknown is a dash, never zero', () => {
  for (const show of [integer, decimal, quantity, compact, percent, bytes, duration]) {
    expect(show(null)).toBe('–');
    expect(show(undefined)).toBe('–');
  }
  expect(integer(Number.NaN)).toBe('–');
  expect(integer(0)).toBe('0');
});

test('money is exact in tables and short in cards', () => {
  expect(money(1_234_567.891, 'EUR')).toBe('€1,234,567.89');
  expect(money(1_234_567.891, 'EUR', 'compact')).toBe('€1.23M');
  expect(money(12, null)).toBe('12.00');
});

test('a change needs something to compare with', () => {
  expect(change(150, 100)).toBe('+50%');
  expect(change(75, 100)).toBe('-25%');
  expect(change(5, 0)).toBe('–');
  expect(change(5, null)).toBe('–');
});

test('credited conversions keep decimals while they matter', () => {
  expect(quantity(12.345)).toBe('12.3');
  expect(quantity(12_345.6)).toBe('12,346');
});

test('durations use the unit that fits', () => {
  expect([340, 2_140, 200_000, 7_500_000, 200_000_000].map(duration)).toEqual([
    '340 ms',
    '2.1 s',
    '3 min 20 s',
    '2 h 5 min',
    '2 d 7 h',
  ]);
});

test('bytes count in steps of 1,024', () => {
  expect([0, 900, 2_048, 5_767_168].map(bytes)).toEqual(['0 B', '900 B', '2 kB', '5.5 MB']);
});

test('codes become words and counts their noun', () => {
  expect(words('google_ads')).toBe('Google ads');
  expect(words('halfLifeDays')).toBe('Half life days');
  expect(words('POSITION_BASED')).toBe('Position based');
  expect(plural(1, 'row')).toBe('1 row');
  expect(plural(1_200, 'row')).toBe('1,200 rows');
});
