import { expect, test } from 'vitest';
import { findLines, markMatches, prettyLines } from './find-lines.ts';

test('JSON is laid out over lines, other text stays as it is', () => {
  expect(prettyLines('{"a":[1]}')).toEqual(['{', '  "a": [', '    1', '  ]', '}']);
  expect(prettyLines('<html>\r\nno')).toEqual(['<html>', 'no']);
});

test('lines are found whatever the case, and all when nothing is searched for is no answer', () => {
  expect(findLines(['Alpha', 'beta', 'ALPHA 2'], 'alpha')).toEqual([0, 2]);
  expect(findLines(['Alpha'], '  ')).toEqual([]);
});

test('every match of a line is marked and no letter is lost', () => {
  const parts = markMatches('ab AB ab', 'ab');
  expect(parts.map(({ text }) => text).join('')).toBe('ab AB ab');
  expect(parts.filter(({ match }) => match)).toHaveLength(3);
  expect(markMatches('', 'x')).toEqual([{ text: '', match: false }]);
});
