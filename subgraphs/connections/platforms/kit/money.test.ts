import { expect, test } from 'vitest';
import { count, micros, microsOfMinor } from './money.pure.ts';

test('amounts in major units keep every decimal that counts', () => {
  expect(micros('53.39')).toBe(53_390_000n);
  expect(micros('-0.01')).toBe(-10_000n);
  expect(micros('9007199254740993.5')).toBe(9_007_199_254_740_993_500_000n);
  expect(micros('1.0000005')).toBe(1_000_001n);
  expect(micros(180.2)).toBe(180_200_000n);
  expect([micros('-'), micros(''), micros(null)]).toEqual([0n, 0n, 0n]);
});

test('what is no amount is refused and not taken for nothing', () => {
  for (const wrong of ['1,5', 'abc', '1e5', '12 €']) expect(() => micros(wrong), wrong).toThrow(RangeError);
  expect(count('many')).toBeNaN();
});

test('smallest units follow the currency', () => {
  expect(microsOfMinor(1234, 'eur')).toBe(12_340_000n);
  expect(microsOfMinor(500, 'JPY')).toBe(500_000_000n);
  expect(microsOfMinor(1500, 'KWD')).toBe(1_500_000n);
});
