import { expect, test } from 'vitest';
import { type LogLine, appendLine } from './log-lines.ts';

const line = (sequence: number): LogLine => ({ sequence, at: '', level: 'info', message: '', attempt: 1 });
const numbers = (lines: LogLine[]) => lines.map(({ sequence }) => sequence);

test('lines are kept in order and once', () => {
  let lines: LogLine[] = [];
  for (const sequence of [1, 2, 4, 3, 2, 5]) lines = appendLine(lines, line(sequence), 100);
  expect(numbers(lines)).toEqual([1, 2, 3, 4, 5]);
});

test('only the last lines stay', () => {
  let lines: LogLine[] = [];
  for (let sequence = 1; sequence <= 10; sequence++) lines = appendLine(lines, line(sequence), 3);
  expect(numbers(lines)).toEqual([8, 9, 10]);
});
