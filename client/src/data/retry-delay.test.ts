import { expect, test } from 'vitest';
import { retryDelay } from './retry-delay.ts';

test('the first retry comes within half a second', () => {
  expect(retryDelay(0, 0)).toBe(250);
  expect(retryDelay(0, 1)).toBe(500);
});

test('waiting never exceeds 20 seconds, however often it failed', () => {
  for (const attempt of [6, 20, 5_000]) expect(retryDelay(attempt, 1)).toBe(20_000);
});

test('chance spreads clients over half of the delay', () => {
  expect(retryDelay(3, 0)).toBe(2_000);
  expect(retryDelay(3, 0.5)).toBe(3_000);
});
