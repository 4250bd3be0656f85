import { expect, test } from 'vitest';
import { makeSequenceCursor } from './sequence.ts';

test('a replayed event is taken once', () => {
  const cursor = makeSequenceCursor();
  expect([7, 8, 8, 7, 9].filter((sequence) => cursor.take(sequence))).toEqual([7, 8, 9]);
  expect(cursor.last()).toBe(9);
});

test('events up to the start are known already', () => {
  const cursor = makeSequenceCursor(40);
  expect(cursor.take(40)).toBe(false);
  expect(cursor.take(41)).toBe(true);
});
