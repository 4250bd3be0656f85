import { expect, test } from 'vitest';
import type { Slice } from '../connector.ts';
import { databricksDialect } from '../databricks/statements.ts';
import { snowflakeDialect } from '../snowflake/sql-api.ts';
import { mappingFields } from './mapping.ts';
import { accountOf, factOf, totalsOf } from './rows.pure.ts';
import { factsStatement, probeStatement, sourcesOf } from './statement.pure.ts';

const settings = {
  tables: 'marketing.public.ad_spend',
  dateColumn: 'day',
  channelColumn: '"Channel"',
  spendColumn: 'spend',
  currency: 'EUR',
  timeZone: 'Europe/Berlin',
};

function slice(more: Record<string, string> = {}, source = settings.tables): Slice {
  const values = { ...settings, ...more };
  return {
    version: 'v2',
    settings: values,
    extra: {},
    account: accountOf(source, values),
    from: '2026-10-23',
    to: '2026-11-21',
    since: new Date('2026-10-22T22:00:00Z'),
    until: new Date('2026-11-21T12:00:00Z'),
    pageSize: 0,
    now: new Date('2026-11-21T12:00:00Z'),
    nameOf: () => null,
  };
}

test('names are quoted, values are bound, rows are added up', () => {
  expect(factsStatement(slice(), snowflakeDialect)).toEqual({
    sql: [
      'SELECT CAST("DAY" AS DATE) AS "date", "Channel" AS "channel", SUM("SPEND") AS "spend"',
      'FROM "MARKETING"."PUBLIC"."AD_SPEND"',
      'WHERE CAST("DAY" AS DATE) BETWEEN TO_DATE(?) AND TO_DATE(?)',
      'GROUP BY 1, 2',
      'ORDER BY 1, 2',
    ].join('\n'),
    binds: [
      { type: 'DATE', value: '2026-10-23' },
      { type: 'DATE', value: '2026-11-21' },
    ],
  });
  expect(factsStatement(slice(), databricksDialect).sql).toContain(
    'FROM `marketing`.`public`.`ad_spend`\nWHERE CAST(`day` AS DATE) BETWEEN :p1 AND :p2',
  );
});

test('a region is one more thing that rows are told apart by', () => {
  const { sql } = factsStatement(slice({ regionColumn: 'market' }), snowflakeDialect);
  expect(sql).toContain('"MARKET" AS "region", SUM');
  expect(sql).toContain('GROUP BY 1, 2, 3');
  const row = { date: '2026-11-01', channel: 'Search', spend: '1' };
  expect(factOf({ ...row, region: 'US-CA' }, slice()).region).toBe('US-CA');
  expect(factOf(row, slice())).toMatchObject({ region: null });
  expect(factOf({ ...row, region: 'US-CA' }, slice()).entity).toBe(factOf(row, slice()).entity);
});

test('with the newest days come older ones that were corrected since', () => {
  const { sql, binds } = factsStatement(slice({ updatedColumn: 'updated_at' }), snowflakeDialect);
  expect(sql).toContain('OR CAST("DAY" AS DATE) IN (SELECT CAST("DAY" AS DATE) FROM');
  expect(binds[2]).toEqual({ type: 'TIMESTAMP', value: '2026-10-22T22:00:00.000Z' });
  const older = { ...slice({ updatedColumn: 'updated_at' }), to: '2026-10-30' };
  expect(factsStatement(older, snowflakeDialect).binds).toHaveLength(2);
});

test('a query is read from like a table, so that it can only select', () => {
  const query = { tables: '', query: 'SELECT * FROM x -- all;\n' };
  expect(accountOf('(query)', settings).name).toBe('Query');
  expect(sourcesOf({ ...settings, ...query })).toEqual(['(query)']);
  expect(probeStatement({ ...settings, ...query }, '(query)', snowflakeDialect).sql).toBe(
    'SELECT "DAY", "Channel", "SPEND"\nFROM (\nSELECT * FROM x -- all\n) AS "source"\nLIMIT 0',
  );
});

test('a name cannot leave its quotes', () => {
  expect(snowflakeDialect.quote('a" OR "1')).toBe('"A"" OR ""1"');
  expect(databricksDialect.quote('a` OR `1')).toBe('`a`` OR ``1`');
});

test.each([
  ['tables', 'a.b.c, d', true],
  ['tables', 'a; drop table b', false],
  ['tables', 'a.b.c.d', false],
  ['query', 'with x as (select 1)\nselect * from x', true],
  ['query', 'select 1; delete from x', false],
  ['query', 'delete from x', false],
  ['query', 'select 1;\n', true],
  ['dateColumn', 'day', true],
  ['dateColumn', 'day) from x --', false],
])('the field %s takes %s: %s', (name, value, expected) => {
  const { pattern } = mappingFields.find((field) => field.name === name)!;
  expect(new RegExp(`^(?:${pattern})$`).test(value)).toBe(expected);
});

test('neither a table nor a query is refused', () => {
  expect(() => sourcesOf({ tables: ' , ' })).toThrow('Name a table');
  expect(sourcesOf({ tables: 'a, b,a' })).toEqual(['a', 'b']);
});

test('rows keep exact amounts and their own currency', () => {
  const fact = factOf(
    { date: '2026-11-01', channel: 'TV', spend: '9007199254740993.25', clicks: 3, currency: 'nzd' },
    slice(),
  );
  expect(fact).toMatchObject({ spend: 9_007_199_254_740_993_250_000n, clicks: 3, currency: 'NZD', campaign: null });
  expect(factOf({ date: '2026-11-01', channel: 'Radio' }, slice()).entity).not.toBe(fact.entity);
  expect(totalsOf({ spend: null, clicks: '7' })).toEqual({ spend: 0n, clicks: 7 });
});
