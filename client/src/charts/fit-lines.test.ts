import { expect, test } from 'vitest';
import { fitLines } from './fit-lines.ts';

test('a name that fits stays in one line', () => {
  expect(fitLines('YouTube', 7)).toEqual(['YouTube']);
});

test('a longer one is broken between words, so that names with one beginning can be told apart', () => {
  expect(fitLines('Google Search Brand', 14)).toEqual(['Google Search', 'Brand']);
  expect(fitLines('Google Search Generic', 14)).toEqual(['Google Search', 'Generic']);
});

test('what does not fit in two lines, or has no words, is cut', () => {
  expect(fitLines('Search of a very long campaign', 8)).toEqual(['Search', 'of a ve…']);
  expect(fitLines('Unbreakable', 6)).toEqual(['Unbre…']);
});
