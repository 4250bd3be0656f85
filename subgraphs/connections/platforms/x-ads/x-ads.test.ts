import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../../doubles/start-doubles.ts';
import { xAdsDouble } from '../../doubles/x-ads/x-ads.double.ts';
import type { Account } from '../connector.ts';
import { LiveReader, sumsOf } from '../testing/live-reader.ts';
import { classifyX, holdBackX } from './errors.pure.ts';
import { midnightText } from './stats-steps.pure.ts';
import { xAds } from './x-ads.connector.ts';

const now = '2026-11-21T12:00:00Z';
const { access } = xAdsDouble;
const values = {
  consumerKey: access['API key']!,
  consumerSecret: access['API key secret']!,
  token: access['Access token']!,
  tokenSecret: access['Access token secret']!,
};
let doubles: Doubles;
let reader: LiveReader;
let accounts: readonly Account[];

beforeEach(async () => {
  doubles = await startDoubles({ platforms: ['x_ads'], now });
  reader = new LiveReader(xAds, doubles.url, { method: 'keys', credential: { values }, now });
  accounts = await reader.accounts();
});
afterEach(async () => {
  await reader.close();
  await doubles.stop();
});

describe('against the double', () => {
  test('currencies come from what funds an account; one that cannot be seen is closed', () => {
    expect(accounts.map(({ state, currency, timeZone }) => [state, currency, timeZone])).toEqual([
      ['ok', 'EUR', 'Europe/Berlin'],
      ['ok', 'NZD', 'Pacific/Auckland'],
      ['forbidden', 'USD', 'America/Los_Angeles'],
      ['ok', 'GBP', 'Europe/London'],
    ]);
  });

  test.each([
    ['a week', '2026-11-12', '2026-11-18'],
    ['the change to winter time in Europe', '2026-10-22', '2026-10-28'],
    ['the change to summer time in New Zealand', '2026-09-24', '2026-09-30'],
  ])('%s adds up to what is true in every zone and placement', async (_, from, to) => {
    for (const account of [accounts[0]!, accounts[1]!]) {
      const { facts, refused } = await reader.read('ad_group_daily', account, from, to, 3);
      expect([refused, facts.length]).toEqual([0, 12 * 7]);
      expect(sumsOf(facts)).toEqual(doubles.totals('x_ads', { account: account.id, from, to }));
    }
  });

  test('what was deleted keeps its names', async () => {
    for (const stream of ['campaigns', 'line_items']) await reader.read(stream, accounts[0]!, '', '', 5);
    const { facts } = await reader.read('ad_group_daily', accounts[0]!, '2026-11-01', '2026-11-02');
    expect(new Set(facts.map(({ campaign }) => campaign)).size).toBe(6);
    expect(facts.filter(({ campaign, adGroup }) => /^\d+$/.test(`${campaign}${adGroup}`))).toEqual([]);
  });

  test('an account without anything active takes one call', async () => {
    const before = doubles.counters('x_ads').total;
    expect((await reader.read('ad_group_daily', accounts[3]!, '2026-11-01', '2026-11-07')).facts).toEqual([]);
    expect(doubles.counters('x_ads').total - before).toBe(1);
  });

  test('a signature that is wrong is refused', async () => {
    const wrong = { values: { ...values, tokenSecret: 'other' } };
    const other = new LiveReader(xAds, doubles.url, { method: 'keys', credential: wrong, now });
    await expect(other.accounts()).rejects.toMatchObject({ failure: { class: 'auth' } });
    await other.close();
  });
});

describe('answers', () => {
  const date = new Date('2026-11-21T12:00:00Z');
  const reset = String(date.getTime() / 1000 + 600);
  const error = (code: string, parameter?: string, message = 'no') => ({ errors: [{ code, message, parameter }] });

  test.each(['x-rate-limit', 'x-account-rate-limit'])('%s: waits until the reset', (family) => {
    const headers = { date: date.toUTCString(), [`${family}-remaining`]: '0', [`${family}-reset`]: reset };
    const throttled = { status: 429, headers, body: error('TOO_MANY_REQUESTS') };
    expect(classifyX(throttled)).toMatchObject({ class: 'rate_limit', waitSeconds: 600 });
    expect(holdBackX({ status: 200, headers, body: {} })).toBe(600);
    expect(holdBackX({ status: 200, headers: { ...headers, [`${family}-remaining`]: '1' }, body: {} })).toBeNull();
  });

  test.each([
    [404, error('NOT_FOUND', 'account_id'), 'permission'],
    [410, error('API_VERSION_RETIRED'), 'version_sunset'],
    [400, error('INVALID_PARAMETER', 'end_time', 'The time range is too large'), 'too_much_data'],
    [429, 'no JSON', 'rate_limit'],
  ])('status %i: %o', (status, body, expected) => {
    expect(classifyX({ status, headers: {}, body })?.class).toBe(expected);
  });

  test.each([
    [401, error('UNAUTHORIZED_ACCESS')],
    [400, error('INVALID_PARAMETER', 'entity_ids')],
    [503, error('SERVICE_UNAVAILABLE')],
  ])('status %i has its usual meaning', (status, body) => {
    expect(classifyX({ status, headers: {}, body })).toBeNull();
  });
});

test.each([
  ['2026-11-21', 'Europe/Berlin', '2026-11-21T00:00:00+01:00'],
  ['2026-07-01', 'America/Los_Angeles', '2026-07-01T00:00:00-07:00'],
  ['2026-11-21', 'Asia/Kolkata', '2026-11-21T00:00:00+05:30'],
  ['2026-11-21', 'UTC', '2026-11-21T00:00:00+00:00'],
])('%s begins in %s at %s', (day, zone, text) => {
  expect(midnightText(day, zone)).toBe(text);
});
