import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../../doubles/start-doubles.ts';
import { consent } from '../../doubles/testing.ts';
import type { Account, Answer, Item, Slice } from '../connector.ts';
import { ItemReader } from '../testing/item-reader.ts';
import { grant } from './auth.ts';
import { classifyWoocommerce } from './errors.pure.ts';
import { beginning, nextPlace } from './order-places.pure.ts';
import { orders } from './orders.ts';
import { woocommerce } from './woocommerce.connector.ts';

const now = '2026-11-21T12:00:00Z';
const store = 'https://nordwind-europe.store.example';
const values = { consumerKey: 'ck_double_nordwind_europe', consumerSecret: 'cs_double' };
let doubles: Doubles;
const readers: ItemReader[] = [];

beforeEach(async () => {
  doubles = await startDoubles({ platforms: ['woocommerce'], now });
});
afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close();
  await doubles.stop();
});

async function open(method = 'key', more = {}): Promise<{ reader: ItemReader; account: Account }> {
  const credential = { values: { ...values, ...more } };
  const reader = new ItemReader(woocommerce, doubles.url, { method, credential, settings: { store }, now });
  readers.push(reader);
  return { reader, account: (await reader.accounts())[0]! };
}

function sums(items: readonly Item[]) {
  return {
    conversions: items.reduce((sum, { conversions }) => sum + (conversions ?? 0), 0),
    revenue: String(items.reduce((sum, { revenue }) => sum + (revenue ?? 0n), 0n)),
  };
}

describe('reading', () => {
  test.each(['key', 'query_key'])('orders less refunds add up to what the store knows: %s', async (method) => {
    const { reader, account } = await open(method);
    expect(account).toMatchObject({ currency: 'EUR', timeZone: 'Europe/Berlin', state: 'ok' });
    const items = await reader.read('orders', account, '2026-11-15', '2026-11-21', 100);
    const begin = new Date('2026-11-14T23:00:00Z');
    const { conversions, revenue } = doubles.totals('woocommerce', {
      account: account.id,
      from: '2026-11-15',
      to: '2026-11-21',
    });
    expect(sums(items.filter(({ occurredAt }) => occurredAt >= begin))).toEqual({ conversions, revenue });
    expect([...reader.journeys.values()].every(({ touches }) => touches[0]!.age >= 0)).toBe(true);
    expect(new Set(items.map(({ channel }) => channel)).size).toBeGreaterThan(3);
  });

  test('orders of old days are read although they changed later', async () => {
    const { reader, account } = await open();
    const items = await reader.read('orders', account, '2026-09-01', '2026-09-02', 100);
    const made = items.filter(
      ({ kind, occurredAt }) => kind === 'order' && occurredAt >= new Date('2026-08-31T22:00:00Z'),
    );
    const { conversions } = doubles.totals('woocommerce', {
      account: account.id,
      from: '2026-09-01',
      to: '2026-09-02',
    });
    expect(sums(made.filter(({ occurredAt }) => occurredAt < new Date('2026-09-02T22:00:00Z'))).conversions).toBe(
      conversions,
    );
  });

  test('customers are contacts without names or addresses', async () => {
    const { reader, account } = await open();
    const [contact] = await reader.read('customers', account);
    expect(contact!.details['emailHash']).toMatch(/^[0-9a-f]{64}$/);
    expect((await reader.reader.read('products', account)).entities[0]).toMatchObject({ name: 'Rain jacket' });
    expect((await reader.reader.read('coupons', account)).entities[0]).toMatchObject({ name: 'WELCOME10' });
  });

  test('a key that is wrong is refused', async () => {
    await expect(open('key', { consumerSecret: 'cs_wrong' })).rejects.toMatchObject({ failure: { class: 'auth' } });
  });

  test('a page of the host is not taken for an empty list', async () => {
    const { reader, account } = await open();
    doubles.control({ action: 'fail', status: 503, calls: 1 });
    await expect(reader.read('orders', account, '2026-11-20', '2026-11-21')).rejects.toMatchObject({
      failure: { class: 'transient' },
    });
  });
});

test('the store hands over a key to whoever asked with a state', async () => {
  const got: unknown[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += String(part);
    got.push(JSON.parse(body));
    response.end();
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const callbackUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`;
  const given = { state: 's1', returnUrl: 'https://a.example/x', callbackUrl, appName: 'LiftOS' };
  const back = await consent(doubles.url, grant.grantUrl({ store }, given));
  expect(Object.fromEntries(back.searchParams)).toEqual({ success: '1', user_id: 's1' });
  // Every consent makes a key of its own.
  expect(grant.readCallback(got[0] as Record<string, unknown>)).toEqual({
    state: 's1',
    values: { ...values, consumerKey: expect.stringMatching(/^ck_double_nordwind_europe_\w+$/) },
  });
  expect(() => grant.readCallback({ user_id: 's1' })).toThrow('no key');
  await new Promise((done) => server.close(done));
});

describe('pages', () => {
  const slice = { pageSize: 2, now: new Date(now), until: new Date(now) } as Slice;
  const answer = (total: number): Answer => ({
    status: 200,
    headers: { 'x-wp-total': String(total), 'x-wp-totalpages': String(Math.ceil(total / 2)) },
    body: [{}, {}],
  });

  test('go back when the list got shorter, as rows behind moved forward', () => {
    expect(nextPlace(answer(10), slice, beginning)).toMatchObject({ page: 2, total: 10 });
    expect(nextPlace(answer(10), slice, { ...beginning, page: 3, total: 10 })).toMatchObject({ page: 4 });
    expect(nextPlace(answer(9), slice, { ...beginning, page: 3, total: 10 })).toMatchObject({ page: 3, total: 9 });
    expect(nextPlace(answer(6), slice, { ...beginning, page: 3, total: 10 })).toMatchObject({ page: 2, total: 6 });
  });

  test('of a window that is over are followed by what was made in it', () => {
    const past = { ...slice, until: new Date('2026-10-01T00:00:00Z') };
    expect(nextPlace(answer(2), slice, beginning)).toBeNull();
    expect(nextPlace(answer(2), past, beginning)).toMatchObject({ list: 'made', page: 1 });
  });
});

test('what is not paid counts nothing, and times are those of UTC', () => {
  const row = {
    id: 7,
    status: 'completed',
    currency: 'EUR',
    date_created: '2026-11-02T00:30:00',
    date_created_gmt: '2026-11-01T23:30:00',
    date_modified_gmt: '2026-11-02T08:00:00',
    total: '12.30',
    customer_id: 0,
    meta_data: [{ key: '_odd', value: { a: [1] } }],
  };
  const slice = { account: { timeZone: 'Europe/Berlin' } } as Slice;
  const item = orders.map(row, slice)!.items![0]!;
  expect(item).toMatchObject({ key: '7', channel: 'Direct', conversions: 1, revenue: 12_300_000n });
  expect(item.occurredAt.toISOString()).toBe('2026-11-01T23:30:00.000Z');
  for (const status of ['pending', 'failed', 'cancelled', 'trash'])
    expect(sums(orders.map({ ...row, status }, slice)!.items!)).toEqual({ conversions: 0, revenue: '0' });
});

test('an order and its refund count for where it is sent, else for where its bill goes', () => {
  const billing = { country: 'DE', state: 'DE-BY', city: 'Ort', postcode: '12345', address_1: 'Weg 1' };
  const row = {
    id: 7,
    status: 'completed',
    currency: 'EUR',
    date_created_gmt: '2026-11-01T23:30:00',
    date_modified_gmt: '2026-11-02T08:00:00',
    total: '12.30',
    refunds: [{ id: 8 }],
    billing,
  };
  const slice = { account: { timeZone: 'Europe/Berlin' }, until: new Date(), now: new Date() } as Slice;
  const item = orders.map(row, slice)!.items![0]!;
  expect(item.region).toBe('DE-BY');
  expect(JSON.stringify(item.details)).not.toMatch(/12345|Weg|Ort/);
  const shipping = { country: 'US', state: 'CA' };
  expect(orders.map({ ...row, shipping }, slice)!.items![0]!.region).toBe('US-CA');
  expect(orders.map({ ...row, shipping: { country: '', state: '' } }, slice)!.items![0]!.region).toBe('DE-BY');
  const [ofOrder] = nextPlace({ status: 200, headers: {}, body: [row] }, slice, beginning)!.queue;
  const refund = { id: 8, date_created_gmt: '2026-11-03T00:00:00', amount: '2.30', ofOrder };
  expect(orders.map(refund, slice)!.items![0]).toMatchObject({ kind: 'refund', region: 'DE-BY' });
});

test('errors are told apart by their code', () => {
  const of = (status: number, body: unknown, type = 'application/json') =>
    classifyWoocommerce({ status, headers: { 'content-type': type }, body })?.class;
  expect(of(401, { code: 'woocommerce_rest_cannot_view', message: 'Sorry' })).toBe('permission');
  expect(of(401, { code: 'woocommerce_rest_authentication_error', message: 'No' })).toBeUndefined();
  expect(of(404, { code: 'rest_no_route', message: 'No route' })).toBe('version_sunset');
  expect(of(403, '<html>blocked</html>', 'text/html')).toBe('transient');
  expect(of(429, '<html></html>', 'text/html')).toBeUndefined();
});
