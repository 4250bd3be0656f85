import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../start-doubles.ts';
import { consent, localAddress } from '../testing.ts';
import { meets, parseQuery } from './gaql.pure.ts';

interface Row {
  customer?: Record<string, unknown>;
  customerClient?: Record<string, string>;
  campaign?: Record<string, string>;
  segments?: Record<string, string>;
  metrics?: Record<string, unknown>;
}
interface Failed {
  error: { status: string; details: { errors: { errorCode: Record<string, string>; details?: unknown }[] }[] };
}

const now = '2026-11-21T12:00:00Z';
const api = 'https://googleads.googleapis.com';
const back = 'http://127.0.0.1:1/callback';
const app = {
  client_id: '123456789012-double.apps.googleusercontent.com',
  client_secret: 'GOCSPX-google-double-secret',
};
let doubles: Doubles;
let token: string;
let refreshToken: string;
let manager: string;
let clients: string[];

beforeEach(async () => {
  doubles = await startDoubles({ platforms: ['google_ads'], now });
  const scope = 'https://www.googleapis.com/auth/adwords';
  const query = new URLSearchParams({ client_id: app.client_id, redirect_uri: back, scope, access_type: 'offline' });
  const address = await consent(doubles.url, `https://accounts.google.com/o/oauth2/v2/auth?${query}`);
  const code = address.searchParams.get('code')!;
  const answer = await tokens({ grant_type: 'authorization_code', code, redirect_uri: back });
  token = answer.access_token!;
  refreshToken = answer.refresh_token!;
  const roots = (await (await ask('/v25/customers:listAccessibleCustomers')).json()) as { resourceNames: string[] };
  manager = roots.resourceNames[0]!.split('/')[1]!;
  const rows = await stream(manager, 'SELECT customer_client.id FROM customer_client WHERE customer_client.level = 1');
  clients = rows.map(({ customerClient }) => customerClient!.id!);
});
afterEach(() => doubles.stop());

async function tokens(body: Record<string, string>): Promise<Record<string, string>> {
  const url = localAddress(doubles.url, 'https://oauth2.googleapis.com/token');
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams({ ...app, ...body }) });
  return (await answer.json()) as Record<string, string>;
}

async function ask(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return await fetch(localAddress(doubles.url, `${api}${path}`), {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, 'login-customer-id': manager ?? '', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function stream(customer: string, query: string): Promise<Row[]> {
  const headers = { 'login-customer-id': manager ?? customer };
  const answer = await ask(`/v25/customers/${customer}/googleAds:searchStream`, { query }, headers);
  return ((await answer.json()) as { results?: Row[] }[]).flatMap(({ results }) => results ?? []);
}

async function failure(answer: Response): Promise<[number, string, string]> {
  const body = (await answer.json()) as Failed | Failed[];
  const { error } = Array.isArray(body) ? body[0]! : body;
  return [answer.status, error.status, Object.values(error.details[0]!.errors[0]!.errorCode)[0]!];
}

function daily(resource: string, from: string, to: string): string {
  return `SELECT segments.date, campaign.id, campaign.name, metrics.cost_micros, metrics.impressions, metrics.clicks,
    metrics.conversions, metrics.conversions_value FROM ${resource} WHERE segments.date BETWEEN '${from}' AND '${to}'`;
}

function sum(rows: readonly Row[], metric: string): number {
  return rows.reduce((total, { metrics }) => total + Number(metrics?.[metric] ?? 0), 0);
}

describe('queries', () => {
  test.each(['campaign', 'ad_group', 'ad_group_ad'])('%s by day adds up to the totals', async (resource) => {
    const isCampaign = resource === 'campaign';
    const only = " AND campaign.advertising_channel_type = 'PERFORMANCE_MAX'";
    const rows = await stream(clients[1]!, daily(resource, '2026-10-01', '2026-11-20'));
    // A Performance Max campaign has no ad groups and no advertisements.
    if (!isCampaign) rows.push(...(await stream(clients[1]!, daily('campaign', '2026-10-01', '2026-11-20') + only)));
    const totals = doubles.totals('google_ads', { account: clients[1]!, from: '2026-10-01', to: '2026-11-20' });
    expect(sum(rows, 'costMicros')).toBe(Number(totals.spend));
    expect(sum(rows, 'impressions')).toBe(totals.impressions);
    expect(sum(rows, 'clicks')).toBe(totals.clicks);
    expect(sum(rows, 'conversions')).toBe(totals.conversions);
    expect(sum(rows, 'conversionsValue')).toBeCloseTo(Number(totals.revenue) / 1e6, 2);
  });

  test('integers are text, fractions are numbers, zeros are not there', async () => {
    const rows = await stream(clients[0]!, daily('ad_group_ad', '2026-11-01', '2026-11-20'));
    const { metrics } = rows.find((row) => row.metrics!.conversions !== undefined)!;
    expect(metrics).toMatchObject({ costMicros: expect.stringMatching(/^\d+$/), conversions: expect.any(Number) });
    expect(rows.some((row) => row.metrics!.conversions === undefined)).toBe(true);
    expect(rows[0]!.campaign!.resourceName).toBe(`customers/${clients[0]}/campaigns/${rows[0]!.campaign!.id}`);
  });

  test('conversions grow for 30 days', async () => {
    const seen: number[] = [];
    for (const days of [0, 5, 25, 10]) {
      doubles.control({ action: 'advanceClock', days });
      token = (await tokens({ grant_type: 'refresh_token', refresh_token: refreshToken })).access_token!;
      seen.push(sum(await stream(clients[0]!, daily('campaign', '2026-11-20', '2026-11-20')), 'conversions'));
    }
    expect(seen[0]).toBeLessThan(seen[1]!);
    expect(seen[1]).toBeLessThanOrEqual(seen[2]!);
    expect(seen[3]).toBe(seen[2]);
  });

  test('search comes in pages of ten thousand rows, and refuses a page size', async () => {
    await doubles.stop();
    doubles = await startDoubles({ platforms: ['google_ads'], now, size: 60 });
    doubles.control({ action: 'reset' });
    const scope = 'https://www.googleapis.com/auth/adwords';
    const query = new URLSearchParams({ client_id: app.client_id, redirect_uri: back, scope, access_type: 'offline' });
    const address = await consent(doubles.url, `https://accounts.google.com/o/oauth2/v2/auth?${query}`);
    token = (
      await tokens({ grant_type: 'authorization_code', code: address.searchParams.get('code')!, redirect_uri: back })
    ).access_token!;
    const path = `/v25/customers/${clients[0]}/googleAds:search`;
    const gaql = daily('ad_group_ad', '2026-11-01', '2026-11-14');
    const counts: number[] = [];
    let spend = 0;
    for (let pageToken: string | undefined, more = true; more;) {
      const answer = await ask(path, { query: gaql, ...(pageToken ? { pageToken } : {}) });
      const page = (await answer.json()) as { results: Row[]; nextPageToken?: string; totalResultsCount: string };
      counts.push(page.results.length);
      spend += sum(page.results, 'costMicros');
      pageToken = page.nextPageToken;
      more = pageToken !== undefined;
    }
    expect(counts).toEqual([10_000, 14 * 14 * 60 - 10_000]);
    const everything = await ask(path, { query: daily('campaign', '2026-11-01', '2026-11-14') });
    const { results } = (await everything.json()) as { results: Row[] };
    const totals = doubles.totals('google_ads', { account: clients[0]!, from: '2026-11-01', to: '2026-11-14' });
    expect(sum(results, 'costMicros')).toBe(Number(totals.spend));
    expect(spend).toBeLessThan(Number(totals.spend));
    expect(await failure(await ask(path, { query: gaql, pageSize: 100 }))).toEqual([
      400,
      'INVALID_ARGUMENT',
      'PAGE_SIZE_NOT_SUPPORTED',
    ]);
  });

  test('an experiment tells what was caused, with bounds; only by study', async () => {
    const lift = (resource: string) => `SELECT lift_measurement_config.name, segments.conversion_lift_end_date,
      metrics.incremental_conversions, metrics.incremental_conversions_p90_lower_bound FROM ${resource}`;
    const [study] = await stream(clients[0]!, lift('lift_measurement_config'));
    const { incrementalConversions, incrementalConversionsP90LowerBound: low } = study!.metrics as Record<
      string,
      number
    >;
    expect(low).toBeGreaterThan(0);
    expect(low).toBeLessThan(incrementalConversions!);
    expect(study!.segments!.conversionLiftEndDate).toBe('2026-10-12');
    const answer = await ask(`/v25/customers/${clients[0]}/googleAds:search`, { query: lift('campaign') });
    expect((await failure(answer))[2]).toBe('PROHIBITED_METRIC_IN_SELECT_OR_WHERE_CLAUSE');
  });

  test('a split by conversion action forbids cost, and names the actions', async () => {
    const split = (metric: string) =>
      `SELECT segments.date, segments.conversion_action_name, ${metric} FROM campaign WHERE segments.date = '2026-11-01'`;
    const answer = await ask(`/v25/customers/${clients[0]}/googleAds:searchStream`, {
      query: split('metrics.cost_micros'),
    });
    expect((await failure(answer))[2]).toBe('PROHIBITED_METRIC_IN_SELECT_OR_WHERE_CLAUSE');
    const rows = await stream(clients[0]!, split('metrics.all_conversions'));
    expect(new Set(rows.map(({ segments }) => segments!.conversionActionName))).toEqual(
      new Set(['Purchase', 'Newsletter sign-up']),
    );
  });

  test('the empty account has no rows, and attributes come without days', async () => {
    expect(await stream(clients[3]!, daily('campaign', '2026-11-01', '2026-11-20'))).toEqual([]);
    const rows = await stream(
      clients[0]!,
      'SELECT campaign.id, campaign.name FROM campaign ORDER BY campaign.name LIMIT 2',
    );
    expect(rows.map(({ campaign }) => campaign!.name)).toEqual(['Brand', 'Competitors']);
    const [customer] = await stream(
      clients[1]!,
      'SELECT customer.id, customer.currency_code, customer.time_zone FROM customer LIMIT 1',
    );
    expect(customer!.customer).toMatchObject({ currencyCode: 'NZD', timeZone: 'Pacific/Auckland' });
  });
});

describe('refusals', () => {
  const refuse = async (customer: string, query: string, headers = {}) =>
    await failure(await ask(`/v25/customers/${customer}/googleAds:searchStream`, { query }, headers));
  const gaql = daily('campaign', '2026-11-01', '2026-11-02');

  test('come inside an array from a stream', async () => {
    const answer = await ask(`/v25/customers/${clients[2]}/googleAds:searchStream`, { query: gaql });
    expect(await answer.json()).toEqual([{ error: expect.objectContaining({ status: 'PERMISSION_DENIED' }) }]);
  });

  test('metrics of a manager, unknown fields, hyphens, the wrong manager', async () => {
    expect((await refuse(manager, gaql))[2]).toBe('REQUESTED_METRICS_FOR_MANAGER');
    expect((await refuse(clients[0]!, 'SELECT campaign.secret FROM campaign'))[2]).toBe('UNRECOGNIZED_FIELD');
    expect((await refuse(clients[0]!, gaql, { 'login-customer-id': '123-456-7890' }))[2]).toBe(
      'INVALID_LOGIN_CUSTOMER_ID',
    );
    expect((await refuse(clients[0]!, gaql, { 'login-customer-id': clients[1]! }))[2]).toBe('USER_PERMISSION_DENIED');
    expect((await refuse('1', gaql))[2]).toBe('CUSTOMER_NOT_FOUND');
  });

  test('too many operations: 429 with the time to wait', async () => {
    doubles.control({ action: 'quota', calls: 1 });
    const answer = await ask(`/v25/customers/${clients[0]}/googleAds:search`, { query: gaql });
    expect(answer.status).toBe(429);
    const { error } = (await answer.json()) as Failed;
    expect(JSON.stringify(error.details)).toContain('"retryDelay":"30s"');
  });

  test('a version that has ended is not there', async () => {
    expect((await ask('/v22/customers:listAccessibleCustomers')).status).toBe(404);
  });

  test('an expired token, and a revoked refresh token', async () => {
    doubles.control({ action: 'expireTokens' });
    expect((await refuse(clients[0]!, gaql)).slice(0, 3)).toEqual([401, 'UNAUTHENTICATED', 'OAUTH_TOKEN_EXPIRED']);
    doubles.control({ action: 'revoke' });
    expect((await tokens({ grant_type: 'refresh_token', refresh_token: refreshToken })).error).toBe('invalid_grant');
  });
});

describe('the query language', () => {
  test('is read with conditions, order and limit', () => {
    expect(
      parseQuery(`SELECT a.b, c.d FROM campaign WHERE a.b BETWEEN '1' AND '3' AND c.d IN ('x', 'y') AND e != 2
        ORDER BY a.b DESC, c.d LIMIT 5 PARAMETERS include_drafts=true`),
    ).toEqual({
      fields: ['a.b', 'c.d'],
      resource: 'campaign',
      conditions: [
        { field: 'a.b', operator: 'BETWEEN', values: ['1', '3'] },
        { field: 'c.d', operator: 'IN', values: ['x', 'y'] },
        { field: 'e', operator: '!=', values: ['2'] },
      ],
      order: [
        { field: 'a.b', descending: true },
        { field: 'c.d', descending: false },
      ],
      limit: 5,
    });
    expect(parseQuery('DELETE everything')).toContain('Error in query');
    expect(parseQuery("SELECT a FROM b WHERE a LIKE 'x'")).toContain('near');
  });

  test('numbers compare as numbers, days as text', () => {
    expect(meets('10', { field: 'a', operator: '>', values: ['9'] })).toBe(true);
    expect(meets('2026-11-02', { field: 'a', operator: '<=', values: ['2026-11-10'] })).toBe(true);
    expect(meets('x', { field: 'a', operator: 'NOT IN', values: ['x'] })).toBe(false);
  });
});
