import { expect, test } from 'vitest';
import { loginError } from './login-errors.ts';

test('a consent that was denied is told as that', () => {
  expect(loginError('denied')).toMatch(/not granted/);
});

test('a code nobody knows still says what to do, and shows nothing of the address', () => {
  expect(loginError('<b>')).toMatch(/try again/i);
});
