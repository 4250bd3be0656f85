import { describe, expect, test } from 'vitest';
import { detectDateFormat, parseDay, parseInstant, type DateFormat } from './parse-date.pure.ts';

function day(text: string, format: DateFormat): string {
  const parsed = parseDay(text, format);
  return parsed.ok ? new Date(parsed.value * 86_400_000).toISOString().slice(0, 10) : parsed.problem;
}

describe('parseDay', () => {
  test.each<[string, DateFormat]>([
    ['2024-02-29', 'YYYY-MM-DD'],
    ['2024/2/29', 'YYYY/MM/DD'],
    ['20240229', 'YYYYMMDD'],
    ['29.02.2024', 'DD.MM.YYYY'],
    ['29/02/2024', 'DD/MM/YYYY'],
    ['02/29/2024', 'MM/DD/YYYY'],
    ['29-2-2024', 'DD-MM-YYYY'],
    ['2-29-2024 11:59 PM', 'MM-DD-YYYY'],
    ['2024-02-29T23:30:00.123+02:00', 'YYYY-MM-DD'],
    ['29.02.2024 23:59', 'DD.MM.YYYY'],
  ])('reads %s as the day it names', (text, format) => expect(day(text, format)).toBe('2024-02-29'));

  test.each(['2023-02-29', '2024-13-01', '2024-00-10', '2024-04-31', '1024-01-01', '2024-01-01 25:00'])(
    'refuses %s, which does not exist',
    (text) => expect(day(text, 'YYYY-MM-DD')).toBe('IMPOSSIBLE_DATE'),
  );

  test.each(['', 'today', '2024-1', '=NOW()', '12/01/2024'])('refuses %s, which is no date', (text) =>
    expect(day(text, 'YYYY-MM-DD')).toBe('NOT_A_DATE'),
  );
});

describe('parseInstant', () => {
  test.each([
    ['2024-03-01 12:00', '2024-03-01T12:00:00.000Z'],
    ['2024-03-01T12:00:00+02:00', '2024-03-01T10:00:00.000Z'],
    ['2024-03-01T12:00:00-0330', '2024-03-01T15:30:00.000Z'],
    ['2024-03-01 12:15 AM', '2024-03-01T00:15:00.000Z'],
    ['1709294400', '2024-03-01T12:00:00.000Z'],
    ['2024-03-01', '2024-03-01T00:00:00.000Z'],
  ])('reads %s', (text, expected) => {
    const parsed = parseInstant(text, 'YYYY-MM-DD');
    expect(parsed.ok && new Date(parsed.value).toISOString()).toBe(expected);
  });
});

describe('detectDateFormat', () => {
  test('takes day first when a first number is above 12', () =>
    expect(detectDateFormat(['01/02/2024', '13/02/2024'])).toMatchObject({
      format: 'DD/MM/YYYY',
      share: 1,
      rivals: [],
    }));

  test('takes month first when a second number is above 12', () =>
    expect(detectDateFormat(['01/02/2024', '02/13/2024'])).toMatchObject({ format: 'MM/DD/YYYY', rivals: [] }));

  test('resolves days below 13 by the closeness of neighbours and names the rival', () => {
    expect(detectDateFormat(['03/01/2024', '03/02/2024', '03/03/2024'])).toMatchObject({
      format: 'MM/DD/YYYY',
      rivals: ['DD/MM/YYYY'],
    });
    expect(detectDateFormat(['01/03/2024', '02/03/2024'])).toMatchObject({
      format: 'DD/MM/YYYY',
      rivals: ['MM/DD/YYYY'],
    });
  });

  test('keeps the format of most cells when some are impossible', () =>
    expect(detectDateFormat(['2024-01-01', '2024-02-30', '2024-01-03']).share).toBeCloseTo(2 / 3, 12));

  test('has no format for text', () => expect(detectDateFormat(['a', 'b']).format).toBeNull());
});
