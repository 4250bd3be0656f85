import { expect, test } from 'vitest';
import { isComparable } from './basis.ts';

test('revenue on two bases is never compared', () => {
  expect(isComparable('BOOKED', 'CLAIMED')).toBe(false);
  expect(isComparable('BOOKED', 'BOOKED')).toBe(true);
});

test('a period without revenue has no basis that could differ', () => {
  expect(isComparable('PAID', null)).toBe(true);
});
