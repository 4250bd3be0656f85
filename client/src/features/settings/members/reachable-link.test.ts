import { expect, test } from 'vitest';
import { reachableLink } from './reachable-link.ts';

test('a public address is handed over as it is', () => {
  expect(reachableLink('https://lift.example/join?token=a', 'http://10.0.0.1:4000')).toBe(
    'https://lift.example/join?token=a',
  );
});

test('without a public address that of the page is used', () => {
  expect(reachableLink('http://localhost/join?token=a', 'http://10.0.0.1:4000')).toBe(
    'http://10.0.0.1:4000/join?token=a',
  );
});
