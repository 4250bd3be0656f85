import { expect, test } from 'vitest';
import { ago } from './relative-time.ts';

const now = Date.UTC(2026, 10, 20, 12);

test('the last seconds are just now, the last day is relative, the rest is a date', () => {
  expect(ago(now - 2_000, now)).toBe('just now');
  expect(ago(now - 42_000, now)).toBe('42s ago');
  expect(ago(now - 125_000, now)).toBe('2m ago');
  expect(ago(now - 2 * 3_600_000, now)).toBe('2h ago');
  expect(ago(now - 2 * 86_400_000, now)).toBeNull();
});

test('the future is told the same way', () => {
  expect(ago(now + 125_000, now)).toBe('in 2m');
});
