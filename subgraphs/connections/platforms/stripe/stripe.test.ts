import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../../doubles/start-doubles.ts';
import type { Account, Item, Slice } from '../connector.ts';
import { ItemReader } from '../testing/item-reader.ts';
import { classifyStripe } from './errors.pure.ts';
import { charges } from './payments.ts';
import { stripe } from './stripe.connector.ts';

const now = '2026-11-21T12:00:00Z';
let doubles: Doubles;
const readers: ItemReader[] = [];

beforeEach(async () => {
  doubles = await startDoubles({ platforms: ['stripe'], now });
});
afterEach(async () => {
  for (const reader of readers.splice(0)) await reader.close();
  await doubles.stop();
});

async function open(key = 'rk_live_double_europe'): Promise<{ reader: ItemReader; account: Account }> {
  const reader = new ItemReader(stripe, doubles.url, {
    method: 'restricted_key',
    credential: { values: { key } },
    now,
  });
  readers.push(reader);
  return { reader, account: (await reader.accounts())[0]! };
}

function revenueOf(items: readonly Item[]): bigint {
  return items.reduce((sum, { revenue }) => sum + (revenue ?? 0n), 0n);
}

describe('reading', () => {
  test.each(['rk_live_double_europe', 'rk_live_double_japan'])(
    'charges less refunds add up to what is true, in the units of the currency: %s',
    async (key) => {
      const { reader, account } = await open(key);
      const days = { from: '2026-11-01', to: '2026-11-20' };
      const within = (all: Item[]) => all.filter(({ occurredAt }) => occurredAt >= new Date('2026-11-01T00:00:00Z'));
      const paid = within(await reader.read('charges', account, days.from, days.to));
      const back = within(await reader.read('refunds', account, days.from, days.to));
      const totals = doubles.totals('stripe', { account: account.id, ...days });
      expect(paid.reduce((sum, { conversions }) => sum + (conversions ?? 0), 0)).toBe(totals.conversions);
      expect(String(revenueOf(paid) + revenueOf(back))).toBe(totals.revenue);
      expect(String(-revenueOf(back))).toBe(totals.refunds);
      expect(paid[0]?.currency).toBe(account.currency);
    },
  );

  test('changes of charges from before the window are found in the events', async () => {
    const { reader, account } = await open();
    const items = await reader.read('charges', account, '2026-11-18', '2026-11-20');
    const older = items.filter(({ occurredAt }) => occurredAt < new Date('2026-11-18T00:00:00Z'));
    expect(older.length).toBeGreaterThan(3);
    expect(older.every(({ updatedAt }) => updatedAt! >= new Date('2026-11-18T00:00:00Z'))).toBe(true);
  });

  test('what a restricted key may not read fails alone, and is named', async () => {
    const { reader, account } = await open('rk_live_double_japan');
    await expect(reader.read('disputes', account, '2026-11-01', '2026-11-20')).rejects.toMatchObject({
      failure: { class: 'permission', message: expect.stringContaining('rak_dispute_read') },
    });
    expect((await reader.read('refunds', account, '2026-11-01', '2026-11-20')).length).toBeGreaterThan(1);
  });

  test('every other list is read, and tells nobody’s address', async () => {
    const { reader, account } = await open();
    for (const name of [
      'balance_transactions',
      'payment_intents',
      'invoices',
      'subscriptions',
      'customers',
      'disputes',
    ]) {
      const items = await reader.read(name, account, '2026-11-01', '2026-11-20');
      expect(items.length, name).toBeGreaterThan(0);
      expect(revenueOf(items), name).toBe(0n);
      expect(JSON.stringify(items.map(({ details }) => details)), name).not.toContain('@');
    }
  });

  test('subscriptions that ended are read too', async () => {
    const { reader, account } = await open();
    const items = await reader.read('subscriptions', account, '2026-08-01', '2026-09-30');
    expect(new Set(items.map(({ details }) => details['status']))).toContain('canceled');
  });

  test('what a key of test mode brings counts nothing', async () => {
    const { reader, account } = await open('rk_test_double_europe');
    expect(account.name).toContain('test mode');
    const items = await reader.read('charges', account, '2026-11-18', '2026-11-20');
    expect([items.length > 0, revenueOf(items)]).toEqual([true, 0n]);
  });
});

test('yen have no cents', () => {
  const row = { id: 'ch_1', created: 1_795_000_000, amount: 500, currency: 'jpy', status: 'succeeded' };
  const slice = { account: {} } as Slice;
  expect(charges.map(row, slice)!.items![0]).toMatchObject({ currency: 'JPY', revenue: 500_000_000n });
  expect(charges.map(row, slice)!.items![0]!.region).toBeNull();
  const billed = { ...row, billing_details: { address: { country: 'US', state: 'NY', postal_code: '10001' } } };
  expect(charges.map(billed, slice)!.items![0]!.region).toBe('US-NY');
  expect(charges.map({ ...row, status: 'pending' }, slice)!.items![0]).toMatchObject({ conversions: 0, revenue: 0n });
});

test('a header says whether to try again', () => {
  const of = (status: number, again?: string, code?: string) =>
    classifyStripe({
      status,
      headers: again === undefined ? {} : { 'stripe-should-retry': again },
      body: { error: { type: 'api_error', message: 'No.', code } },
    })?.class;
  expect([of(400, 'true'), of(500, 'false'), of(500), of(409)]).toEqual([
    'transient',
    'bad_request',
    undefined,
    'transient',
  ]);
  expect([of(429), of(429, 'false', 'lock_timeout'), of(401), of(403)]).toEqual([
    'rate_limit',
    'transient',
    'auth',
    'permission',
  ]);
});
