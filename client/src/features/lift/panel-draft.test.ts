import { describe, expect, it } from 'vitest';
import { type PanelDraft, draftProblem, guessColumns, periodsOf, toPanel } from './panel-draft.ts';
import { readNumber, readTable } from './read-table.ts';

const blank: PanelDraft = {
  unit: '',
  period: '',
  value: '',
  startColumn: '',
  treated: [],
  start: '',
  end: '',
  currency: '',
};

describe('a pasted table', () => {
  it('is read with its separator, quotes, empty lines and byte order mark', () => {
    const table = readTable(
      '\uFEFFcity;date;orders\r\n"Köln; Süd";2026-01-01;1.234,5\r\n\r\n"a ""b""";2026-01-02;NA\r\n',
    );
    expect(table).toMatchObject({ columns: ['city', 'date', 'orders'], separator: ';', uneven: 0 });
    expect(table.rows).toEqual([
      ['Köln; Süd', '2026-01-01', '1.234,5'],
      ['a "b"', '2026-01-02', 'NA'],
    ]);
    expect(readNumber('1.234,5', ';')).toBe(1234.5);
    expect(readNumber('1,234.5', ',')).toBe(1234.5);
    expect(readNumber('NA', ';')).toBeNull();
    expect(readNumber('12 apples', ',')).toBeNaN();
  });

  it('says which columns are units, periods and values', () => {
    const table = readTable('state,year,cigsale,beer\nAlabama,1970,89.8,\nUtah,1970,60,1\n');
    expect(guessColumns(table)).toEqual({ unit: 'state', period: 'year', value: 'cigsale' });
    expect(periodsOf(readTable('a,year,y\nx,10,1\nx,9,1\n'), 'year')).toEqual(['9', '10']);
  });

  it('becomes a panel with one start or a start for each unit', () => {
    const table = readTable('unit,week,y,start\na,1,5,2\na,2,6,2\nb,1,4,0\nb,2,,0\n');
    const columns = { ...blank, unit: 'unit', period: 'week', value: 'y' };
    expect(toPanel(table, { ...columns, treated: ['a'], start: '2', currency: 'EUR' })).toEqual({
      units: ['a', 'a', 'b', 'b'],
      periods: ['1', '2', '1', '2'],
      values: [5, 6, 4, null],
      treatments: [{ unit: 'a', start: '2' }],
      end: null,
      valueName: 'y',
      currency: 'EUR',
    });
    expect(toPanel(table, { ...columns, startColumn: 'start' }).treatments).toEqual([{ unit: 'a', start: '2' }]);
  });

  it('is refused with what is wrong and where', () => {
    const table = readTable('unit,week,y\na,1,5\na,2,x\n');
    const columns = { ...blank, unit: 'unit', period: 'week', value: 'y', treated: ['a'], start: '2' };
    expect(draftProblem(table, columns)).toBe('“x” in row 3 is not a number.');
    expect(draftProblem(table, { ...columns, value: 'week' })).toMatch(/three different columns/);
    expect(draftProblem(readTable('unit,week,y\na,1\n'), columns)).toMatch(/as many cells/);
    expect(draftProblem(readTable('unit,week,y\na,1,5\n'), { ...columns, treated: [] })).toMatch(/treated units/);
    expect(draftProblem(readTable('unit,week,y\n'), columns)).toMatch(/no rows/);
  });
});
