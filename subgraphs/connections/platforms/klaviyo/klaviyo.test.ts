import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../../doubles/start-doubles.ts';
import type { Account, Item } from '../connector.ts';
import { ItemReader } from '../testing/item-reader.ts';
import { LiveReader, sumsOf } from '../testing/live-reader.ts';
import { classifyKlaviyo } from './errors.pure.ts';
import { klaviyo } from './klaviyo.connector.ts';

const now = '2026-11-21T12:00:00Z';
let doubles: Doubles;
const readers: LiveReader[] = [];

beforeEach(async () => {
  doubles = await startDoubles({ platforms: ['klaviyo'], now });
});
afterEach(async () => {
  await Promise.all(readers.splice(0).map((reader) => reader.close()));
  await doubles.stop();
});

function readerOf(key: string): LiveReader {
  const reader = new LiveReader(klaviyo, doubles.url, { method: 'private_key', credential: { values: { key } }, now });
  readers.push(reader);
  return reader;
}

async function open(name = 'europe'): Promise<{ reader: LiveReader; account: Account }> {
  const reader = readerOf(`pk_double_${name}`);
  const [account] = await reader.accounts();
  return { reader, account: account! };
}

const days = ['2026-10-20', '2026-11-10'] as const;

describe('against the double', () => {
  test.each([
    ['europe', 'EUR', 'Europe/Berlin'],
    ['pacific', 'NZD', 'Pacific/Auckland'],
  ])(
    'the account of %s: credited orders, sent messages and clicks add up to what is true',
    async (name, currency, zone) => {
      const { reader, account } = await open(name);
      expect([account.currency, account.timeZone]).toEqual([currency, zone]);
      doubles.control({ action: 'duplicateBoundary' });
      const read = async (stream: string) => sumsOf((await reader.read(stream, account, ...days, 3)).facts);
      const totals = doubles.totals('klaviyo', { account: account.id, from: days[0], to: days[1] });
      expect(await read('orders_daily')).toMatchObject({ conversions: totals.conversions, revenue: totals.revenue });
      expect(await read('sent_daily')).toMatchObject({ impressions: totals.impressions, conversions: 0 });
      expect(await read('clicked_daily')).toMatchObject({ clicks: totals.clicks, impressions: 0 });
    },
  );

  test('figures go by the names of campaigns and flows', async () => {
    const { reader, account } = await open();
    for (const stream of ['campaigns', 'flows']) await reader.read(stream, account);
    const { facts } = await reader.read('orders_daily', account, ...days);
    expect(new Set(facts.map(({ channel, campaign }) => `${channel}: ${campaign}`))).toEqual(
      new Set([
        'Email: Newsletter',
        'Email: Product News',
        'Email: Sale',
        'Email: Welcome',
        'Email: Abandoned Cart',
        'Email: Win-back',
        'SMS: Flash Sale',
        'SMS: Back in Stock',
      ]),
    );
  });

  test('campaigns of every channel, flows, lists and segments are known by name', async () => {
    const { reader, account } = await open();
    const count = async (stream: string) => (await reader.read(stream, account)).entities.length;
    // Five campaigns with a message each.
    expect([await count('campaigns'), await count('flows'), await count('lists'), await count('segments')]).toEqual([
      10, 3, 2, 2,
    ]);
  });

  test('order events and reports are the same orders, seen one by one and by message', async () => {
    const values = { key: 'pk_double_europe' };
    const reader = new ItemReader(klaviyo, doubles.url, { method: 'private_key', credential: { values }, now });
    readers.push(reader.reader);
    const [account] = await reader.accounts();
    for (const stream of ['campaigns', 'flows']) await reader.read(stream, account!);
    const totals = doubles.totals('klaviyo', { account: account!.id, from: '2026-11-01', to: '2026-11-07' });
    const orders = await reader.read('order_events', account!, '2026-11-01', '2026-11-07', 50);
    expect(orders).toHaveLength(totals.orders!);
    const credited = orders.filter(({ details }) => details.creditedTo !== null);
    expect(credited).toHaveLength(totals.conversions!);
    expect(new Set(credited.map(({ details }) => details.kind))).toEqual(new Set(['campaign', 'flow']));
    const sum = (items: readonly Item[]) => items.reduce((all, { details }) => all + Number(details.conversions), 0);
    let conversions = sum(await reader.read('flow_results', account!, '2026-11-01', '2026-11-07'));
    for (let day = 1; day <= 7; day += 1) {
      const date = `2026-11-0${day}`;
      conversions += sum(await reader.read('campaign_results', account!, date, date));
    }
    expect(conversions).toBe(totals.conversions);
  });

  test('an account that lacks metrics, and one that is closed', async () => {
    const { reader, account } = await open('united_kingdom');
    const bare = { ...account, extra: {} };
    expect((await reader.read('orders_daily', bare, ...days)).facts).toEqual([]);
    await expect(readerOf('pk_double_partner').accounts()).rejects.toMatchObject({ failure: { class: 'permission' } });
  });

  test.each([
    ['throttle', { waitSeconds: 12 }, { class: 'rate_limit', waitSeconds: 12 }],
    ['versionOff', { version: '2026-07-15' }, { class: 'version_sunset' }],
    ['tooMuchData', { limitDays: 3 }, { class: 'too_much_data' }],
    ['expireTokens', {}, { class: 'auth' }],
    ['fail', { status: 503 }, { class: 'transient' }],
  ])('%s is understood', async (action, more, failure) => {
    const { reader, account } = await open();
    doubles.control({ action, ...more });
    await expect(reader.read('orders_daily', account, ...days)).rejects.toMatchObject({ failure });
  });
});

test('only ranges that are too long are told apart from other mistakes', () => {
  const said = (detail: string) => ({
    status: 400,
    headers: {},
    body: { errors: [{ title: 'Invalid input.', detail }] },
  });
  expect(classifyKlaviyo(said('The range of dates is too long.'))?.class).toBe('too_much_data');
  expect(classifyKlaviyo(said('The metric does not exist.'))).toBeNull();
  expect(classifyKlaviyo({ status: 200, headers: {}, body: { data: [] } })).toBeNull();
});
