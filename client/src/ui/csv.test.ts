import { expect, test } from 'vitest';
import { csvCell, toCsv } from './csv.ts';

test('a cell that a spreadsheet would run is defused', () => {
  for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])
    expect(csvCell(text).replaceAll('"', '')).toMatch(/^'/);
});

test('numbers stay numbers, also negative ones', () => {
  expect(csvCell(-12.5)).toBe('-12.5');
  expect(csvCell(Number.NaN)).toBe('');
});

test('quotes, commas and line breaks are quoted', () => {
  expect(csvCell('a "b", c')).toBe('"a ""b"", c"');
  expect(csvCell('two\nlines')).toBe('"two\nlines"');
});

test('a file has a byte order mark, a header and line ends of RFC 4180', () => {
  expect(
    toCsv(
      ['channel', 'share'],
      [
        ['Search', 0.5],
        ['Social', null],
      ],
    ),
  ).toBe('\uFEFFchannel,share\r\nSearch,0.5\r\nSocial,\r\n');
});
