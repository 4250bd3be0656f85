import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../start-doubles.ts';
import { consent, localAddress } from '../testing.ts';

interface Insight {
  date_start: string;
  spend: string;
  impressions: string;
  clicks: string;
  actions?: { action_type: string; value: string; [window: string]: string }[];
  action_values?: { action_type: string; value: string }[];
}
interface Graph {
  data: Record<string, string>[];
  paging?: { next?: string };
  error?: { code: number; error_subcode?: number; message: string };
}

const now = '2026-11-21T12:00:00Z';
const key = 'EAAdoubleSystemUserToken';
let doubles: Doubles;
let berlin: string;
let auckland: string;
let foreign: string;
let quiet: string;

beforeEach(async () => {
  doubles = await startDoubles({ platforms: ['meta_business'], now });
  const { data } = await get('/me/adaccounts?fields=account_id,currency,timezone_name');
  [berlin, auckland, foreign, quiet] = data.map(({ account_id }) => account_id!) as [string, string, string, string];
});
afterEach(() => doubles.stop());

async function ask(path: string, init: RequestInit & { token?: string } = {}): Promise<Response> {
  const url = path.startsWith('https:') ? path : `https://graph.facebook.com/v26.0${path}`;
  const headers = { authorization: `Bearer ${init.token ?? key}` };
  return await fetch(localAddress(doubles.url, url), { headers, ...init });
}

async function get(path: string, token = key): Promise<Graph> {
  return (await (await ask(path, { token })).json()) as Graph;
}

function insightsPath(account: string, since: string, until: string, extra = ''): string {
  const range = encodeURIComponent(JSON.stringify({ since, until }));
  const fields = 'ad_id,spend,impressions,clicks,actions,action_values';
  return `/act_${account}/insights?level=ad&time_increment=1&fields=${fields}&time_range=${range}${extra}`;
}

async function everyPage(path: string): Promise<Insight[]> {
  const rows: Insight[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const { data, paging } = await get(next);
    rows.push(...(data as unknown as Insight[]));
    next = paging?.next;
  }
  return rows;
}

function purchases(rows: readonly Insight[], of: 'actions' | 'action_values' = 'actions'): number {
  const values = rows.map((row) => row[of]?.find(({ action_type }) => action_type === 'purchase')?.value ?? '0');
  return values.reduce((sum, value) => sum + Number(value), 0);
}

describe('data', () => {
  test('pages add up to the totals of the double, to the cent', async () => {
    const rows = await everyPage(insightsPath(berlin, '2026-10-01', '2026-11-20', '&limit=100'));
    const totals = doubles.totals('meta_business', { account: berlin, from: '2026-10-01', to: '2026-11-20' });
    expect(rows).toHaveLength(51 * 14);
    const cents = rows.reduce((sum, { spend }) => sum + BigInt(spend.replace('.', '')), 0n);
    expect(String(cents * 10_000n)).toBe(totals.spend);
    expect(rows.reduce((sum, { impressions }) => sum + Number(impressions), 0)).toBe(totals.impressions);
    expect(rows.reduce((sum, { clicks }) => sum + Number(clicks), 0)).toBe(totals.clicks);
    expect(purchases(rows)).toBe(totals.conversions);
    expect(Math.round(purchases(rows, 'action_values') * 100)).toBe(Number(totals.revenue) / 10_000);
  });

  test('the same seed and clock give the same bytes, another seed does not', async () => {
    const path = insightsPath(auckland, '2026-11-01', '2026-11-03');
    const first = await (await ask(path)).text();
    const again = await startDoubles({ platforms: ['meta_business'], now });
    const other = await startDoubles({ platforms: ['meta_business'], now, seed: 2 });
    const local = (server: Doubles, p: string) => localAddress(server.url, `https://graph.facebook.com/v26.0${p}`);
    const headers = { authorization: `Bearer ${key}` };
    expect(await (await fetch(local(again, path), { headers })).text()).toBe(first);
    expect(await (await fetch(local(other, '/me/adaccounts'), { headers })).text()).not.toContain(auckland);
    await Promise.all([again.stop(), other.stop()]);
  });

  test('conversions of a day grow for 28 days and then stand still; spend stands still at once', async () => {
    const path = insightsPath(berlin, '2026-11-20', '2026-11-20');
    const seen: number[] = [];
    const spend = new Set<number>();
    for (let day = 0; day <= 35; day += 1) {
      const rows = await everyPage(path);
      seen.push(purchases(rows));
      spend.add(rows.reduce((sum, row) => sum + Number(row.spend), 0));
      doubles.control({ action: 'advanceClock', days: 1 });
    }
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(seen[0]).toBeLessThan(seen[28]!);
    expect(new Set(seen.slice(28)).size).toBe(1);
    expect(spend.size).toBe(1);
  });

  test('today is the day of the account, not of UTC', async () => {
    const tomorrow = insightsPath(auckland, '2026-11-22', '2026-11-22');
    expect((await get(tomorrow)).data.length).toBeGreaterThan(0);
    expect((await get(insightsPath(berlin, '2026-11-22', '2026-11-22'))).data).toEqual([]);
  });

  test('every level adds up to the same spend', async () => {
    const sums = await Promise.all(
      ['account', 'campaign', 'adset', 'ad'].map(async (level) => {
        const rows = await everyPage(
          insightsPath(berlin, '2026-11-01', '2026-11-07').replace('level=ad', `level=${level}`),
        );
        return Math.round(rows.reduce((sum, { spend }) => sum + Number(spend), 0) * 100);
      }),
    );
    expect(new Set(sums).size).toBe(1);
  });

  test('incrementality is told when it is asked for: fewer than claimed', async () => {
    const extra = '&action_attribution_windows=7d_click,incrementality';
    const [row] = await everyPage(insightsPath(berlin, '2026-11-01', '2026-11-01', extra));
    const action = row!.actions!.find(({ action_type }) => action_type === 'purchase')!;
    expect(Number(action.incrementality)).toBeLessThan(Number(action.value));
    expect(Number(action.incrementality)).toBeGreaterThan(0);
  });

  test('a changed name is on the list of what was updated since', async () => {
    const [first] = (await get(`/act_${berlin}/campaigns?fields=id,name`)).data;
    const filter = JSON.stringify([
      { field: 'updated_time', operator: 'GREATER_THAN', value: Date.parse(now) / 1000 - 1 },
    ]);
    const changed = `/act_${berlin}/campaigns?fields=name&filtering=${encodeURIComponent(filter)}`;
    expect((await get(changed)).data).toEqual([]);
    doubles.control({ action: 'rename', campaign: first!.id!, name: 'New name' });
    expect((await get(changed)).data).toEqual([{ id: first!.id, name: 'New name' }]);
  });

  test('an account is empty, another belongs to somebody else', async () => {
    expect(await get(insightsPath(quiet, '2026-11-01', '2026-11-07'))).toEqual({ data: [] });
    const answer = await ask(insightsPath(foreign, '2026-11-01', '2026-11-07'));
    expect([answer.status, await answer.json()]).toEqual([403, { error: expect.objectContaining({ code: 200 }) }]);
  });

  test('a report is ready after three questions', async () => {
    const path = insightsPath(berlin, '2026-11-01', '2026-11-07');
    const { report_run_id: run } = (await (await ask(path, { method: 'POST' })).json()) as { report_run_id: string };
    expect((await get(`/${run}/insights`)).error?.code).toBe(2601);
    const polls = [await get(`/${run}`), await get(`/${run}`), await get(`/${run}`)] as unknown as Record<
      string,
      unknown
    >[];
    expect(polls.map(({ async_status }) => async_status)).toEqual(['Job Started', 'Job Running', 'Job Completed']);
    expect(polls[2]!.async_percent_completion).toBe(100);
    expect(await everyPage(`/${run}/insights?limit=30`)).toEqual(await everyPage(path));
  });
});

describe('tokens', () => {
  const app = { client_id: '1029384756102938', client_secret: 'meta-double-secret' };
  const back = 'http://127.0.0.1:1/callback';

  async function tokenAt(parameters: Record<string, string>): Promise<Record<string, string | number>> {
    const answer = await ask(`/oauth/access_token?${new URLSearchParams({ ...app, ...parameters })}`);
    return (await answer.json()) as Record<string, string | number>;
  }

  async function shortToken(): Promise<string> {
    const query = new URLSearchParams({ client_id: app.client_id, redirect_uri: back, state: 's', scope: 'ads_read' });
    const address = await consent(doubles.url, `https://www.facebook.com/v26.0/dialog/oauth?${query}`, {
      accounts: [berlin],
    });
    const { access_token } = await tokenAt({ redirect_uri: back, code: address.searchParams.get('code')! });
    return String(access_token);
  }

  test('a short token is exchanged for sixty days; there is no refresh token', async () => {
    const long = await tokenAt({ grant_type: 'fb_exchange_token', fb_exchange_token: await shortToken() });
    expect(long).toEqual({ access_token: expect.stringMatching(/^EAA/), token_type: 'bearer', expires_in: 5_184_000 });
    const { data } = await get('/me/adaccounts', String(long.access_token));
    expect(data.map(({ account_id, id }) => account_id ?? id)).toEqual([berlin]);
    expect((await get('/me/permissions', String(long.access_token))).data).toEqual([
      { permission: 'ads_read', status: 'granted' },
    ]);
  });

  test('an expired token is refused with code 190, and cannot be exchanged', async () => {
    const token = await shortToken();
    doubles.control({ action: 'advanceClock', seconds: 7200 });
    expect((await get('/me', token)).error).toMatchObject({ code: 190, error_subcode: 463 });
    const exchanged = await tokenAt({ grant_type: 'fb_exchange_token', fb_exchange_token: token });
    expect(exchanged.error).toMatchObject({ code: 190 });
  });

  test('a wrong proof of the secret is refused', async () => {
    expect((await get('/me?appsecret_proof=00')).error?.message).toContain('appsecret_proof');
  });
});

describe('limits', () => {
  test('usage rises with every call until code 17 comes with HTTP 400', async () => {
    doubles.control({ action: 'quota', calls: 4 });
    const usage: unknown[] = [];
    for (let call = 0; call < 5; call += 1) {
      const answer = await ask(`/act_${berlin}/campaigns`);
      const used = JSON.parse(answer.headers.get('x-ad-account-usage')!) as { acc_id_util_pct: number };
      usage.push([answer.status, used.acc_id_util_pct]);
    }
    expect(usage).toEqual([
      [200, 25],
      [200, 50],
      [200, 75],
      [200, 100],
      [400, 100],
    ]);
    expect((await get(`/act_${berlin}/campaigns`)).error).toMatchObject({ code: 17, error_subcode: 2_446_079 });
    doubles.control({ action: 'advanceClock', seconds: 301 });
    expect((await ask(`/act_${berlin}/campaigns`)).status).toBe(200);
  });

  test.each([
    ['days before 37 months', () => insightsPath(berlin, '2023-10-20', '2023-10-21'), 3018],
    [
      'an unknown field',
      () => `/act_${berlin}/insights?fields=secrets&time_range={"since":"2026-11-01","until":"2026-11-01"}`,
      100,
    ],
    [
      'a window that was removed',
      () => insightsPath(berlin, '2026-11-01', '2026-11-01', '&action_attribution_windows=7d_view'),
      100,
    ],
    ['an unknown account', () => '/act_1/campaigns', 100],
    ['a version that has ended', () => 'https://graph.facebook.com/v20.0/me', 2635],
  ])('%s: refused', async (_, path, code) => {
    expect((await get(path())).error?.code).toBe(code);
  });

  test('too much data is refused with its subcode', async () => {
    doubles.control({ action: 'tooMuchData', limitDays: 7 });
    expect((await get(insightsPath(berlin, '2026-11-01', '2026-11-08'))).error).toMatchObject({
      code: 100,
      error_subcode: 1_487_534,
    });
    expect((await get(insightsPath(berlin, '2026-11-01', '2026-11-07'))).error).toBeUndefined();
  });

  test('more advertisements, the same sums', async () => {
    const large = await startDoubles({ platforms: ['meta_business'], now, size: 10 });
    const range = { from: '2026-11-01', to: '2026-11-10' };
    expect(large.totals('meta_business', range)).toEqual(doubles.totals('meta_business', range));
    await large.stop();
  });
});
