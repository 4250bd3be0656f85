import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../../doubles/start-doubles.ts';
import type { Account } from '../connector.ts';
import { LiveReader, sumsOf } from '../testing/live-reader.ts';
import { classifyLinkedin } from './errors.pure.ts';
import { linkedinAds } from './linkedin-ads.connector.ts';
import { restliDays, restliList, restliUrl } from './restli.pure.ts';

const now = '2026-11-21T12:00:00Z';
const credential = { values: { token: 'linkedin-double-access-token' } };
let doubles: Doubles;
let reader: LiveReader;
let accounts: readonly Account[];

async function open(size = 1): Promise<void> {
  doubles = await startDoubles({ platforms: ['linkedin_ads'], now, size });
  reader = new LiveReader(linkedinAds, doubles.url, { method: 'token', credential, now });
  accounts = await reader.accounts();
}

beforeEach(() => open());
afterEach(async () => {
  await reader.close();
  await doubles.stop();
});

describe('against the double', () => {
  test('an account without a role is closed; its reports would only be empty', async () => {
    expect(accounts.map(({ state }) => state)).toEqual(['ok', 'ok', 'forbidden', 'ok']);
    expect(accounts[2]!.note).toContain('no role');
    const { facts } = await reader.read('ad_daily', accounts[2]!, '2026-11-01', '2026-11-02');
    expect(facts).toEqual([]);
  });

  test('rows add up to what is true, and to what LinkedIn says', async () => {
    for (const account of [accounts[0]!, accounts[1]!]) {
      const { facts, difference } = await reader.read('ad_daily', account, '2026-10-20', '2026-11-18');
      expect(difference).toBeNull();
      const range = { account: account.id, from: '2026-10-20', to: '2026-11-18' };
      expect(sumsOf(facts)).toEqual(doubles.totals('linkedin_ads', range));
    }
  });

  test('what was removed keeps its names', async () => {
    for (const stream of ['campaign_groups', 'campaigns', 'creatives'])
      await reader.read(stream, accounts[0]!, '', '', 5);
    const { facts } = await reader.read('ad_daily', accounts[0]!, '2026-11-01', '2026-11-02');
    expect(new Set(facts.map(({ campaign }) => campaign))).toContain('Newsletter Sign-up');
    expect(facts.filter(({ campaign, adGroup, ad }) => /^\d+$/.test(`${campaign}${adGroup}${ad}`))).toEqual([]);
  });

  test('exactly 15,000 rows are taken for too many', async () => {
    await reader.close();
    await doubles.stop();
    await open(50);
    await expect(reader.read('ad_daily', accounts[0]!, '2026-10-20', '2026-11-18')).rejects.toMatchObject({
      failure: { class: 'too_much_data' },
    });
    const { facts } = await reader.read('ad_daily', accounts[0]!, '2026-11-10', '2026-11-18');
    const range = { account: accounts[0]!.id, from: '2026-11-10', to: '2026-11-18' };
    expect(sumsOf(facts)).toEqual(doubles.totals('linkedin_ads', range));
  });
});

describe('answers', () => {
  const headers = { date: 'Sat, 21 Nov 2026 23:30:00 GMT' };
  test.each([
    [426, { status: 426, code: 'NONEXISTENT_VERSION', message: 'Requested version' }, { class: 'version_sunset' }],
    [429, { status: 429, message: 'throttle APPLICATION DAY limit' }, { class: 'rate_limit', waitSeconds: 1800 }],
    [429, { status: 429, message: 'throttle limit' }, { class: 'rate_limit', waitSeconds: 60 }],
    [400, { status: 400, message: 'Request would return too many entities.' }, { class: 'too_much_data' }],
  ])('status %i is told by its message', (status, body, failure) => {
    expect(classifyLinkedin({ status, headers, body })).toMatchObject(failure);
  });

  test.each([401, 403, 500])('status %i has its usual meaning', (status) => {
    expect(classifyLinkedin({ status, headers, body: { status, message: 'no' } })).toBeNull();
  });
});

test('brackets and commas stay as they are on the way, colons of URNs are encoded', () => {
  const text = restliUrl('https://api.linkedin.com/rest/adAnalytics', {
    q: 'analytics',
    pageToken: undefined,
    dateRange: restliDays('2026-11-01', '2026-11-07'),
    accounts: restliList(['urn:li:sponsoredAccount:1', 'urn:li:sponsoredAccount:2']),
  });
  expect(new URL(text).href).toBe(
    'https://api.linkedin.com/rest/adAnalytics?q=analytics' +
      '&dateRange=(start:(year:2026,month:11,day:1),end:(year:2026,month:11,day:7))' +
      '&accounts=List(urn%3Ali%3AsponsoredAccount%3A1,urn%3Ali%3AsponsoredAccount%3A2)',
  );
});
