import { expect, test } from 'vitest';
import { safeTarget } from './safe-target.ts';

test('a path of this site is kept with its query', () => {
  expect(safeTarget('/attribution?window=7')).toBe('/attribution?window=7');
});

test('another site, a sign-in page or nothing leads to the hub', () => {
  for (const next of [undefined, '', '//evil.example', '/\\evil.example', 'https://evil.example', '/sign-in?token=1']) {
    expect(safeTarget(next)).toBe('/hub');
  }
});
