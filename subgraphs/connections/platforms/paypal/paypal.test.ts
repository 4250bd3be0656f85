import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../../doubles/start-doubles.ts';
import { localAddress } from '../../doubles/testing.ts';
import type { MintMethod, PostForm } from '../auth-method.ts';
import type { Account, Answer, Item, Slice } from '../connector.ts';
import { ItemReader } from '../testing/item-reader.ts';
import { classifyPaypal } from './errors.pure.ts';
import { paypal } from './paypal.connector.ts';
import { transactions } from './transactions.ts';

const now = '2026-11-21T12:00:00Z';
let doubles: Doubles;
let reader: ItemReader;
let accounts: readonly Account[];

beforeEach(async () => {
  doubles = await startDoubles({ platforms: ['paypal'], now });
  const { accessToken, extra = {} } = await mint('rest_app');
  reader = new ItemReader(paypal, doubles.url, { method: 'rest_app', credential: { accessToken, extra }, now });
  accounts = await reader.accounts();
});
afterEach(async () => {
  await reader.close();
  await doubles.stop();
});

function mint(id: string) {
  const method = paypal.live!.auth.find((one) => one.id === id) as MintMethod;
  const post: PostForm = async ({ url, body, headers }) => {
    const init = { method: 'POST', body: new URLSearchParams(body), headers: headers ?? {} };
    return (await (await fetch(localAddress(doubles.url, url), init)).json()) as Record<string, unknown>;
  };
  const values = { clientId: 'liftos-demo', clientSecret: 'liftos-demo-secret' };
  return method.mint({ values, extra: {} }, post, new Date(now), {});
}

function revenueOf(items: readonly Item[]): string {
  return String(items.reduce((sum, { revenue }) => sum + (revenue ?? 0n), 0n));
}

describe('reading', () => {
  test('each currency of the merchant is an account', () => {
    expect(accounts.map(({ currency }) => currency)).toEqual(['EUR', 'NZD', 'GBP']);
    expect(accounts[0]).toMatchObject({ timeZone: 'UTC', state: 'ok' });
  });

  test('an app without transaction search is told so at once', async () => {
    await expect(mint('sandbox_app')).rejects.toThrow('Switch on "Transaction search"');
  });

  test('payments and refunds add up to the totals of the double', async () => {
    for (const account of accounts) {
      const items = await reader.read('transactions', account, '2026-11-01', '2026-11-20', 50);
      const totals = doubles.totals('paypal', { account: account.id, from: '2026-11-01', to: '2026-11-20' });
      expect(items.reduce((sum, { conversions }) => sum + (conversions ?? 0), 0)).toBe(totals.conversions);
      expect(revenueOf(items)).toBe(totals.revenue);
      const refunds = items.filter(({ kind }) => kind === 'refund');
      expect(String(-BigInt(revenueOf(refunds)))).toBe(totals.refunds);
    }
  });

  test('ids that come twice are two payments; fees stand in the details', async () => {
    const items = await reader.read('transactions', accounts[0]!, '2026-11-01', '2026-11-07');
    const ids = items.map(({ details }) => details['transaction']);
    expect(new Set(ids).size).toBeLessThan(ids.length);
    expect(items.filter(({ kind }) => kind === 'payment').every(({ details }) => Number(details['fee']) < 0)).toBe(
      true,
    );
  });

  test('too many rows ask for a shorter window', async () => {
    doubles.control({ action: 'tooMuchData', limitDays: 3 });
    await expect(reader.read('transactions', accounts[0]!, '2026-11-01', '2026-11-20')).rejects.toMatchObject({
      failure: { class: 'too_much_data' },
    });
  });

  test('disputes of a currency and balances of the day are read', async () => {
    const disputes = await reader.read('disputes', accounts[0]!, '', '', 10);
    expect(disputes.length).toBeGreaterThan(10);
    const [balance] = await reader.read('balances', accounts[0]!);
    expect(balance).toMatchObject({ key: '2026-11-21', channel: null });
  });
});

test('a window ends within the second before its end, without fractions', () => {
  const slice = {
    since: new Date('2026-11-01T00:00:00Z'),
    until: new Date('2026-11-21T00:00:00Z'),
    account: { currency: 'EUR' },
    pageSize: 500,
  } as Slice;
  expect(transactions.request(slice, null, null).query).toMatchObject({
    start_date: '2026-11-01T00:00:00Z',
    end_date: '2026-11-20T23:59:59Z',
  });
});

describe('rows', () => {
  const info = (event: string, value: string, status = 'S') => ({
    transaction_info: {
      transaction_id: '5E1',
      transaction_event_code: event,
      transaction_initiation_date: '2026-11-01T10:00:00+0100',
      transaction_amount: { currency_code: 'EUR', value },
      transaction_status: status,
    },
  });
  const itemOf = (event: string, value: string, status?: string) =>
    transactions.map(info(event, value, status), {} as Slice)?.items?.[0];

  test('are payments, refunds, or nothing for measurement', () => {
    expect(itemOf('T0006', '10.00')).toMatchObject({ kind: 'payment', conversions: 1, revenue: 10_000_000n });
    expect(itemOf('T0006', '10.00')?.occurredAt.toISOString()).toBe('2026-11-01T09:00:00.000Z');
    expect(itemOf('T1107', '-4.00')).toMatchObject({ kind: 'refund', conversions: 0, revenue: -4_000_000n });
    expect(itemOf('T1202', '4.00')).toMatchObject({ kind: 'refund', revenue: 4_000_000n });
    expect([itemOf('T0400', '-10.00'), itemOf('T0000', '-10.00'), itemOf('T0200', '3.00')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('count only once money has moved; a reversal is a row of its own', () => {
    expect(itemOf('T0006', '10.00', 'P')).toMatchObject({ conversions: 0, revenue: 0n });
    expect(itemOf('T0006', '10.00', 'D')).toMatchObject({ conversions: 0, revenue: 0n });
    expect(itemOf('T0006', '10.00', 'V')).toMatchObject({ conversions: 1, revenue: 10_000_000n });
  });
});

test('errors are told apart by their name', () => {
  const of = (status: number, body: unknown): Answer => ({ status, headers: {}, body });
  const error = (name: string, issue = '') => ({ name, message: 'No.', details: [{ issue }] });
  expect(classifyPaypal(of(400, error('RESULTSET_TOO_LARGE')))?.class).toBe('too_much_data');
  expect(classifyPaypal(of(429, error('RATE_LIMIT_REACHED')))).toMatchObject({ class: 'rate_limit', waitSeconds: 60 });
  expect(classifyPaypal(of(403, error('NOT_AUTHORIZED')))?.message).toContain('Transaction search');
  const late = error('INVALID_REQUEST', 'Data for the given start date is not available.');
  expect(classifyPaypal(of(400, late))).toMatchObject({ class: 'rate_limit', waitSeconds: 1800 });
  expect(classifyPaypal(of(401, { error: 'invalid_token' }))).toBeNull();
  expect(classifyPaypal(of(400, error('INVALID_REQUEST', 'other')))).toBeNull();
});
