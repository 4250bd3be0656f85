import { describe, expect, it } from 'vitest';
import { evaluate, type Scope } from './language/evaluate.pure.ts';
import { parseExpression } from './language/expression.pure.ts';
import { compileAddress, compileTemplate } from './language/template.pure.ts';

const row = {
  id: 7,
  name: 'Spring',
  cost: '12.345',
  cents: 1999,
  tags: ['a', 'b'],
  paid: true,
  empty: '',
  none: null,
  created: '2026-03-01T23:30:00Z',
  actions: [
    { type: 'buy', value: '2.5' },
    { type: 'view', value: 1 },
    { type: 'buy', value: 4 },
  ],
  'odd name': { deep: [10, 20] },
};
const scope: Scope = {
  names: { row, slice: { from: '2026-01-31', since: new Date('2026-01-31T00:00:00Z') }, body: row },
  timeZone: 'Europe/Berlin',
  currency: 'EUR',
  nameOf: (type, id) => (type === 'campaign' && id === '7' ? 'Seven' : null),
};
const value = (text: string): unknown => evaluate(parseExpression(text), scope);

describe('expressions', () => {
  it.each([
    ['row.id', 7],
    ['row.tags[0]', 'a'],
    ['row.tags[-1]', 'b'],
    ['row["odd name"].deep[1]', 20],
    ['row.nowhere.deeper', null],
    ['row.id == "7"', true],
    ['row.none == null', true],
    ['row.nowhere == null', true],
    ['row.id != 7', false],
    ['row.cost > 12 and row.cost < 13', true],
    ['not (row.paid or row.empty)', false],
    ['row.tags contains "a"', true],
    ['row.name contains "pri"', true],
    ['row.name starts_with "Sp"', true],
    ['row.name in ["Fall", "Spring"]', true],
    ['row.none < 3', false],
    ['row.cost | money', 12_345_000n],
    ['row.cents | minor', 19_990_000n],
    ['row.cents | minor: "JPY"', 1_999_000_000n],
    ['row.cents | minor: "KWD"', 1_999_000n],
    ['row.cents | micros | negative', -1999n],
    ['"-0.0000005" | money', -1n],
    ['row.none | money', null],
    ['row.created | date', '2026-03-02'],
    ['"01.02.2026" | date: "DD.MM.YYYY"', '2026-02-01'],
    ['slice.from | format: "DD/MM/YYYY"', '31/01/2026'],
    ['slice.from | add_days: 1', '2026-02-01'],
    ['slice.since | unix', 1_769_817_600],
    ['1769817600 | iso', '2026-01-31T00:00:00Z'],
    ['row.actions | where: "type", "buy" | sum: "value"', 6.5],
    ['row.actions | pluck: "type" | join: ","', 'buy,view,buy'],
    ['row.tags | size', 2],
    ['row.nowhere | size', 0],
    ['row.empty | default: row.name | upper', 'SPRING'],
    ['row.id | name_of: "campaign"', 'Seven'],
    ['row.id | times: 3 | plus: 1 | divided_by: 2 | round', 11],
    ['"a" | hash | cut: 0, 8', 'ca978112'],
  ])('%s', (text, expected) => {
    expect(value(text)).toEqual(expected);
  });

  it('reach own data only, never what the language of the server adds', () => {
    for (const path of [
      'row.constructor',
      'row.__proto__',
      'row["__proto__"]["constructor"]',
      'row.toString',
      'row.tags.length',
      'row.tags.map',
      'row.name.length',
      'row.name[0]',
      'slice.since.getTime',
      'constructor',
      '__proto__.polluted',
    ]) {
      expect(value(path)).toBeNull();
    }
  });

  it('are refused when they are too long, too deep or do not end', () => {
    const wrong = [
      'x'.repeat(1001),
      '('.repeat(30),
      'not '.repeat(40),
      'a'.concat('.b'.repeat(30)),
      'row |',
      'row.',
      '"x',
      'a b',
      'row | date:',
      '1 +',
    ];
    for (const text of wrong) expect(() => parseExpression(text)).toThrow();
  });

  it('refuse values that a filter cannot read', () => {
    for (const text of [
      'row.name | money',
      '"1,50" | money',
      'row.name | number',
      'row.name | date',
      '"2026-02-30" | date',
      'row.cents | minor: "euro"',
      '99999999999999999999 | money',
    ])
      expect(() => value(text), text).toThrow();
  });
});

describe('templates', () => {
  it('keep the kind of a single expression and make text of all else', () => {
    expect(compileTemplate('{{ row.id }}')(scope)).toBe(7);
    expect(compileTemplate('order/{{ row.id }}{{ row.none }}')(scope)).toBe('order/7');
    expect(compileTemplate('{{ slice.since }}.')(scope)).toBe('2026-01-31T00:00:00Z.');
  });

  it('escape what stands in an address, and refuse parts that are empty or lead elsewhere', () => {
    const other = (id: unknown): Scope => ({ ...scope, names: { row: { id } } });
    const address = compileAddress('/accounts/{{ row.id }}/stats');
    expect(address(other('a/b?c=1'))).toBe('/accounts/a%2Fb%3Fc%3D1/stats');
    expect(['', null, '..', '.'].map((id) => address(other(id)))).toEqual([null, null, null, null]);
  });
});
