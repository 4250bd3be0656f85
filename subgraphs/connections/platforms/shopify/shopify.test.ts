import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../../doubles/start-doubles.ts';
import { consent } from '../../doubles/testing.ts';
import type { Account, Item, Slice } from '../connector.ts';
import { ItemReader } from '../testing/item-reader.ts';
import { checkCallback, oauth } from './auth.ts';
import { classifyShopify } from './errors.pure.ts';
import { orders } from './orders.ts';
import { shopify } from './shopify.connector.ts';

const now = '2026-11-21T12:00:00Z';
const shop = 'nordwind-europe.myshopify.com';
let doubles: Doubles;
let reader: ItemReader;
let account: Account;

beforeEach(async () => {
  doubles = await startDoubles({ platforms: ['shopify'], now });
  const credential = { values: { token: 'shpat_double_nordwind_europe' }, extra: {} };
  reader = new ItemReader(shopify, doubles.url, { method: 'custom_app', credential, settings: { shop }, now });
  account = (await reader.accounts())[0]!;
});
afterEach(async () => {
  await reader.close();
  await doubles.stop();
});

function sums(items: readonly Item[]) {
  return {
    conversions: items.reduce((sum, { conversions }) => sum + (conversions ?? 0), 0),
    revenue: String(items.reduce((sum, { revenue }) => sum + (revenue ?? 0n), 0n)),
  };
}

describe('reading', () => {
  test('the shop is the account, in its own currency and zone', () => {
    expect(account).toEqual({
      id: shop,
      name: 'Nordwind Europe',
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
      state: 'ok',
    });
  });

  test('orders less refunds of recent days add up to what the shop knows, in pages of any size', async () => {
    const days = { from: '2026-11-01', to: '2026-11-21' };
    const items = await reader.read('orders', account, days.from, days.to, 90);
    const recent = items.filter(({ occurredAt }) => occurredAt.getTime() >= Date.parse('2026-10-31T23:00:00Z'));
    const { conversions, revenue } = doubles.totals('shopify', { account: shop, ...days });
    expect(sums(recent)).toEqual({ conversions, revenue });
    expect(items.length).toBeGreaterThan(recent.length);
  });

  test('orders come with the campaigns that led to them', async () => {
    await reader.read('orders', account, '2026-11-10', '2026-11-12');
    const journeys = [...reader.journeys.values()];
    expect(journeys.length).toBeGreaterThan(20);
    expect(journeys.every(({ touches }) => touches.every(({ age }) => age >= 0))).toBe(true);
    expect(new Set(journeys.flatMap(({ touches }) => touches.map(({ channel }) => channel)))).toContain('Meta Ads');
  });

  test('customers are contacts without names or addresses', async () => {
    const [contact] = await reader.read('customers', account, '2026-11-10', '2026-11-12');
    expect(contact).toMatchObject({ kind: 'contact', channel: null });
    expect(contact!.details['emailHash']).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(contact!.details)).not.toContain('@');
  });

  test('being told to slow down says for how long, with status 200', async () => {
    doubles.control({ action: 'throttle', calls: 1, waitSeconds: 7 });
    await expect(reader.read('orders', account, '2026-11-10', '2026-11-12')).rejects.toMatchObject({
      failure: { class: 'rate_limit', waitSeconds: 7 },
    });
  });

  test('a version that was retired is noticed although the shop answers', async () => {
    doubles.control({ action: 'versionOff', version: '2026-10' });
    await expect(reader.accounts()).rejects.toMatchObject({ failure: { class: 'version_sunset' } });
  });
});

describe('the way back from a login', () => {
  const app = { clientId: 'liftos-demo', clientSecret: 'liftos-demo-secret' };
  const come = async (): Promise<Record<string, string>> => {
    const url = new URL(oauth.authorizeUrl({ shop }));
    const query = { client_id: app.clientId, scope: 'read_orders', redirect_uri: 'https://a.example/x', state: 's1' };
    url.search = new URLSearchParams(query).toString();
    return Object.fromEntries((await consent(doubles.url, url.href)).searchParams);
  };

  test('is signed, for this shop', async () => {
    const callback = await come();
    expect(() => checkCallback(callback, { shop }, app)).not.toThrow();
    expect(() => checkCallback({ ...callback, code: 'other' }, { shop }, app)).toThrow('signed');
    expect(() => checkCallback({ ...callback, hmac: '' }, { shop }, app)).toThrow('signed');
    expect(() => checkCallback(callback, { shop: 'nordwind-uk.myshopify.com' }, app)).toThrow('for the shop');
  });

  test('never leads to a host that is not of Shopify', () => {
    for (const wrong of ['a.myshopify.com.evil.example', 'evil.example/.myshopify.com', 'A.myshopify.com', ''])
      expect(() => oauth.tokenUrl({ shop: wrong }, {}, {}), wrong).toThrow('Give the address');
  });
});

describe('rows', () => {
  const bag = (amount: string) => ({ shopMoney: { amount, currencyCode: 'EUR' } });
  const row = {
    id: 'gid://shopify/Order/1',
    legacyResourceId: '1',
    createdAt: '2026-11-01T23:30:00Z',
    updatedAt: '2026-11-05T10:00:00Z',
    totalPriceSet: bag('120.50'),
    refunds: [{ legacyResourceId: '9', createdAt: '2026-11-05T10:00:00Z', totalRefundedSet: bag('20.50') }],
  };
  const slice = { account: { timeZone: 'Europe/Berlin' } } as Slice;

  test('refunds count on the day they were made', () => {
    const [order, refund] = orders.map(row, slice)!.items!;
    expect(order).toMatchObject({ key: '1', conversions: 1, revenue: 120_500_000n, channel: 'Direct' });
    expect(refund).toMatchObject({ key: 'refund/9', kind: 'refund', revenue: -20_500_000n });
    expect(refund!.occurredAt.toISOString()).toBe('2026-11-05T10:00:00.000Z');
  });

  test('cancelled and test orders are kept and count nothing, nor do their refunds', () => {
    for (const more of [{ cancelledAt: '2026-11-02T00:00:00Z' }, { test: true }]) {
      expect(sums(orders.map({ ...row, ...more }, slice)!.items!)).toEqual({ conversions: 0, revenue: '0' });
    }
  });

  test('the first and the last visit are touches, one when they are the same', () => {
    const visit = (source: string, medium: string, occurredAt: string) => ({
      occurredAt,
      utmParameters: { source, medium, campaign: 'Sale' },
    });
    const first = visit('facebook', 'cpc', '2026-10-30T23:30:00Z');
    const last = visit('newsletter', 'email', '2026-11-01T11:30:00Z');
    const of = (summary: unknown) => orders.map({ ...row, customerJourneySummary: summary }, slice)!.journeys![0]!;
    expect(of({ firstVisit: first, lastVisit: last })).toMatchObject({
      date: '2026-11-02',
      conversions: 1,
      touches: [
        { channel: 'Meta Ads', campaign: 'Sale', age: 2 },
        { channel: 'Email', campaign: 'Sale', age: 0.5 },
      ],
    });
    expect(of({ firstVisit: last, lastVisit: last }).touches).toHaveLength(1);
  });
});

test('errors are told apart by code and status', () => {
  const of = (status: number, body: unknown = null) => classifyShopify({ status, headers: {}, body })?.class;
  const error = (code: string) => ({ errors: [{ message: 'No.', extensions: { code } }] });
  expect(of(200, error('THROTTLED'))).toBe('rate_limit');
  expect(of(200, error('ACCESS_DENIED'))).toBe('permission');
  expect(of(200, error('MAX_COST_EXCEEDED'))).toBe('too_much_data');
  expect(of(200, error('INTERNAL_SERVER_ERROR'))).toBe('transient');
  expect(of(200, { errors: [{ message: 'Field does not exist' }] })).toBe('bad_request');
  expect([of(402), of(404), of(423)]).toEqual(['permission', 'permission', 'permission']);
  expect([of(200, { data: {} }), of(401), of(500)]).toEqual([undefined, undefined, undefined]);
});
