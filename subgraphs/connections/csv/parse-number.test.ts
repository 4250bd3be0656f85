import { describe, expect, test } from 'vitest';
import { detectDecimal, parseMicros } from './parse-number.pure.ts';

function micros(text: string, decimal: '.' | ',' = '.'): bigint | string {
  const parsed = parseMicros(text, decimal);
  return parsed.ok ? parsed.micros : parsed.problem;
}

describe('parseMicros', () => {
  test.each([
    ['0.1', 100_000n],
    ['12.34', 12_340_000n],
    ['1,234.5', 1_234_500_000n],
    ['-3', -3_000_000n],
    ['(3.50)', -3_500_000n],
    ['$1,000', 1_000_000_000n],
    ['-$5', -5_000_000n],
    ['12.50 EUR', 12_500_000n],
    ['.5', 500_000n],
    ['-0.0', 0n],
    ['9007199254740993.000001', 'TOO_LARGE'],
    ['9223372036854.775807', 9223372036854775807n],
    ['900719925474.099301', 900719925474099301n],
  ])('reads %s without a float', (text, expected) => expect(micros(text)).toBe(expected));

  test.each([
    ['1.234,56', 1_234_560_000n],
    ['0,1', 100_000n],
    ['1 234,5', 1_234_500_000n],
    ['12,30 €', 12_300_000n],
  ])('reads %s with a decimal comma', (text, expected) => expect(micros(text, ',')).toBe(expected));

  test.each(['NaN', 'Infinity', '1e999', '1e3', '12,34', '1.2.3', 'abc', '=1+1', '1 2 x', '.', '1\u00005', '٣'])(
    'refuses %s',
    (text) => expect(micros(text)).toBe('NOT_A_NUMBER'),
  );

  test('rounds digits beyond the sixth half to even and says so', () => {
    expect(parseMicros('0.0000005', '.')).toEqual({ ok: true, micros: 0n, rounded: true });
    expect(parseMicros('0.0000015', '.')).toEqual({ ok: true, micros: 2n, rounded: true });
    expect(parseMicros('0.10000000000000009', '.')).toEqual({ ok: true, micros: 100_000n, rounded: true });
    expect(parseMicros('0.1000000', '.')).toEqual({ ok: true, micros: 100_000n, rounded: false });
  });

  test('refuses a thousand digits quickly', () => expect(micros('9'.repeat(1000))).toBe('NOT_A_NUMBER'));
});

describe('detectDecimal', () => {
  test('finds the comma', () =>
    expect(detectDecimal(['1,5', '1.234,00'], '.')).toEqual({ separator: ',', mixed: false }));
  test('finds the point', () => expect(detectDecimal(['1,234.5', '7'], ',')).toEqual({ separator: '.', mixed: false }));
  test('takes the fallback for 1.234 alone', () => expect(detectDecimal(['1.234'], ',').separator).toBe(','));
  test('takes 0.125 for a decimal point', () => expect(detectDecimal(['0.125'], ',').separator).toBe('.'));
  test('reports both in one file', () => expect(detectDecimal(['1,5', '1.5', '2.5'], '.').mixed).toBe(true));
});
