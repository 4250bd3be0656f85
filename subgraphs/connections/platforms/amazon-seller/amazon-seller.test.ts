import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../../doubles/start-doubles.ts';
import { localAddress } from '../../doubles/testing.ts';
import type { Values } from '../auth-method.ts';
import type { Account, Slice } from '../connector.ts';
import { amazonSellerDouble } from '../../doubles/amazon-seller/amazon-seller.double.ts';
import { ItemReader } from '../testing/item-reader.ts';
import { amazonSeller } from './amazon-seller.connector.ts';
import { selfAuthorised } from './auth.ts';
import { classifyAmazon } from './errors.pure.ts';
import { orders } from './orders.ts';
import { consentPage } from './regions.pure.ts';
import { salesDaily } from './sales.ts';
import { trafficDaily } from './traffic.ts';

const now = '2026-11-21T12:00:00Z';
const access = amazonSellerDouble.access;
let doubles: Doubles;
let items: ItemReader;
let accounts: readonly Account[];

beforeEach(async () => {
  doubles = await startDoubles({ platforms: ['amazon_seller'], now });
  const values = {
    clientId: access['Client ID']!,
    clientSecret: access['Client secret']!,
    refreshToken: access['Refresh token']!,
  };
  const post = async ({ url, body }: { url: string; body: Readonly<Record<string, string>> }) => {
    const answer = await fetch(localAddress(doubles.url, url), { method: 'POST', body: new URLSearchParams(body) });
    return (await answer.json()) as Record<string, unknown>;
  };
  const { accessToken } = await selfAuthorised.mint({ values, extra: {} }, post, new Date(now), {});
  const options = { method: 'refresh_token', credential: { values, accessToken }, settings: { region: 'eu' }, now };
  items = new ItemReader(amazonSeller, doubles.url, options);
  accounts = await items.accounts();
});
afterEach(async () => {
  await items.close();
  await doubles.stop();
});

const days = { from: '2026-10-20', to: '2026-11-05' };

test('marketplaces are accounts with a currency and days of their own', () => {
  expect(accounts.map(({ name, currency, timeZone, state }) => [name, currency, timeZone, state])).toEqual([
    ['Nordwind Europe (Amazon.de)', 'EUR', 'Europe/Berlin', 'ok'],
    ['Nordwind India (Amazon.in)', 'INR', 'Asia/Kolkata', 'ok'],
    ['Nordwind Sweden (Amazon.se)', 'SEK', 'Europe/Stockholm', 'skipped'],
    ['Nordwind United Kingdom (Amazon.co.uk)', 'GBP', 'Europe/London', 'ok'],
  ]);
});

test.each([0, 1])('sales add up to what is true in each marketplace, and to what Amazon sums up: %i', async (index) => {
  const account = accounts[index]!;
  const { facts, difference } = await items.reader.read('sales_daily', account, days.from, days.to);
  const truth = doubles.totals('amazon_seller', { account: account.id, ...days });
  expect(facts).toHaveLength(17);
  expect(facts.reduce((sum, { conversions }) => sum + conversions, 0)).toBe(truth.conversions);
  expect(String(facts.reduce((sum, { revenue }) => sum + revenue, 0n))).toBe(truth.revenue);
  expect([difference, facts[0]!.currency, facts[0]!.channel]).toEqual([null, account.currency, 'Amazon']);
});

describe('what adds to no figures', () => {
  test.each([
    ['orders', '2026-11-19', '2026-11-21'],
    ['transactions', '2026-11-01', '2026-11-20'],
    ['traffic_daily', '2026-11-01', '2026-11-20'],
  ])('%s', async (stream, from, to) => {
    const found = await items.read(stream, accounts[0]!, from, to);
    expect(found.length).toBeGreaterThan(15);
    for (const { channel, revenue, conversions } of found)
      expect([channel, revenue ?? 0n, conversions ?? 0]).toEqual([null, 0n, 0]);
    expect(JSON.stringify(found.map(({ details }) => details))).not.toContain('@');
  });

  test('fees and refunds are in the details of transactions', async () => {
    const found = await items.read('transactions', accounts[0]!, '2026-11-01', '2026-11-20');
    const refund = found.find(({ kind }) => kind === 'refund')!;
    const { parts, order } = refund.details as { parts: Record<string, number>; order: string };
    expect(parts['Sales']).toBeLessThan(0);
    expect(parts['Expenses']).toBeGreaterThan(0);
    expect(order).toMatch(/^\d{3}-\d{7}-\d{7}$/);
  });

  test('sessions and page views are those of the file', async () => {
    const found = await items.read('traffic_daily', accounts[0]!, '2026-11-01', '2026-11-20');
    expect(found).toHaveLength(20);
    const { sessions, pageViews } = found[0]!.details as { sessions: number; pageViews: number };
    expect(pageViews).toBeGreaterThan(sessions);
  });
});

test('a report that was asked for shortly before is read again, not asked for again', async () => {
  const read = () => items.read('traffic_daily', accounts[0]!, '2026-11-01', '2026-11-20');
  expect(await read()).toEqual(await read());
  const { calls } = doubles.counters('amazon_seller');
  expect(calls['POST /reports/2021-06-30/reports']).toBe(1);
});

test('a report that Amazon refuses waits, one that has nothing to tell is empty', () => {
  const of = (processingStatus: string) =>
    trafficDaily.report!.state({ status: 200, headers: {}, body: { reportId: '1', processingStatus } });
  expect(of('FATAL')).toMatchObject({ state: 'failed', failure: { class: 'rate_limit', waitSeconds: 14_400 } });
  expect(of('CANCELLED')).toEqual({ state: 'done', id: { report: '1', document: null } });
  expect(of('IN_QUEUE')).toEqual({ state: 'waiting' });
  const slice = { now: new Date(now) } as Slice;
  expect(trafficDaily.request(slice, null, { report: '1', document: null }).url).toBe('/reports/2021-06-30/reports/1');
});

test('a link that is old is asked for again, and the token does not go to the file', () => {
  const slice = { now: new Date(now) } as Slice;
  const report = { report: '1', document: 'd' };
  const link = (age: number) => ({ url: 'https://files.example/1', askedAt: Date.parse(now) - age });
  expect(trafficDaily.request(slice, link(1000), report)).toEqual({
    url: 'https://files.example/1',
    authenticate: false,
  });
  expect(trafficDaily.request(slice, link(250_000), report).url).toBe('/reports/2021-06-30/documents/d');
});

test('a token of a page that is too old begins the window again', () => {
  const slice = { now: new Date(now), since: new Date(0), account: accounts[0]!, pageSize: 100 } as unknown as Slice;
  const token = (hours: number) =>
    orders.request(slice, { token: 'next', at: Date.parse(now) - hours * 3_600_000 }, null).query!['paginationToken'];
  expect([token(1), token(24)]).toEqual(['next', undefined]);
});

test('rows of no day, and amounts that are none, are refused', () => {
  const slice = { account: accounts[0]! } as Slice;
  const row = { interval: 'x--y', orderCount: 1, totalSales: { amount: '1', currencyCode: 'EUR' } };
  expect(() => salesDaily.map(row, slice)).toThrow(RangeError);
  const wrong = { ...row, interval: now, totalSales: { amount: 'one', currencyCode: 'EUR' } };
  expect(() => salesDaily.map(wrong, slice)).toThrow(RangeError);
});

test('the page to log in is that of the region, with the application', () => {
  const applicationId = 'amzn1.sp.solution.1';
  expect(consentPage({ region: 'eu', applicationId, appVersion: 'beta' })).toBe(
    'https://sellercentral-europe.amazon.com/apps/authorize/consent?application_id=amzn1.sp.solution.1&version=beta',
  );
  const australia = { region: 'fe', applicationId, sellerCentral: 'sellercentral.amazon.com.au' };
  expect(new URL(consentPage(australia)).hostname).toBe('sellercentral.amazon.com.au');
  const wrongs: Values[] = [{ region: 'eu' }, { region: 'eu', applicationId, sellerCentral: 'evil.example' }];
  for (const wrong of wrongs) expect(() => consentPage(wrong)).toThrow();
});

test('answers mean what they say', () => {
  const of = (status: number, error: object, headers = {}) =>
    classifyAmazon({ status, headers, body: { errors: [{ code: 'X', message: 'No.', ...error }] } });
  expect(of(429, { code: 'QuotaExceeded' }, { 'x-amzn-ratelimit-limit': '0.0056' })).toMatchObject({
    class: 'rate_limit',
    waitSeconds: 179,
  });
  expect(of(429, { code: 'QuotaExceeded' })).not.toHaveProperty('waitSeconds');
  expect(of(403, { details: 'The access token you provided has expired.' })?.class).toBe('auth');
  expect(of(403, { details: '' })?.class).toBe('permission');
  expect(of(404, { message: 'Resource not found at specified path.' })?.class).toBe('version_sunset');
  expect([of(400, {})?.class, of(500, {}), of(400, { code: 'InternalFailure' })?.class]).toEqual([
    'bad_request',
    null,
    'transient',
  ]);
  const body = '<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>';
  expect(classifyAmazon({ status: 403, headers: {}, body })?.class).toBe('transient');
});
