import { afterEach, beforeEach, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../start-doubles.ts';
import { localAddress } from '../testing.ts';

interface Result {
  statement_id: string;
  status: { state: string; error?: { message: string } };
  manifest?: { total_chunk_count: number; total_row_count: number };
  result?: { external_links?: Link[]; data_array?: string[][] };
  external_links?: Link[];
}
interface Link {
  external_link: string;
  next_chunk_index?: number;
}

const now = '2026-11-21T12:00:00Z';
const token = { authorization: 'Bearer dapi-databricks-double' };
const statement =
  'SELECT CAST(`day` AS DATE) AS `date`, `campaign` AS `campaign`, SUM(`clicks`) AS `clicks` ' +
  'FROM `marketing`.`public`.`nordwind_europe` WHERE CAST(`day` AS DATE) BETWEEN :p1 AND :p2 GROUP BY 1, 2';
const parameters = [
  { name: 'p1', value: '2026-11-01' },
  { name: 'p2', value: '2026-11-14' },
];
const usual = { warehouse_id: '1234567890abcdef', statement, parameters, wait_timeout: '0s' };
let doubles: Doubles;

beforeEach(async () => {
  doubles = await startDoubles({ platforms: ['databricks'], now });
});
afterEach(() => doubles.stop());

async function ask(path: string, body?: unknown) {
  const url = localAddress(doubles.url, `https://dbc-nordwind.cloud.databricks.com/api/2.0${path}`);
  const headers = { ...token, 'content-type': 'application/json' };
  const answer = await fetch(
    url,
    body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) },
  );
  return { status: answer.status, body: (await answer.json()) as Result };
}

async function states(id: string): Promise<string[]> {
  const seen: string[] = [];
  for (;;) {
    const { state } = (await ask(`/sql/statements/${id}`)).body.status;
    seen.push(state);
    if (state === 'SUCCEEDED' || state === 'FAILED') return seen;
  }
}

test('a warehouse that sleeps wakes up first', async () => {
  const cold = (await ask('/sql/statements', usual)).body;
  expect(cold.status.state).toBe('PENDING');
  const slow = await states(cold.statement_id);
  expect(slow).toEqual(['PENDING', 'PENDING', 'RUNNING', 'SUCCEEDED']);
  const warm = (await ask('/sql/statements', usual)).body;
  expect(await states(warm.statement_id)).toEqual(['RUNNING', 'SUCCEEDED']);
});

test('results are files; their addresses end after a quarter of an hour, and refuse a token', async () => {
  const { body } = await ask('/sql/statements', usual);
  await states(body.statement_id);
  const done = (await ask(`/sql/statements/${body.statement_id}`)).body;
  expect(done.manifest).toMatchObject({ total_chunk_count: 2, total_row_count: 112 });
  const [link] = done.result!.external_links!;
  const address = localAddress(doubles.url, link!.external_link);
  expect((await fetch(address, { headers: token })).status).toBe(400);
  expect(await (await fetch(address)).json()).toHaveLength(60);
  const chunk = (await ask(`/sql/statements/${body.statement_id}/result/chunks/${link!.next_chunk_index}`)).body;
  const last = chunk.external_links![0]!;
  expect([last.next_chunk_index, await (await fetch(localAddress(doubles.url, last.external_link))).json()]).toEqual([
    undefined,
    expect.objectContaining({ length: 52 }),
  ]);
  doubles.control({ action: 'advanceClock', seconds: 901 });
  expect((await fetch(address)).status).toBe(403);
});

test.each([
  ['an unknown table', { statement: 'SELECT `day` FROM `a`.`b` LIMIT 0', parameters: [] }, 'TABLE_OR_VIEW_NOT_FOUND'],
  ['a parameter without a value', { parameters: [] }, 'UNBOUND_SQL_PARAMETER'],
  ['an unknown column', { statement: statement.replace('`clicks`', '`secret`') }, 'UNRESOLVED_COLUMN'],
])('%s fails with status 200', async (_, change, message) => {
  const answer = await ask('/sql/statements', { ...usual, ...change, wait_timeout: '30s' });
  expect(answer.status).toBe(200);
  expect(answer.body.status).toMatchObject({ state: 'FAILED', error: { message: expect.stringContaining(message) } });
});

test.each([
  [{ warehouse_id: 'other' }, 404],
  [{ wait_timeout: '51s' }, 400],
  [{ format: 'CSV' }, 400],
])('%o is refused with status %i', async (change, status) => {
  expect((await ask('/sql/statements', { ...usual, ...change })).status).toBe(status);
});
