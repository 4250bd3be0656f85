import { expect, test } from 'vitest';
import { browserName } from './browser-name.ts';

test('browsers that pretend to be others are told apart', () => {
  const chrome =
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36';
  expect(browserName(chrome)).toBe('Chrome on Linux');
  expect(browserName(`${chrome} Edg/150.0`)).toBe('Edge on Linux');
  expect(browserName('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15) AppleWebKit/605 Version/18 Safari/605')).toBe(
    'Safari on macOS',
  );
});

test('what is unknown is shown as it names itself', () => {
  expect(browserName('my-script/1.0')).toBe('my-script/1.0');
  expect(browserName(null)).toBe('Unknown program');
});
