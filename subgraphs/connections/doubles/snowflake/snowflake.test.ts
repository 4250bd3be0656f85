import { afterEach, beforeEach, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../start-doubles.ts';
import { localAddress } from '../testing.ts';

interface Result {
  code?: string;
  statementHandle?: string;
  resultSetMetaData?: { numRows: number; rowType: { type: string }[]; partitionInfo: { rowCount: number }[] };
  data?: (string | null)[][];
}

const now = '2026-11-21T12:00:00Z';
const usual = {
  authorization: 'Bearer snowflake-double-token',
  'x-snowflake-authorization-token-type': 'PROGRAMMATIC_ACCESS_TOKEN',
  'content-type': 'application/json',
};
const statement =
  'SELECT CAST("DAY" AS DATE) AS "date", "CAMPAIGN" AS "campaign", SUM("CLICKS") AS "clicks" ' +
  'FROM "MARKETING"."PUBLIC"."NORDWIND_EUROPE" WHERE CAST("DAY" AS DATE) BETWEEN TO_DATE(?) AND TO_DATE(?) GROUP BY 1, 2';
const bindings = { 1: { type: 'TEXT', value: '2026-11-01' }, 2: { type: 'TEXT', value: '2026-11-14' } };
let doubles: Doubles;

beforeEach(async () => {
  doubles = await startDoubles({ platforms: ['snowflake'], now });
});
afterEach(() => doubles.stop());

async function ask(path: string, body?: unknown, headers: Record<string, string> = usual) {
  const url = localAddress(doubles.url, `https://nordwind-marketing.snowflakecomputing.com/api/v2${path}`);
  const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
  const answer = await fetch(url, init);
  return { status: answer.status, body: (await answer.json()) as Result };
}

test('a statement runs for a while, and its result comes in parts with days as numbers', async () => {
  const { status, body } = await ask('/statements?async=true', { statement, bindings, warehouse: 'X' });
  expect(status).toBe(202);
  const path = `/statements/${body.statementHandle}`;
  expect((await ask(path)).status).toBe(202);
  const first = (await ask(path)).body;
  expect(first.resultSetMetaData!.rowType.map(({ type }) => type)).toEqual(['date', 'text', 'fixed']);
  expect(first.resultSetMetaData!.partitionInfo.map(({ rowCount }) => rowCount)).toEqual([60, 52]);
  expect(first.data![0]).toEqual(['20758', expect.any(String), expect.stringMatching(/^\d+$/)]);
  const second = (await ask(`${path}?partition=1`)).body;
  expect([second.resultSetMetaData, second.data!.length]).toEqual([undefined, 52]);
});

test.each([
  ['no SELECT', { statement: 'DELETE FROM x', warehouse: 'X' }, '003001'],
  ['no warehouse', { statement, bindings }, '000606'],
  ['a value that is not bound', { statement, warehouse: 'X' }, '002049'],
  [
    'a table of others',
    { statement: 'SELECT "DAY" FROM "MARKETING"."PUBLIC"."PARTNER_AGENCY" LIMIT 0', warehouse: 'X' },
    '002003',
  ],
  ['an unknown column', { statement: statement.replace('CLICKS', 'SECRET'), bindings, warehouse: 'X' }, '000904'],
])('%s: refused with status 422', async (_, body, code) => {
  expect(await ask('/statements', body)).toMatchObject({ status: 422, body: { code } });
});

test('a token must say of which kind it is', async () => {
  const { 'x-snowflake-authorization-token-type': _, ...without } = usual;
  expect((await ask('/statements', { statement }, without)).status).toBe(401);
  const wrong = { ...usual, 'x-snowflake-authorization-token-type': 'KEYPAIR_JWT' };
  expect(await ask('/statements', { statement }, wrong)).toMatchObject({ status: 401, body: { code: '390144' } });
});
