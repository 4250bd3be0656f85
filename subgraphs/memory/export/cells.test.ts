import { describe, expect, it } from 'vitest';
import { jsonLine, microsCell, numberCell, textCell } from './cells.pure.ts';

describe('a cell', () => {
  it.each(['=1+1', '+1', '-1', '@sum', '\tx', '\rx'])(
    'of text that a spreadsheet would compute is disarmed: %j',
    (text) => {
      expect(textCell(text).replace(/^"/, '')[0]).toBe("'");
    },
  );

  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['say "so"', '"say ""so"""'],
    ['two\nlines', '"two\nlines"'],
    [' wide ', '" wide "'],
    ['=a,"b"', '"\'=a,""b"""'],
    [null, ''],
  ])('of text is quoted where it must be: %j', (text, cell) => {
    expect(textCell(text)).toBe(cell);
  });

  it.each([
    [0n, '0'],
    [-3_000_000n, '-3'],
    [10_250_000n, '10.25'],
    [-1n, '-0.000001'],
    [9_007_199_254_740_993n, '9007199254.740993'],
    [-9_223_372_036_854_775_808n, '-9223372036854.775808'],
  ])('of money is exact: %s', (micros, cell) => {
    expect(microsCell(micros)).toBe(cell);
  });

  it.each([
    [3, '3'],
    [0.5, '0.5'],
    [1e-7, '0.0000001'],
    [1e21, '1000000000000000000000'],
    [Number.MIN_VALUE, '0'],
  ])('of a number has no exponent: %s', (value, cell) => {
    expect(numberCell(value)).toBe(cell);
  });
});

it('a line of JSON is one object', () => {
  expect(JSON.parse(jsonLine({ a: '1.50', b: JSON.stringify('x\n"') }))).toEqual({ a: 1.5, b: 'x\n"' });
});
