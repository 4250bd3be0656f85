import { expect, test } from 'vitest';
import { indentOf, offsetOfLine } from './lines.ts';

const text = 'a: 1\nlist:\n  - b: 2\n';

test('a place of a mistake is found in the text', () => {
  expect(text.slice(offsetOfLine(text, 3, 5))).toBe('b: 2\n');
  expect(offsetOfLine(text, 1, 1)).toBe(0);
});

test('places outside move to the nearest one inside', () => {
  expect(offsetOfLine(text, 99, 99)).toBe(text.length);
  expect(offsetOfLine('', 0, 0)).toBe(0);
});

test('a new line is indented like the one it comes from', () => {
  expect(indentOf(text, offsetOfLine(text, 3, 9))).toBe('  ');
  expect(indentOf(text, 4)).toBe('');
});
