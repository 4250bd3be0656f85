import { describe, expect, it } from 'vitest';
import { customSource } from './custom.source.ts';
import { hubspotSource } from './hubspot.source.ts';
import { shopifySource } from './shopify.source.ts';
import { shopifyOrder } from './shopify-order.pure.ts';
import { stripeSource } from './stripe.source.ts';

const account = { id: '', name: 'Shop', currency: 'EUR', timeZone: 'UTC', state: 'ok' as const };

/** What a row of a custom webhook becomes, or the path and text of what is wrong. */
function custom(stream: string, row: Record<string, unknown>) {
  const found = customSource.streams!.find(({ name }) => name === stream)!;
  const shaped = found.row.safeParse(row);
  if (shaped.success) return found.map(shaped.data, { account, now: new Date() });
  return shaped.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
}

const order = { id: 'A', occurredAt: '2026-11-20T10:00:00Z', amount: 1 };

describe('custom rows', () => {
  it.each([
    ['12.50', 12_500_000n],
    [12.5, 12_500_000n],
    [0, 0n],
    ['-3', -3_000_000n],
    ['0.000001', 1n],
    [999_999_999_999, 999_999_999_999_000_000n],
  ])('the amount %s is exact', (amount, micros) => {
    expect(custom('orders', { ...order, amount })).toMatchObject({ items: [{ revenue: micros }] });
  });

  it.each(['1e3', '0.0000001', '', ' ', '1,5', '0x10', 'Infinity', 1e21, Number.NaN, null, true, '9'.repeat(13)])(
    'the amount %j is refused',
    (amount) => {
      expect(custom('orders', { ...order, amount })).toEqual([expect.stringMatching(/^amount: /)]);
    },
  );

  it('names, times, currencies and unknown fields are checked', () => {
    const wrong = { id: '', occurredAt: '2026-11-20', channel: ' ', currency: 'eur', conversions: -1, phone: '1' };
    const problems = custom('orders', { ...order, ...wrong }) as string[];
    for (const name of ['id', 'occurredAt', 'channel', 'currency', 'conversions', 'phone']) {
      expect(problems.join('\n')).toContain(name);
    }
  });

  it('a day is about its names and its currency', () => {
    const day = { date: '2026-11-18', channel: 'radio', spend: '3' };
    expect(custom('daily', day)).toEqual({
      facts: [
        {
          ...day,
          campaign: null,
          adGroup: null,
          ad: null,
          currency: 'EUR',
          entity: '["radio",null,null,null,"EUR"]',
          spend: 3_000_000n,
          impressions: 0,
          clicks: 0,
          conversions: 0,
          revenue: 0n,
        },
      ],
    });
    expect(custom('daily', { ...day, spend: -1 })).toEqual(['spend: must not be negative']);
    expect(custom('daily', { ...day, date: '2026-02-30' })).toEqual([expect.stringMatching(/^date: /)]);
  });

  it('a delivery with too many rows is refused as a whole, and one that is no object', () => {
    const read = (body: unknown) => customSource.read({ event: '', headers: {}, body });
    expect(read({ orders: Array.from({ length: 5001 }, () => order) }).problems?.[0]).toMatch(/5000 rows/);
    for (const body of [[], null, 'text', 1]) expect(read(body).problems).toHaveLength(1);
    expect(read({ orders: {} }).problems).toEqual(['orders: must be a list.']);
    expect(read({})).toEqual({ rows: [], problems: [] });
  });

  it('without a key the signature identifies a delivery', () => {
    const of = (signature: string) => customSource.identify({ 'liftos-signature': signature }, {}).id;
    expect(of('t=1,v1=a')).toBe(of('t=1,v1=a'));
    expect(of('t=1,v1=a')).not.toBe(of('t=2,v1=b'));
  });
});

it('an order of a Shopify webhook reads as one of its GraphQL API', () => {
  const money = { shop_money: { amount: '120.50', currency_code: 'EUR' } };
  const body = {
    id: 820_982_911_946_154_500,
    admin_graphql_api_id: 'gid://shopify/Order/820982911946154508',
    name: '#1001',
    created_at: '2026-11-20T10:00:00+01:00',
    updated_at: '2026-11-20T11:00:00+01:00',
    cancelled_at: null,
    currency: 'EUR',
    financial_status: 'partially_refunded',
    total_price: '120.50',
    total_price_set: money,
    current_total_price_set: money,
    tags: 'vip, repeat',
    test: false,
    landing_site: '/shoes?utm_source=google&utm_medium=cpc&utm_campaign=Autumn',
    referring_site: 'https://www.google.com/',
    customer: { id: 7, email: 'a@b.example' },
    refunds: [
      {
        id: 9,
        created_at: '2026-11-20T11:00:00+01:00',
        transactions: [
          { kind: 'refund', status: 'success', amount: '20.25' },
          { kind: 'refund', status: 'failure', amount: '99' },
        ],
      },
    ],
  };
  expect(shopifyOrder(body)).toMatchObject({
    id: 'gid://shopify/Order/820982911946154508',
    name: '#1001',
    createdAt: '2026-11-20T10:00:00+01:00',
    displayFinancialStatus: 'PARTIALLY_REFUNDED',
    currencyCode: 'EUR',
    currentTotalPriceSet: { shopMoney: { amount: '120.50', currencyCode: 'EUR' } },
    totalRefundedSet: { shopMoney: { amount: '20.25', currencyCode: 'EUR' } },
    refunds: [{ id: 'gid://shopify/Refund/9', totalRefundedSet: { shopMoney: { amount: '20.25' } } }],
    tags: ['vip', 'repeat'],
    customer: { id: 'gid://shopify/Customer/7' },
    customerJourneySummary: {
      lastVisit: { referrerUrl: 'https://www.google.com/', utmParameters: { source: 'google', campaign: 'Autumn' } },
    },
  });
  expect(shopifySource.read({ event: 'orders/updated', headers: {}, body }).rows).toHaveLength(1);
  expect(shopifySource.read({ event: 'refunds/create', headers: {}, body: { order_id: 1 } })).toEqual({ sync: true });
  expect(shopifySource.read({ event: 'app/uninstalled', headers: {}, body })).toEqual({ sync: false });
});

it('Stripe objects go to the stream of their kind, and others ask for a sync or for nothing', () => {
  const read = (type: string, object: Record<string, unknown>) =>
    stripeSource.read({ event: type, headers: {}, body: { type, created: 1_795_132_800, data: { object } } });
  expect(read('charge.refunded', { object: 'charge', id: 'ch_1' }).rows).toMatchObject([
    { stream: 'charges', version: new Date('2026-11-20T00:00:00Z') },
  ]);
  expect(read('refund.updated', { object: 'refund' }).rows).toMatchObject([{ stream: 'refunds' }]);
  expect(read('payment_intent.succeeded', { object: 'payment_intent' })).toEqual({ sync: true });
  expect(read('customer.created', { object: 'customer' })).toEqual({ sync: false });
});

it('HubSpot deliveries of contacts and deals ask for a sync, others do not', () => {
  const read = (event: string) => hubspotSource.read({ event, headers: {}, body: [] }).sync;
  expect(read('deal.propertyChange')).toBe(true);
  expect(read('conversation.creation, contact.creation')).toBe(true);
  expect(read('conversation.creation')).toBe(false);
});
