import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../start-doubles.ts';
import { consent, localAddress } from '../testing.ts';

interface Envelope {
  code: number;
  message: string;
  data: {
    list?: Record<string, unknown>[];
    page_info?: { total_number: number; total_page: number };
    access_token?: string;
  };
}

const now = '2026-11-21T12:00:00Z';
const key = 'tiktok-double-access-token';
const app = { app_id: 'liftos-demo', secret: 'liftos-demo-secret' };
let doubles: Doubles;
let ids: string[];

beforeEach(async () => {
  doubles = await startDoubles({ platforms: ['tiktok'], now });
  const { data } = await get(`/oauth2/advertiser/get/?${new URLSearchParams(app)}`);
  ids = data.list!.map(({ advertiser_id: id }) => String(id));
});
afterEach(() => doubles.stop());

function ask(path: string, init: RequestInit = { headers: { 'access-token': key } }): Promise<Response> {
  return fetch(localAddress(doubles.url, `https://business-api.tiktok.com/open_api/v1.3${path}`), init);
}

async function get(path: string, token = key): Promise<Envelope> {
  const answer = await ask(path, { headers: { 'access-token': token } });
  expect(answer.status).toBe(200);
  return (await answer.json()) as Envelope;
}

function reportPath(change: Record<string, string> = {}): string {
  return `/report/integrated/get/?${new URLSearchParams({
    advertiser_id: ids[0]!,
    service_type: 'AUCTION',
    report_type: 'BASIC',
    data_level: 'AUCTION_AD',
    dimensions: '["ad_id","stat_time_day"]',
    metrics: '["campaign_name","spend","complete_payment"]',
    start_date: '2026-11-01',
    end_date: '2026-11-07',
    ...change,
  })}`;
}

describe('what TikTok enforces', () => {
  test('the slash at the end belongs to the path', async () => {
    expect((await ask('/campaign/get?advertiser_id=1')).status).toBe(404);
  });

  test.each([
    ['more than 30 days', { start_date: '2026-10-01', end_date: '2026-10-31' }],
    ['a list that is no JSON', { metrics: 'spend,clicks' }],
    ['dimensions of another level', { dimensions: '["campaign_id","stat_time_day"]' }],
    ['a page of more than a thousand rows', { page_size: '1001' }],
    ['a metric that does not exist', { metrics: '["secrets"]' }],
  ])('%s: refused with 40002', async (_, change) => {
    expect((await get(reportPath(change))).code).toBe(40_002);
  });

  test('a token in the wrong header is none', async () => {
    const answer = await ask(reportPath(), { headers: { authorization: `Bearer ${key}` } });
    expect(await answer.json()).toMatchObject({ code: 40_104 });
  });

  test('a closed advertiser, and a list with one, are refused', async () => {
    expect((await get(reportPath({ advertiser_id: ids[2]! }))).code).toBe(40_001);
    const list = encodeURIComponent(JSON.stringify(ids));
    expect((await get(`/advertiser/info/?advertiser_ids=${list}`)).code).toBe(40_001);
  });
});

describe('rows', () => {
  test('ten rows make a page unless more are asked for', async () => {
    const { data } = await get(reportPath());
    expect([data.list!.length, data.page_info]).toEqual([
      10,
      expect.objectContaining({ total_number: 84, total_page: 9 }),
    ]);
  });

  test('days without a purchase say "-"', async () => {
    const { data } = await get(reportPath({ end_date: '2026-11-21', page_size: '1000' }));
    const payments = data.list!.map(({ metrics }) => (metrics as Record<string, string>).complete_payment);
    expect(payments).toContain('-');
  });

  test('deleted campaigns are hidden, though they spent', async () => {
    const path = `/campaign/get/?advertiser_id=${ids[0]}`;
    const filter = encodeURIComponent('{"secondary_status":"CAMPAIGN_STATUS_ALL"}');
    expect((await get(path)).data.list).toHaveLength(5);
    expect((await get(`${path}&filtering=${filter}`)).data.list).toHaveLength(6);
  });

  test('today is the day of the advertiser', async () => {
    const day = { start_date: '2026-11-22', end_date: '2026-11-22' };
    expect((await get(reportPath(day))).data.list).toEqual([]);
    expect((await get(reportPath({ ...day, advertiser_id: ids[1]! }))).data.list).not.toEqual([]);
  });
});

describe('limits', () => {
  test.each([
    [1, 'QPS'],
    [300, 'QPM'],
    [3600, 'QPD'],
  ])('a wait of %i seconds is told as %s', async (waitSeconds, kind) => {
    doubles.control({ action: 'throttle', waitSeconds });
    expect(await get(reportPath())).toMatchObject({ code: 40_100, message: expect.stringContaining(kind) });
  });

  test('calls of a minute are counted', async () => {
    doubles.control({ action: 'quota', calls: 2 });
    doubles.control({ action: 'advanceClock', seconds: 61 });
    expect([(await get(reportPath())).code, (await get(reportPath())).code, (await get(reportPath())).code]).toEqual([
      0, 0, 40_100,
    ]);
  });
});

test('an auth_code is good once, and a token covers the advertisers that were chosen', async () => {
  const query = new URLSearchParams({ app_id: app.app_id, state: 's', redirect_uri: 'http://127.0.0.1:1/callback' });
  const page = `https://business-api.tiktok.com/portal/auth?${query}`;
  const back = await consent(doubles.url, page, { accounts: [ids[1]!] });
  const body = JSON.stringify({ ...app, auth_code: back.searchParams.get('auth_code') });
  const headers = { 'content-type': 'application/json' };
  const token = async () =>
    (await (await ask('/oauth2/access_token/', { method: 'POST', headers, body })).json()) as Envelope;
  const { data } = await token();
  expect((await get(reportPath({ advertiser_id: ids[1]! }), data.access_token)).code).toBe(0);
  expect((await get(reportPath(), data.access_token)).code).toBe(40_001);
  expect(await token()).toMatchObject({ code: 40_110, message: expect.stringContaining('used') });
});
