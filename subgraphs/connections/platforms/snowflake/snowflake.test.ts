import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { snowflakeDouble } from '../../doubles/snowflake/snowflake.double.ts';
import { startDoubles, type Doubles } from '../../doubles/start-doubles.ts';
import type { Account } from '../connector.ts';
import { LiveReader, sumsOf } from '../testing/live-reader.ts';
import { doubleMapping, doubleTables } from '../warehouse/testing.ts';
import { classifySnowflake } from './errors.pure.ts';
import { snowflake } from './snowflake.connector.ts';

const now = '2026-11-21T12:00:00Z';
const base = { account: 'nordwind-marketing', warehouse: 'reporting_xs', ...doubleMapping };
const settings = { ...base, tables: doubleTables.toUpperCase() };
const values = { user: 'liftos_reader', privateKey: snowflakeDouble.access['Private key']! };
let doubles: Doubles;
let reader: LiveReader;
let accounts: readonly Account[];

beforeEach(async () => {
  doubles = await startDoubles({ platforms: ['snowflake'], now });
  reader = new LiveReader(snowflake, doubles.url, { method: 'key_pair', credential: { values }, settings, now });
  accounts = await reader.accounts();
});
afterEach(async () => {
  await reader.close();
  await doubles.stop();
});

describe('against the double', () => {
  test('each table is an account; one that the role may not see is closed', () => {
    expect(accounts.map(({ name, state }) => [name, state])).toEqual([
      ['Nordwind Europe', 'ok'],
      ['Nordwind Pacific', 'ok'],
      ['Partner Agency', 'forbidden'],
      ['Nordwind United Kingdom', 'ok'],
    ]);
  });

  test('parts that overlap add up to what is true, in the currency of the rows', async () => {
    doubles.control({ action: 'duplicateBoundary' });
    const { facts, pages, difference } = await reader.read('daily', accounts[1]!, '2026-10-01', '2026-10-31');
    expect([pages > 5, difference]).toEqual([true, null]);
    expect(new Set(facts.map(({ currency }) => currency))).toEqual(new Set(['NZD']));
    const range = { account: accounts[1]!.id, from: '2026-10-01', to: '2026-10-31' };
    expect(sumsOf(facts)).toEqual(doubles.totals('snowflake', range));
  });

  test('corrected days come with the newest ones', async () => {
    const { facts, difference } = await reader.read('daily', accounts[0]!, '2026-11-15', '2026-11-21');
    expect(difference).toBeNull();
    const days = facts.map(({ date }) => date).toSorted();
    expect([days[0], days.at(-1)]).toEqual(['2026-11-06', '2026-11-21']);
  });

  test('an empty table has no rows', async () => {
    const { facts, difference } = await reader.read('daily', accounts[3]!, '2026-11-01', '2026-11-21');
    expect([facts, difference]).toEqual([[], null]);
  });

  test('a query of one\u2019s own is read the same way', async () => {
    const query = 'SELECT * FROM MARKETING.PUBLIC.NORDWIND_EUROPE';
    const credential = { values: { token: 'snowflake-double-token' } };
    const own = { ...base, query };
    const other = new LiveReader(snowflake, doubles.url, { method: 'token', credential, settings: own, now });
    const [account] = await other.accounts();
    const { facts } = await other.read('daily', account!, '2026-10-01', '2026-10-07');
    const range = { account: accounts[0]!.id, from: '2026-10-01', to: '2026-10-07' };
    expect([account!.name, sumsOf(facts)]).toEqual(['Query', doubles.totals('snowflake', range)]);
    await other.close();
  });

  test('a key that is not known at the account is refused', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open' });
    const credential = { values: { ...values, privateKey: String(pem), passphrase: 'open' } };
    const other = new LiveReader(snowflake, doubles.url, { method: 'key_pair', credential, settings, now });
    await expect(other.accounts()).rejects.toMatchObject({ failure: { class: 'auth' } });
    await other.close();
  });

  test('a key that cannot be opened says so', async () => {
    const credential = { values: { ...values, privateKey: 'no key' } };
    const other = new LiveReader(snowflake, doubles.url, { method: 'key_pair', credential, settings, now });
    await expect(other.accounts()).rejects.toThrow('The private key cannot be read');
    await other.close();
  });
});

describe('answers', () => {
  test.each([
    [422, '002003', 'permission'],
    [422, '000904', 'bad_request'],
    [422, '000630', 'too_much_data'],
    [408, '000630', 'too_much_data'],
    [401, '390144', 'auth'],
  ])('status %i with code %s: %s', (status, code, expected) => {
    expect(classifySnowflake({ status, headers: {}, body: { code, message: 'no' } })?.class).toBe(expected);
  });

  test('what runs, and what has the usual meaning, is left alone', () => {
    expect(classifySnowflake({ status: 202, headers: {}, body: { code: '333334' } })).toBeNull();
    expect(classifySnowflake({ status: 429, headers: {}, body: { code: '429', message: 'slow' } })).toBeNull();
  });
});

test.each([
  ['nordwind-marketing', true],
  ['xy12345.eu-central-1.aws', true],
  ['evil.example/x', false],
  ['a@b', false],
])('the account %s is taken: %s', (account, expected) => {
  const { pattern } = snowflake.live!.settings.find(({ name }) => name === 'account')!;
  expect(new RegExp(`^(?:${pattern})$`).test(account)).toBe(expected);
});
