import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../../doubles/start-doubles.ts';
import type { Account } from '../connector.ts';
import { LiveReader, sumsOf } from '../testing/live-reader.ts';
import { tiktokAuth } from './auth.ts';
import { classifyTiktok } from './errors.pure.ts';
import { tiktok } from './tiktok.connector.ts';

const now = '2026-11-21T12:00:00Z';
let doubles: Doubles;
let reader: LiveReader;
let accounts: readonly Account[];

beforeEach(async () => {
  doubles = await startDoubles({ platforms: ['tiktok'], now });
  const values = { token: 'tiktok-double-access-token', appId: 'liftos-demo', appSecret: 'liftos-demo-secret' };
  reader = new LiveReader(tiktok, doubles.url, { method: 'token', credential: { values }, now });
  accounts = await reader.accounts();
});
afterEach(async () => {
  await reader.close();
  await doubles.stop();
});

describe('against the double', () => {
  test('one closed advertiser does not hide the others', () => {
    expect(accounts.map(({ state, currency, timeZone }) => [state, currency, timeZone])).toEqual([
      ['ok', 'EUR', 'Europe/Berlin'],
      ['ok', 'NZD', 'Pacific/Auckland'],
      ['forbidden', 'USD', 'UTC'],
      ['ok', 'GBP', 'Europe/London'],
    ]);
  });

  test('pages that overlap add up to what is true, and to what TikTok says', async () => {
    doubles.control({ action: 'duplicateBoundary' });
    for (const account of [accounts[0]!, accounts[1]!]) {
      const { facts, difference, pages } = await reader.read('ad_daily', account, '2026-10-20', '2026-11-18', 50);
      expect(pages).toBeGreaterThan(3);
      expect(difference).toBeNull();
      const range = { account: account.id, from: '2026-10-20', to: '2026-11-18' };
      expect(sumsOf(facts)).toEqual(doubles.totals('tiktok', range));
    }
  });

  test('what was deleted keeps its names', async () => {
    for (const stream of ['campaigns', 'adgroups', 'ads']) await reader.read(stream, accounts[0]!);
    const { facts } = await reader.read('ad_daily', accounts[0]!, '2026-11-01', '2026-11-02');
    expect(new Set(facts.map(({ campaign }) => campaign)).size).toBe(6);
    expect(facts.filter(({ campaign, adGroup, ad }) => /^\d+$|^-$/.test(`${campaign}${adGroup}${ad}`))).toEqual([]);
    expect(facts.map(({ ad }) => ad)).not.toContain(null);
  });

  test('an empty advertiser has no rows; a closed one is refused', async () => {
    expect((await reader.read('ad_daily', accounts[3]!, '2026-11-01', '2026-11-02')).facts).toEqual([]);
    await expect(reader.read('ad_daily', accounts[2]!, '2026-11-01', '2026-11-02')).rejects.toMatchObject({
      failure: { class: 'permission' },
    });
  });
});

describe('answers', () => {
  const date = 'Sat, 21 Nov 2026 23:00:00 GMT';
  test.each([
    [40_100, 'the limit per second (QPS) is reached', { class: 'rate_limit', waitSeconds: 1 }],
    [40_100, 'the limit per minute (QPM) is reached', { class: 'rate_limit', waitSeconds: 300 }],
    [40_100, 'the limit per day (QPD) is reached', { class: 'rate_limit', waitSeconds: 3600 }],
    [40_105, 'Access token is incorrect', { class: 'auth' }],
    [40_002, 'No permission to operate advertiser 1', { class: 'permission' }],
    [40_002, 'page_size: must be between 1 and 1000', { class: 'bad_request' }],
    [40_067, 'Query too large', { class: 'too_much_data' }],
    [20_001, 'Partial success', { class: 'transient' }],
    [60_001, 'Under maintenance', { class: 'transient' }],
  ])('code %i, %s', (code, message, failure) => {
    expect(classifyTiktok({ status: 200, headers: { date }, body: { code, message } })).toMatchObject(failure);
  });

  test('a success, and a page of a proxy, have the usual meaning', () => {
    expect(classifyTiktok({ status: 200, headers: {}, body: { code: 0, message: 'OK', data: {} } })).toBeNull();
    expect(classifyTiktok({ status: 502, headers: {}, body: '<html></html>' })).toBeNull();
  });

  test('a token answer with a code is no token', () => {
    const [oauth] = tiktokAuth;
    const read = (answer: Record<string, unknown>) => oauth?.kind === 'oauth2' && oauth.readAnswer!(answer, {});
    expect(read({ code: 0, data: { access_token: 'a', scope: [4] } })).toEqual({ accessToken: 'a', scopes: ['4'] });
    expect(() => read({ code: 40_110, message: 'Auth_code is used' })).toThrow('TikTok: Auth_code is used');
  });
});
