import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../start-doubles.ts';
import { consent, localAddress } from '../testing.ts';
import { amazonSellerDouble } from './amazon-seller.double.ts';

const access = amazonSellerDouble.access;
const host = 'https://sellingpartnerapi-eu.amazon.com';
const germany = 'A1PA6795UKMFR9';
const app = { client_id: access['Client ID']!, client_secret: access['Client secret']! };
const self = { grant_type: 'refresh_token', refresh_token: access['Refresh token']! };
let doubles: Doubles;
let token: string;

beforeEach(async () => {
  doubles = await startDoubles({ platforms: ['amazon_seller'], now: '2026-11-21T12:00:00Z' });
  token = (await tokens(self)).access_token;
});
afterEach(() => doubles.stop());

interface Tokens {
  access_token: string;
  refresh_token?: string;
  expires_in: number;
  error?: string;
}

async function tokens(body: Record<string, string>): Promise<Tokens> {
  const form = new URLSearchParams({ ...app, ...body });
  const answer = await fetch(localAddress(doubles.url, 'https://api.amazon.com/auth/o2/token'), {
    method: 'POST',
    body: form,
  });
  return (await answer.json()) as Tokens;
}

function ask(path: string, body?: unknown, at = host): Promise<Response> {
  return fetch(localAddress(doubles.url, at + path), {
    headers: { 'x-amz-access-token': token, 'user-agent': 'Test/1' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  });
}

async function read<T>(path: string, body?: unknown): Promise<T> {
  return (await (await ask(path, body)).json()) as T;
}

interface Refused {
  errors: { code: string; message: string; details: string }[];
}

describe('letting in', () => {
  const page = 'https://sellercentral-europe.amazon.com/apps/authorize/consent';
  const query = { client_id: app.client_id, redirect_uri: 'https://a.example/x', state: 's' };

  test('the page wants the application id, and the code has a name of its own', async () => {
    const unknown = await consent(doubles.url, `${page}?${new URLSearchParams(query)}`);
    expect([unknown.searchParams.get('error'), unknown.searchParams.get('spapi_oauth_code')]).toEqual(['MD1000', null]);
    const asked = new URLSearchParams({ ...query, application_id: access['Application ID']! });
    const back = await consent(doubles.url, `${page}?${asked}`);
    expect([...back.searchParams.keys()].toSorted()).toEqual(['selling_partner_id', 'spapi_oauth_code', 'state']);
    const code = back.searchParams.get('spapi_oauth_code')!;
    const given = await tokens({ grant_type: 'authorization_code', code, redirect_uri: 'https://a.example/x' });
    expect([given.expires_in, given.refresh_token?.slice(0, 5)]).toEqual([3600, 'Atzr|']);
    expect((await tokens({ ...self, refresh_token: 'Atzr|wrong' })).error).toBe('invalid_grant');
  });

  test('a token that ended and a role that is missing differ in the details only', async () => {
    doubles.control({ action: 'forbidAccount', account: germany });
    const path = `/finances/2024-06-19/transactions?marketplaceId=${germany}&postedAfter=2026-11-20T00:00:00Z`;
    const closed = await ask(path);
    doubles.control({ action: 'advanceClock', seconds: 3601 });
    const ended = await ask(path);
    expect([closed.status, ended.status]).toEqual([403, 403]);
    const [a, b] = [((await closed.json()) as Refused).errors[0]!, ((await ended.json()) as Refused).errors[0]!];
    expect([a.code, a.message]).toEqual([b.code, b.message]);
    expect([a.details, b.details]).toEqual(['', 'The access token you provided has expired.']);
  });

  test('a seller of Europe is a stranger in other regions', async () => {
    const path = '/sellers/v1/marketplaceParticipations';
    expect((await ask(path)).status).toBe(200);
    expect((await ask(path, undefined, 'https://sellingpartnerapi-na.amazon.com')).status).toBe(403);
  });
});

describe('sales by day', () => {
  const path = (interval: string, zone: string, granularity = 'Day', marketplace = germany) =>
    `/sales/v1/orderMetrics?${new URLSearchParams({
      marketplaceIds: marketplace,
      interval,
      granularity,
      granularityTimeZone: zone,
    })}`;
  interface Metrics {
    payload: { interval: string; orderCount: number; totalSales: { amount: string; currencyCode: string } }[];
  }

  test('days follow the zone over a change of the clock', async () => {
    const interval = '2026-10-23T22:00:00Z--2026-10-26T23:00:00Z';
    const { payload } = await read<Metrics>(path(interval, 'Europe/Berlin'));
    expect(payload.map((one) => one.interval)).toEqual([
      '2026-10-24T00:00+02:00--2026-10-25T00:00+02:00',
      '2026-10-25T00:00+02:00--2026-10-26T00:00+01:00',
      '2026-10-26T00:00+01:00--2026-10-27T00:00+01:00',
    ]);
    const truth = doubles.totals('amazon_seller', { account: germany, from: '2026-10-24', to: '2026-10-26' });
    expect(payload.reduce((sum, { orderCount }) => sum + orderCount, 0)).toBe(truth.conversions);
    const [total] = (await read<Metrics>(path(interval, 'Europe/Berlin', 'Total'))).payload;
    expect(Number(total!.totalSales.amount) * 1e6).toBeCloseTo(Number(truth.revenue), 0);
  });

  test('one marketplace, a zone and two instants are demanded', async () => {
    const interval = '2026-11-01T00:00:00Z--2026-11-02T00:00:00Z';
    for (const wrong of [
      path(interval, '', 'Day'),
      path(interval, 'UTC', 'Day', `${germany},A21TJRUUN4KGV`),
      path('2026-11-01--2026-11-02', 'UTC'),
      path('2023-11-01T00:00:00Z--2023-11-02T00:00:00Z', 'UTC'),
    ])
      expect((await read<Refused>(wrong)).errors[0]!.code).toBe('InvalidInput');
  });
});

describe('orders', () => {
  interface Found {
    orders: { orderId: string; fulfillment: { fulfillmentStatus: string }; proceeds?: unknown; buyer?: unknown }[];
    pagination: { nextToken?: string };
  }
  const path = (more: Record<string, string> = {}) =>
    `/orders/2026-01-01/orders?${new URLSearchParams({
      marketplaceIds: germany,
      lastUpdatedAfter: '2026-11-20T00:00:00Z',
      includedData: 'PROCEEDS',
      ...more,
    })}`;

  test('tokens of pages lead on for a day', async () => {
    const first = await read<Found>(path());
    expect(first.orders).toHaveLength(100);
    const paginationToken = first.pagination.nextToken!;
    const second = await read<Found>(path({ paginationToken }));
    expect(second.orders[0]!.orderId).not.toBe(first.orders[0]!.orderId);
    doubles.control({ action: 'advanceClock', days: 1 });
    token = (await tokens(self)).access_token;
    expect((await ask(path({ paginationToken }))).status).toBe(400);
  });

  test('exactly one time is given, and pending orders have no price', async () => {
    expect((await ask(path({ createdAfter: '2026-11-20T00:00:00Z' }))).status).toBe(400);
    expect((await ask(path({ lastUpdatedAfter: '2026-11-21T11:59:00Z' }))).status).toBe(400);
    const { orders } = await read<Found>(path({ lastUpdatedAfter: '2026-11-21T11:00:00Z' }));
    for (const { fulfillment, proceeds, buyer } of orders)
      expect([proceeds === undefined, buyer]).toEqual([fulfillment.fulfillmentStatus === 'PENDING', undefined]);
    expect(orders.some(({ proceeds }) => proceeds === undefined)).toBe(true);
  });
});

describe('the report', () => {
  const reports = '/reports/2021-06-30/reports';
  const wish = {
    reportType: 'GET_SALES_AND_TRAFFIC_REPORT',
    marketplaceIds: [germany],
    dataStartTime: '2026-11-01T00:00:00Z',
    dataEndTime: '2026-11-07T00:00:00Z',
  };
  interface Status {
    reportId: string;
    processingStatus: string;
    reportDocumentId?: string;
  }

  async function ready(): Promise<Status> {
    const { reportId } = await read<Status>(reports, wish);
    const looks = [await read<Status>(`${reports}/${reportId}`), await read<Status>(`${reports}/${reportId}`)];
    expect(looks[0]!.processingStatus).toBe('IN_PROGRESS');
    return looks[1]!;
  }

  test('is a packed file at another host that wants no token and ends soon', async () => {
    const { reportDocumentId } = await ready();
    const { url } = await read<{ url: string }>(`/reports/2021-06-30/documents/${reportDocumentId}`);
    const local = localAddress(doubles.url, url);
    expect((await fetch(local, { headers: { 'x-amz-access-token': token } })).status).toBe(400);
    const bytes = Buffer.from(await (await fetch(local)).arrayBuffer());
    const { salesAndTrafficByDate: days } = JSON.parse(gunzipSync(bytes).toString()) as Record<string, unknown[]>;
    expect(days).toHaveLength(7);
    doubles.control({ action: 'advanceClock', seconds: 301 });
    expect((await fetch(local)).status).toBe(403);
  });

  test('is not prepared twice within hours, and is listed', async () => {
    expect((await ready()).processingStatus).toBe('DONE');
    expect((await ready()).processingStatus).toBe('FATAL');
    const list = `${reports}?reportTypes=${wish.reportType}&marketplaceIds=${germany}&processingStatuses=DONE`;
    expect((await read<{ reports: Status[] }>(list)).reports).toHaveLength(1);
    doubles.control({ action: 'advanceClock', seconds: 4 * 3600 + 1 });
    token = (await tokens(self)).access_token;
    expect((await ready()).processingStatus).toBe('DONE');
  });
});

test('each operation has a bucket, and the answer tells its rate', async () => {
  const path = '/sellers/v1/marketplaceParticipations';
  doubles.control({ action: 'quota', calls: 1 });
  await ask(path);
  const refused = await ask(path);
  expect([refused.status, refused.headers.get('x-amzn-ratelimit-limit')]).toEqual([429, '0.016']);
  expect(refused.headers.get('retry-after')).toBeNull();
  doubles.control({ action: 'advanceClock', seconds: 63 });
  expect((await ask(path)).status).toBe(200);
});
