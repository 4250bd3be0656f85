import { expect, test } from 'vitest';
import { makeKeySequence } from './key-sequence.ts';

const known = new Set(['?', 'g h', 'g j', 'p']);

test('two keys in a row are one command', () => {
  const press = makeKeySequence(known);
  expect(press({ key: 'g', at: 0 })).toBeNull();
  expect(press({ key: 'h', at: 300 })).toBe('g h');
  expect(press({ key: 'h', at: 600 })).toBeNull();
});

test('a long pause starts over', () => {
  const press = makeKeySequence(known);
  press({ key: 'g', at: 0 });
  expect(press({ key: 'j', at: 2_000 })).toBeNull();
});

test('a single key works at once, also after an unfinished sequence', () => {
  const press = makeKeySequence(known);
  press({ key: 'g', at: 0 });
  expect(press({ key: '?', at: 100 })).toBe('?');
  expect(press({ key: 'p', at: 200 })).toBe('p');
});
