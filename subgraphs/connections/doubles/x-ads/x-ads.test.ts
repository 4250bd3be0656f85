import { gunzipSync } from 'node:zlib';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { oauth1Header } from '../../oauth/oauth1.pure.ts';
import { startDoubles, type Doubles } from '../start-doubles.ts';
import { localAddress } from '../testing.ts';
import { xAdsDouble } from './x-ads.double.ts';

interface Body {
  data: Record<string, unknown>[] & Record<string, unknown>;
  next_cursor?: string | null;
  errors?: { code: string; parameter?: string }[];
  time_series_length?: number;
}

const now = '2026-11-21T12:00:00Z';
const { access } = xAdsDouble;
const keys = {
  consumerKey: access['API key']!,
  consumerSecret: access['API key secret']!,
  token: access['Access token']!,
  tokenSecret: access['Access token secret']!,
};
let doubles: Doubles;
let ids: string[];

beforeEach(async () => {
  doubles = await startDoubles({ platforms: ['x_ads'], now });
  ids = (await get('/accounts')).data.map(({ id }) => String(id));
});
afterEach(() => doubles.stop());

async function ask(path: string, method = 'GET', nonce: string = randomUUID()): Promise<Response> {
  const url = new URL(`https://ads-api.x.com/12${path}`);
  const once = { nonce, timestamp: Math.floor(Date.parse(now) / 1000) };
  const headers = { authorization: oauth1Header({ method, url }, { ...keys, ...once }) };
  return await fetch(localAddress(doubles.url, url.href), { method, headers });
}

async function get(path: string, method = 'GET'): Promise<Body> {
  return (await (await ask(path, method)).json()) as Body;
}

function statsPath(change: Record<string, string> = {}, base = '/stats/accounts'): string {
  return `${base}/${ids[0]}?${new URLSearchParams({
    entity: 'CAMPAIGN',
    entity_ids: '1',
    start_time: '2026-11-01T00:00:00+01:00',
    end_time: '2026-11-08T00:00:00+01:00',
    granularity: 'DAY',
    placement: 'ALL_ON_TWITTER',
    metric_groups: 'ENGAGEMENT,BILLING,WEB_CONVERSION',
    ...change,
  })}`;
}

describe('requests for figures', () => {
  test.each([
    ['21 ids', { entity_ids: Array.from({ length: 21 }, (_, id) => id).join() }, 'entity_ids'],
    ['8 days', { end_time: '2026-11-09T00:00:00+01:00' }, 'end_time'],
    ['a midnight elsewhere', { start_time: '2026-11-01T00:00:00Z' }, 'start_time'],
    ['two placements', { placement: 'ALL_ON_TWITTER,TREND' }, 'placement'],
  ])('%s: refused', async (_, change, parameter) => {
    expect((await get(statsPath(change))).errors).toEqual([
      expect.objectContaining({ code: 'INVALID_PARAMETER', parameter }),
    ]);
  });

  test('midnight follows the clocks of the account', async () => {
    const change = { start_time: '2026-10-24T00:00:00+02:00', end_time: '2026-10-27T00:00:00+01:00' };
    expect((await get(statsPath(change))).time_series_length).toBe(3);
  });

  test('nothing at all is null, not a list of zeros', async () => {
    const { data } = await get(statsPath());
    expect(data[0]).toEqual({
      id: '1',
      id_data: [
        {
          segment: null,
          metrics: {
            impressions: null,
            clicks: null,
            engagements: null,
            billed_charge_local_micro: null,
            conversion_purchases: null,
          },
        },
      ],
    });
  });

  test('a takeover has a placement of its own', async () => {
    const active = `/stats/accounts/${ids[0]}/active_entities?entity=CAMPAIGN`;
    const { data } = await get(`${active}&start_time=2026-11-01T00:00:00Z&end_time=2026-11-08T00:00:00Z`);
    expect(data.map(({ placements }) => String(placements)).toSorted()).toEqual([
      ...Array.from({ length: 4 }, () => 'ALL_ON_TWITTER'),
      'SPOTLIGHT',
      'TREND',
    ]);
  });
});

test('a report becomes a gzip file that must be fetched without a signature', async () => {
  const path = statsPath({ end_time: '2027-01-30T00:00:00+01:00' }, '/stats/jobs/accounts');
  const { data } = await get(path, 'POST');
  const state = `/stats/jobs/accounts/${ids[0]}?job_ids=${String(data['id_str'])}`;
  const states = [await get(state), await get(state)].map((body) => body.data[0]!);
  expect(states.map(({ status }) => status)).toEqual(['PROCESSING', 'SUCCESS']);
  const address = localAddress(doubles.url, String(states[1]!['url']));
  expect((await fetch(address, { headers: { authorization: 'Bearer x' } })).status).toBe(400);
  const file = Buffer.from(await (await fetch(address)).arrayBuffer());
  expect(JSON.parse(gunzipSync(file).toString())).toMatchObject({ data_type: 'stats', time_series_length: 90 });
});

test('pages go on until the cursor is null; deleted campaigns must be asked for', async () => {
  const path = `/accounts/${ids[0]}/campaigns`;
  expect((await get(path)).data).toHaveLength(5);
  const first = await get(`${path}?with_deleted=true&count=4`);
  const second = await get(`${path}?with_deleted=true&count=4&cursor=${first.next_cursor}`);
  expect([first.data.length, second.data.length, second.next_cursor]).toEqual([4, 2, null]);
});

test('limits are told in a family of headers for the user, and one for the account', async () => {
  doubles.control({ action: 'quota', calls: 1 });
  expect((await ask(statsPath())).headers.get('x-rate-limit-remaining')).toBe('0');
  const refused = await ask(statsPath());
  expect([refused.status, Number(refused.headers.get('x-rate-limit-reset'))]).toEqual([
    429,
    Date.parse('2026-11-21T12:15:00Z') / 1000,
  ]);
  const campaigns = await ask(`/accounts/${ids[0]}/campaigns`);
  expect(campaigns.headers.get('x-account-rate-limit-remaining')).not.toBeNull();
});

test('a nonce is good once, an account of others is not there', async () => {
  const nonce = randomUUID();
  expect((await ask('/accounts', 'GET', nonce)).status).toBe(200);
  expect((await ask('/accounts', 'GET', nonce)).status).toBe(401);
  expect((await ask(`/accounts/${ids[2]}/campaigns`)).status).toBe(404);
});
