import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../start-doubles.ts';
import { consent, localAddress } from '../testing.ts';
import { meetsTime, parseFilter } from './filter.pure.ts';

interface Resource {
  type: string;
  id: string;
  attributes: Record<string, unknown>;
  relationships: Record<string, { data: { id: string } | { id: string }[] }>;
}
interface Listed {
  data: Resource[];
  included?: Resource[];
  links: { next: string | null };
  errors?: { status: number; code: string; detail: string; source: Record<string, string> }[];
}
interface Aggregate {
  data: { attributes: { dates: string[]; data: { dimensions: string[]; measurements: Record<string, number[]> }[] } };
}

const now = '2026-11-21T12:00:00Z';
const days = { from: '2026-11-01', to: '2026-11-14' };
let doubles: Doubles;
beforeEach(async () => {
  doubles = await startDoubles({ platforms: ['klaviyo'], now });
});
afterEach(() => doubles.stop());

async function ask(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const url = path.startsWith('https:') ? path : `https://a.klaviyo.com/api/${path}`;
  return await fetch(localAddress(doubles.url, url), {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: 'Klaviyo-API-Key pk_double_pacific', revision: '2026-07-15', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify({ data: body }) }),
  });
}

async function list(path: string, headers = {}): Promise<Listed> {
  return (await (await ask(path, undefined, headers)).json()) as Listed;
}

async function everyPage(path: string): Promise<Resource[]> {
  const all: Resource[] = [];
  for (let next: string | null = path; next !== null;) {
    const page: Listed = await list(next);
    all.push(...page.data);
    next = page.links.next;
  }
  return all;
}

async function metricId(name: string): Promise<string> {
  return (await list('metrics')).data.find(({ attributes }) => attributes.name === name)!.id;
}

async function accountId(): Promise<string> {
  return (await list('accounts')).data[0]!.id;
}

async function aggregate(metric: string, by: string[], change = {}): Promise<Aggregate & Listed> {
  const attributes = {
    metric_id: await metricId(metric),
    measurements: ['count', 'sum_value'],
    interval: 'day',
    by,
    filter: ['greater-or-equal(datetime,2026-11-01T00:00:00)', 'less-than(datetime,2026-11-15T00:00:00)'],
    timezone: 'Pacific/Auckland',
    ...change,
  };
  return (await (await ask('metric-aggregates', { type: 'metric-aggregate', attributes })).json()) as Aggregate &
    Listed;
}

function add(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

describe('data', () => {
  test('a key belongs to one account with its zone and currency', async () => {
    const { data } = await list('accounts');
    expect(data).toHaveLength(1);
    expect(data[0]!.attributes).toMatchObject({ timezone: 'Pacific/Auckland', preferred_currency: 'NZD' });
  });

  test('sums by day run parallel to the days and add up to the totals', async () => {
    const { data } = await aggregate('Placed Order', ['$attributed_channel', '$attributed_message']);
    const { dates, data: groups } = data.attributes;
    expect(dates).toHaveLength(14);
    expect(dates[0]).toBe('2026-11-01T00:00:00+13:00');
    expect(groups.every(({ measurements }) => measurements.count!.length === 14)).toBe(true);
    const totals = doubles.totals('klaviyo', { account: await accountId(), ...days });
    expect(add(groups.flatMap(({ measurements }) => measurements.count!))).toBe(totals.orders);
    const claimed = groups.filter(({ dimensions }) => dimensions[0] !== '');
    expect(add(claimed.flatMap(({ measurements }) => measurements.count!))).toBe(totals.conversions);
    const value = add(claimed.flatMap(({ measurements }) => measurements.sum_value!));
    expect(Math.round(value * 100)).toBe(Number(totals.revenue) / 10_000);
  });

  test('received and clicked messages are the totals too', async () => {
    const totals = doubles.totals('klaviyo', { account: await accountId(), ...days });
    const sums = async (names: string[]): Promise<number> => {
      const answers = await Promise.all(names.map((name) => aggregate(name, ['$message'])));
      return add(
        answers.flatMap(({ data }) => data.attributes.data.flatMap(({ measurements }) => measurements.count!)),
      );
    };
    expect(await sums(['Received Email', 'Received SMS'])).toBe(totals.impressions);
    expect(await sums(['Clicked Email', 'Clicked SMS'])).toBe(totals.clicks);
  });

  test('events come in pages with what they belong to; orders among them are those of the totals', async () => {
    const placed = await metricId('Placed Order');
    const filter = `equals(metric_id,"${placed}"),greater-or-equal(datetime,2026-10-31T11:00:00Z),less-than(datetime,2026-11-14T11:00:00Z)`;
    const query = `events?filter=${encodeURIComponent(filter)}&include=metric,profile,attributions&page[size]=100&sort=datetime`;
    const first = await list(query);
    expect(first.data).toHaveLength(100);
    expect(new Set(first.included!.map(({ type }) => type))).toEqual(new Set(['metric', 'profile', 'attribution']));
    const all = await everyPage(query);
    expect(all).toHaveLength(doubles.totals('klaviyo', { account: await accountId(), ...days }).orders!);
    expect(all.map(({ attributes }) => attributes.timestamp)).toEqual(
      all.map(({ attributes }) => attributes.timestamp as number).toSorted((a, b) => a - b),
    );
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  test('some orders are told of late', async () => {
    const account = await accountId();
    const before = doubles.totals('klaviyo', { account, from: '2026-11-20', to: '2026-11-21' }).orders!;
    doubles.control({ action: 'advanceClock', days: 3 });
    expect(doubles.totals('klaviyo', { account, from: '2026-11-20', to: '2026-11-21' }).orders!).toBeGreaterThan(
      before,
    );
  });

  test('campaigns need a channel; flows are apart', async () => {
    const refused = await list('campaigns');
    expect(refused.errors![0]).toMatchObject({ status: 400, source: { parameter: 'filter' } });
    const channel = (name: string) => `campaigns?filter=equals(messages.channel,'${name}')`;
    const names = async (path: string) => (await everyPage(path)).map(({ attributes }) => attributes.name);
    expect(await names(channel('email'))).toEqual(['Newsletter', 'Product News', 'Sale']);
    expect(await names(channel('sms'))).toEqual(['Flash Sale', 'Back in Stock']);
    expect(await names('flows')).toEqual(['Welcome', 'Abandoned Cart', 'Win-back']);
  });

  test('reports say what campaigns brought, by day for flows', async () => {
    const conversion_metric_id = await metricId('Placed Order');
    const asked = { statistics: ['delivered', 'conversions', 'conversion_value'], conversion_metric_id };
    const timeframe = { start: '2026-11-01T00:00:00', end: '2026-11-15T00:00:00' };
    const run = async (type: string, change = {}) => {
      const answer = await ask(`${type}s`, { type, attributes: { ...asked, timeframe, ...change } });
      return (await answer.json()) as {
        data: { attributes: { results: { statistics: Record<string, number | number[]> }[]; date_times?: string[] } };
      };
    };
    const campaigns = (await run('campaign-values-report')).data.attributes.results;
    const series = (await run('flow-series-report', { interval: 'daily' })).data.attributes;
    expect(campaigns).toHaveLength(5);
    expect(series.date_times).toHaveLength(14);
    const conversions = [
      ...campaigns.map(({ statistics }) => statistics.conversions as number),
      ...series.results.flatMap(({ statistics }) => statistics.conversions as number[]),
    ];
    expect(add(conversions)).toBe(doubles.totals('klaviyo', { account: await accountId(), ...days }).conversions);
  });

  test('profiles, lists and segments are there', async () => {
    expect((await list('profiles?page[size]=100')).data).toHaveLength(100);
    expect((await list('lists')).data.length + (await list('segments')).data.length).toBe(4);
  });
});

describe('rules', () => {
  test('a revision has to be named; a retired one falls forward or is refused, as the client wishes', async () => {
    expect((await ask('accounts', undefined, { revision: '' })).status).toBe(400);
    expect((await ask('accounts', undefined, { revision: '2023-02-22' })).status).toBe(200);
    const optOut = { 'x-klaviyo-revision-fall-forward-opt-out': '1' };
    expect((await ask('accounts', undefined, { revision: '2023-02-22', ...optOut })).status).toBe(410);
    expect((await ask('accounts', undefined, optOut)).status).toBe(200);
  });

  test('a partner account is closed, an empty one is empty', async () => {
    const key = (name: string) => ({ authorization: `Klaviyo-API-Key pk_double_${name}` });
    expect((await ask('accounts', undefined, key('partner'))).status).toBe(403);
    expect((await list('flows', key('united_kingdom'))).data).toEqual([]);
    expect((await ask('accounts', undefined, key('nobody'))).status).toBe(401);
  });

  test('a good answer tells what is left, a refusal only when to come back', async () => {
    doubles.control({ action: 'quota', calls: 1 });
    const first = await ask('flows');
    expect([first.headers.get('ratelimit-limit'), first.headers.get('ratelimit-remaining')]).toEqual(['1', '0']);
    const second = await ask('flows');
    expect([second.status, second.headers.get('retry-after'), second.headers.get('ratelimit-limit')]).toEqual([
      429,
      '60',
      null,
    ]);
    doubles.control({ action: 'advanceClock', seconds: 61 });
    expect((await ask('flows')).status).toBe(200);
  });

  test('reports end after 225 on a day', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 226; i += 1) statuses.push((await ask('campaign-values-reports', { type: 'none' })).status);
    expect([statuses[224], statuses[225]]).toEqual([400, 429]);
  });

  test.each([
    ['an unknown dimension', ['$everything'], {}],
    ['no range of days', [], { filter: [] }],
    [
      'a range of two years',
      [],
      { filter: ['greater-or-equal(datetime,2024-11-01)', 'less-than(datetime,2026-11-01)'] },
    ],
    ['an unknown measurement', [], { measurements: ['mean'] }],
  ])('sums with %s are refused', async (_, by, change) => {
    expect((await aggregate('Placed Order', by, change)).errors![0]).toMatchObject({ status: 400, code: 'invalid' });
  });

  test('pages are at most so large', async () => {
    expect((await ask('events?page[size]=1001')).status).toBe(400);
    expect((await ask('campaigns?filter=equals(messages.channel,"email")&page[size]=101')).status).toBe(400);
  });

  test('a user signs in with PKCE and Basic, and reads what was granted', async () => {
    const verifier = 'a'.repeat(64);
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const back = 'http://127.0.0.1:1/callback';
    const client = '9f1c2d3e-4a5b-4c6d-8e7f-double';
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: client,
      redirect_uri: back,
      scope: 'accounts:read',
    });
    const page = `https://www.klaviyo.com/oauth/authorize?${query}`;
    await expect(consent(doubles.url, page)).rejects.toThrow(/PKCE/);
    const address = await consent(doubles.url, `${page}&code_challenge=${challenge}&code_challenge_method=S256`);
    const answer = await fetch(localAddress(doubles.url, 'https://a.klaviyo.com/oauth/token'), {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${client}:klaviyo-double-secret`).toString('base64')}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: address.searchParams.get('code')!,
        redirect_uri: back,
        code_verifier: verifier,
      }),
    });
    const { access_token: token } = (await answer.json()) as { access_token: string };
    const bearer = { authorization: `Bearer ${token}` };
    expect((await ask('accounts', undefined, bearer)).status).toBe(200);
    expect((await ask('flows', undefined, bearer)).status).toBe(403);
  });
});

test('filters are read with commas inside quotes and lists', () => {
  expect(parseFilter(`equals(name,"a,b"),greater-than(updated,2026-01-01T00:00:00Z)`)).toEqual([
    { operator: 'equals', field: 'name', value: 'a,b' },
    { operator: 'greater-than', field: 'updated', value: '2026-01-01T00:00:00Z' },
  ]);
  expect(parseFilter('and(equals(a,1),equals(b,2))')).toHaveLength(2);
  expect(parseFilter('drop table')).toBeNull();
  const part = { operator: 'less-than', field: 'updated', value: '2026-01-01' };
  expect(meetsTime([part], 'updated', Date.parse('2025-12-31'))).toBe(true);
  expect(meetsTime([part], 'updated', Date.parse('2026-01-01'))).toBe(false);
});
