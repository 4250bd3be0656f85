import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../../doubles/start-doubles.ts';
import type { Account } from '../connector.ts';
import { ItemReader } from '../testing/item-reader.ts';
import { LiveReader, sumsOf } from '../testing/live-reader.ts';
import { classifyGoogleAds } from './errors.pure.ts';
import { googleAds } from './google-ads.connector.ts';

const now = '2026-11-21T12:00:00Z';
let doubles: Doubles;
let reader: LiveReader;
let accounts: readonly Account[];

beforeEach(async () => {
  doubles = await startDoubles({ platforms: ['google_ads'], now });
  const credential = { accessToken: 'ya29.google-double-access-token' };
  reader = new LiveReader(googleAds, doubles.url, { method: 'oauth', credential, now });
  accounts = await reader.accounts();
});
afterEach(async () => {
  await reader.close();
  await doubles.stop();
});

describe('against the double', () => {
  test('customers are found below the manager, which itself is left out with the reason', () => {
    expect(accounts.map(({ state, name, timeZone }) => [state, name, timeZone])).toEqual([
      ['skipped', 'Nordwind Group', 'Europe/Berlin'],
      ['ok', 'Nordwind Europe', 'Europe/Berlin'],
      ['ok', 'Nordwind Pacific', 'Pacific/Auckland'],
      ['ok', 'Partner Agency', 'America/Los_Angeles'],
      ['ok', 'Nordwind United Kingdom', 'Europe/London'],
    ]);
    expect(accounts[0]!.note).toContain('manager');
  });

  test('pages that overlap add up to what is true, Performance Max included, and to what Google says', async () => {
    doubles.control({ action: 'duplicateBoundary' });
    doubles.control({ action: 'pageRows', calls: 50 });
    for (const account of [accounts[1]!, accounts[2]!]) {
      const { facts, difference, pages } = await reader.read('ad_daily', account, '2026-10-20', '2026-11-18');
      expect(pages).toBeGreaterThan(3);
      expect(difference).toBeNull();
      expect(facts.some(({ campaign, ad }) => campaign === 'Shopping – All products' && ad === null)).toBe(true);
      const range = { account: account.id, from: '2026-10-20', to: '2026-11-18' };
      expect(sumsOf(facts)).toEqual(doubles.totals('google_ads', range));
    }
  });

  test('campaigns, ad groups and advertisements are known by name, above each other', async () => {
    const read = async (stream: string) => (await reader.read(stream, accounts[1]!)).entities;
    const [campaigns, groups, ads] = [await read('campaigns'), await read('ad_groups'), await read('ads')];
    expect([campaigns.length, groups.length, ads.length]).toEqual([8, 14, 14]);
    expect(groups.every(({ parent }) => campaigns.some(({ id }) => id === parent))).toBe(true);
    expect(ads.every(({ parent }) => groups.some(({ id }) => id === parent))).toBe(true);
  });

  test('an experiment is read with its bounds', async () => {
    const credential = { accessToken: 'ya29.google-double-access-token' };
    const items = new ItemReader(googleAds, doubles.url, { method: 'oauth', credential, now });
    const [study] = await items.read('lift_studies', accounts[1]!);
    await items.close();
    expect(study).toMatchObject({ kind: 'lift', channel: null, date: '2026-10-12' });
    const {
      incrementalConversions: middle,
      incrementalConversionsLow: low,
      incrementalConversionsHigh: high,
    } = study!.details;
    expect(Number(low)).toBeGreaterThan(0);
    expect(Number(low)).toBeLessThan(Number(middle));
    expect(Number(middle)).toBeLessThan(Number(high));
  });

  test('an empty customer has no rows; one of somebody else is refused', async () => {
    expect((await reader.read('ad_daily', accounts[4]!, '2026-11-01', '2026-11-02')).facts).toEqual([]);
    await expect(reader.read('ad_daily', accounts[3]!, '2026-11-01', '2026-11-02')).rejects.toMatchObject({
      failure: { class: 'permission' },
    });
  });

  test.each([
    ['throttle', { waitSeconds: 30 }, { class: 'rate_limit', waitSeconds: 30 }],
    ['versionOff', { version: 'v25' }, { class: 'version_sunset' }],
    ['tooMuchData', { limitDays: 3 }, { class: 'too_much_data' }],
    ['expireTokens', {}, { class: 'auth' }],
    ['fail', { status: 503 }, { class: 'transient' }],
  ])('%s is understood', async (action, more, failure) => {
    doubles.control({ action, ...more });
    await expect(reader.read('ad_daily', accounts[1]!, '2026-11-01', '2026-11-14')).rejects.toMatchObject({ failure });
  });
});

describe('answers', () => {
  const body = (status: string, errorCode: Record<string, string>) => ({
    error: { status, message: 'said', details: [{ errors: [{ errorCode, message: 'in detail' }] }] },
  });

  test.each([
    [403, body('PERMISSION_DENIED', { authorizationError: 'CUSTOMER_NOT_ENABLED' }), 'permission'],
    [401, body('UNAUTHENTICATED', { authenticationError: 'OAUTH_TOKEN_REVOKED' }), 'auth'],
    [401, body('UNAUTHENTICATED', { authenticationError: 'CUSTOMER_NOT_FOUND' }), 'permission'],
    [429, body('RESOURCE_EXHAUSTED', { quotaError: 'RESOURCE_TEMPORARILY_EXHAUSTED' }), 'rate_limit'],
    [400, body('INVALID_ARGUMENT', { requestError: 'UNSUPPORTED_VERSION' }), 'version_sunset'],
    [500, body('INTERNAL', { internalError: 'TRANSIENT_ERROR' }), 'transient'],
    [400, [body('INVALID_ARGUMENT', { internalError: 'INTERNAL_ERROR' })], 'transient'],
  ])('%i %j', (status, given, failureClass) => {
    expect(classifyGoogleAds({ status, headers: {}, body: given })?.class).toBe(failureClass);
  });

  test('a success, a wrong query and a page of a proxy have the usual meaning', () => {
    const query = body('INVALID_ARGUMENT', { queryError: 'UNRECOGNIZED_FIELD' });
    expect(classifyGoogleAds({ status: 200, headers: {}, body: { results: [] } })).toBeNull();
    expect(classifyGoogleAds({ status: 400, headers: {}, body: query })).toBeNull();
    expect(classifyGoogleAds({ status: 502, headers: {}, body: '<html></html>' })).toBeNull();
  });
});
