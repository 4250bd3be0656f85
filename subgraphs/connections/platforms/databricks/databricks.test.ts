import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../../doubles/start-doubles.ts';
import { localAddress } from '../../doubles/testing.ts';
import type { PostForm } from '../auth-method.ts';
import type { Account } from '../connector.ts';
import { LiveReader, sumsOf } from '../testing/live-reader.ts';
import { doubleMapping, doubleTables } from '../warehouse/testing.ts';
import { databricksAuth } from './auth.ts';
import { databricks } from './databricks.connector.ts';
import { classifyDatabricks } from './errors.pure.ts';

const now = '2026-11-21T12:00:00Z';
const host = 'dbc-nordwind.cloud.databricks.com';
const settings = { host, warehouseId: '1234567890abcdef', ...doubleMapping, tables: doubleTables };
const principal = { clientId: 'liftos-demo', clientSecret: 'liftos-demo-secret' };
let doubles: Doubles;
let reader: LiveReader;
let accounts: readonly Account[];

/** A token as the engine asks for one. */
async function minted(): Promise<string> {
  const [method] = databricksAuth;
  if (method?.kind !== 'mint') throw new Error('The first method mints.');
  const post: PostForm = async ({ url, body, headers = {} }) => {
    const address = localAddress(doubles.url, url);
    const answer = await fetch(address, { method: 'POST', headers, body: new URLSearchParams(body) });
    return (await answer.json()) as Record<string, unknown>;
  };
  const answer = await method.mint({ values: principal, extra: {} }, post, new Date(now), settings);
  expect(answer.expiresInSeconds).toBe(3600);
  return answer.accessToken;
}

beforeEach(async () => {
  doubles = await startDoubles({ platforms: ['databricks'], now });
  const credential = { accessToken: await minted() };
  reader = new LiveReader(databricks, doubles.url, { method: 'service_principal', credential, settings, now });
  accounts = await reader.accounts();
});
afterEach(async () => {
  await reader.close();
  await doubles.stop();
});

describe('against the double', () => {
  test('each table is an account; one that may not be seen is closed', () => {
    expect(accounts.map(({ name, state }) => [name, state])).toEqual([
      ['Nordwind Europe', 'ok'],
      ['Nordwind Pacific', 'ok'],
      ['Partner Agency', 'forbidden'],
      ['Nordwind United Kingdom', 'ok'],
    ]);
  });

  test('files that overlap add up to what is true, and go without the token', async () => {
    doubles.control({ action: 'duplicateBoundary' });
    const { facts, pages, difference } = await reader.read('daily', accounts[0]!, '2026-10-01', '2026-10-31');
    expect([pages > 10, difference]).toEqual([true, null]);
    const range = { account: accounts[0]!.id, from: '2026-10-01', to: '2026-10-31' };
    expect(sumsOf(facts)).toEqual(doubles.totals('databricks', range));
    expect(doubles.counters('databricks').calls['GET /results/{id}/{chunk}']).toBeGreaterThan(5);
  });

  test('an empty table has no rows', async () => {
    const { facts, difference } = await reader.read('daily', accounts[3]!, '2026-11-01', '2026-11-21');
    expect([facts, difference]).toEqual([[], null]);
  });

  test('a result that was cut off is no result', async () => {
    doubles.control({ action: 'tooMuchData', limitDays: 3 });
    await expect(reader.read('daily', accounts[0]!, '2026-11-01', '2026-11-07')).rejects.toMatchObject({
      failure: { class: 'too_much_data' },
    });
  });

  test('a table that was closed in between fails though the status is 200', async () => {
    doubles.control({ action: 'forbidAccount', account: accounts[0]!.id });
    await expect(reader.read('daily', accounts[0]!, '2026-11-01', '2026-11-07')).rejects.toMatchObject({
      failure: { class: 'permission' },
    });
  });
});

describe('answers', () => {
  const failed = (code: string, message: string) => ({
    statement_id: '1',
    status: { state: 'FAILED', error: { error_code: code, message } },
  });
  test.each([
    ['BAD_REQUEST', '[TABLE_OR_VIEW_NOT_FOUND] x', 'permission'],
    ['BAD_REQUEST', '[INSUFFICIENT_PERMISSIONS] x', 'permission'],
    ['BAD_REQUEST', '[PARSE_SYNTAX_ERROR] x', 'bad_request'],
    ['BAD_REQUEST', '[QUERY_RESULT_TOO_LARGE] x', 'too_much_data'],
    ['REQUEST_LIMIT_EXCEEDED', 'slow down', 'rate_limit'],
    ['IO_ERROR', 'storage is away', 'transient'],
  ])('%s, %s: %s', (code, message, expected) => {
    expect(classifyDatabricks({ status: 200, headers: {}, body: failed(code, message) })?.class).toBe(expected);
  });

  test('a success, a list of rows and an error of HTTP have their usual meaning', () => {
    for (const [status, body] of [
      [200, { statement_id: '1', status: { state: 'SUCCEEDED' }, manifest: { truncated: false } }],
      [200, [['2026-11-01', null]]],
      [403, { error_code: 'PERMISSION_DENIED', message: 'no' }],
    ] as const)
      expect(classifyDatabricks({ status, headers: {}, body })).toBeNull();
  });

  test('a file whose address has expired is asked for again', () => {
    const body = '<Error><Message>Request has expired</Message></Error>';
    expect(classifyDatabricks({ status: 403, headers: {}, body })?.class).toBe('transient');
  });
});

test.each([
  [host, true],
  ['adb-1234.7.azuredatabricks.net', true],
  ['cloud.databricks.com', false],
  ['dbc.cloud.databricks.com.evil.example', false],
  ['evil.example/.cloud.databricks.com', false],
])('the workspace %s is taken: %s', (value, expected) => {
  const { pattern } = databricks.live!.settings.find(({ name }) => name === 'host')!;
  expect(new RegExp(`^(?:${pattern})$`).test(value)).toBe(expected);
});
