import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../start-doubles.ts';
import { consent, localAddress } from '../testing.ts';
import { privateApps } from './state.ts';

interface Found {
  total: number;
  results: { id: string; properties: Record<string, string | null>; archived: boolean }[];
  paging?: { next: { after: string } };
  message?: string;
  category?: string;
  policyName?: string;
}

const now = '2026-11-21T12:00:00Z';
let doubles: Doubles;

beforeEach(async () => {
  doubles = await startDoubles({ platforms: ['hubspot'], now });
});
afterEach(() => doubles.stop());

async function ask(path: string, token: string = privateApps[0], init: RequestInit = {}): Promise<Response> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return await fetch(localAddress(doubles.url, `https://api.hubapi.com${path}`), { headers, ...init });
}

async function get<T = Found>(path: string, token?: string): Promise<T> {
  return (await (await ask(path, token)).json()) as T;
}

async function search(type: string, property: string, since: string, more: Record<string, unknown> = {}) {
  const filters = [{ propertyName: property, operator: 'GTE', value: String(Date.parse(since)) }];
  const body = JSON.stringify({ filterGroups: [{ filters }], limit: 200, ...more });
  return (await (
    await ask(`/crm/objects/2026-09/${type}/search`, undefined, { method: 'POST', body })
  ).json()) as Found;
}

async function authorize(scope: string, optional = ''): Promise<{ access_token: string; refresh_token: string }> {
  const query = new URLSearchParams({
    client_id: 'liftos-demo',
    redirect_uri: 'http://localhost/oauth/callback',
    scope,
    state: 's',
    optional_scope: optional,
  });
  const accounts = await get<{ portalId: number }>('/account-info/2026-09/details');
  const back = await consent(doubles.url, `https://app.hubspot.com/oauth/authorize?${query}`, {
    accounts: [String(accounts.portalId)],
  });
  return await token({ grant_type: 'authorization_code', code: back.searchParams.get('code')! });
}

async function token(form: Record<string, string>): Promise<{ access_token: string; refresh_token: string }> {
  const body = new URLSearchParams({
    client_id: 'liftos-demo',
    client_secret: 'liftos-demo-secret',
    redirect_uri: 'http://localhost/oauth/callback',
    ...form,
  });
  const address = localAddress(doubles.url, 'https://api.hubapi.com/oauth/2026-09/token');
  return (await (await fetch(address, { method: 'POST', body })).json()) as never;
}

describe('tokens', () => {
  test('have 300 characters, end after half an hour, and are renewed by a token that stays', async () => {
    const first = await authorize('oauth crm.objects.deals.read');
    expect(first.access_token).toHaveLength(300);
    expect((await ask('/crm/pipelines/2026-09/deals', first.access_token)).status).toBe(200);
    doubles.control({ action: 'advanceClock', seconds: 1801 });
    const refused = await ask('/crm/pipelines/2026-09/deals', first.access_token);
    expect([refused.status, ((await refused.json()) as Found).category]).toEqual([401, 'EXPIRED_AUTHENTICATION']);
    const second = await token({ grant_type: 'refresh_token', refresh_token: first.refresh_token });
    expect((await ask('/crm/pipelines/2026-09/deals', second.access_token)).status).toBe(200);
  });

  test('open what their scopes name, optional ones too, as far as the plan of the portal goes', async () => {
    const { access_token: some } = await authorize('oauth crm.objects.deals.read', 'content');
    expect((await ask('/marketing/emails/2026-09', some)).status).toBe(200);
    const refused = await ask('/marketing/campaigns/2026-09', some);
    expect([refused.status, ((await refused.json()) as Found).category]).toEqual([403, 'MISSING_SCOPES']);
    const { results } = await get('/marketing/campaigns/2026-09', privateApps[1]);
    const path = `/marketing/campaigns/2026-09/${results[0]!.id}`;
    expect((await ask(`${path}/reports/metrics`, privateApps[1])).status).toBe(200);
    expect((await get(`${path}/reports/revenue`, privateApps[1])).category).toBe('MISSING_SCOPES');
  });
});

describe('the search', () => {
  test('pages through everything that was changed; every value is a text', async () => {
    const ids = new Set<string>();
    let after: string | undefined;
    let total = 0;
    do {
      const page = await search('deals', 'hs_lastmodifieddate', '2026-11-14T00:00:00Z', {
        after,
        properties: ['amount', 'dealstage', 'nothing'],
      });
      ({ total } = page);
      for (const { id, properties } of page.results) {
        ids.add(id);
        expect(properties['amount']).toMatch(/^\d+\.\d\d$/);
        expect(properties).not.toHaveProperty('nothing');
      }
      after = page.paging?.next.after;
    } while (after !== undefined);
    expect(ids.size).toBe(total);
    expect(total).toBeGreaterThan(200);
  });

  test('ends at ten thousand rows, and takes at most two hundred at once', async () => {
    const { total } = await search('contacts', 'lastmodifieddate', '2026-01-01T00:00:00Z');
    expect(total).toBeGreaterThan(10_000);
    const far = await search('contacts', 'lastmodifieddate', '2026-01-01T00:00:00Z', { after: '9900' });
    expect(far.message).toContain('10,000');
    const large = await search('contacts', 'lastmodifieddate', '2026-01-01T00:00:00Z', { limit: 201 });
    expect(large.category).toBe('VALIDATION_ERROR');
  });

  test('finds nothing by the name that the change has at another type', async () => {
    expect((await search('contacts', 'hs_lastmodifieddate', '2026-01-01T00:00:00Z')).total).toBe(0);
  });

  test('leaves deleted deals to the list that asks for them', async () => {
    const { results } = await get('/crm/objects/2026-09/deals?archived=true&limit=100');
    expect(results.length).toBeGreaterThan(0);
    expect(results.every(({ archived }) => archived)).toBe(true);
  });
});

test('other versions than the dated ones are not there', async () => {
  expect((await ask('/crm/v3/objects/deals')).status).toBe(404);
  expect((await ask('/crm/objects/2020-01/deals')).status).toBe(404);
});

test('limits name their policy', async () => {
  doubles.control({ action: 'quota', calls: 2 });
  await get('/crm/pipelines/2026-09/deals');
  await get('/crm/pipelines/2026-09/deals');
  const refused = await ask('/crm/pipelines/2026-09/deals');
  expect(refused.status).toBe(429);
  expect(await refused.json()).toMatchObject({ errorType: 'RATE_LIMIT', policyName: 'TEN_SECONDLY_ROLLING' });
  doubles.control({ action: 'advanceClock', seconds: 11 });
  expect((await ask('/crm/pipelines/2026-09/deals')).status).toBe(200);
  doubles.control({ action: 'throttle', waitSeconds: 40_000 });
  expect((await get('/crm/pipelines/2026-09/deals')).policyName).toBe('DAILY');
});

test('a portal that is closed says so; an empty one has nothing', async () => {
  expect((await ask('/crm/pipelines/2026-09/deals', privateApps[2])).status).toBe(403);
  expect((await get('/crm/objects/2026-09/deals', privateApps[3])).results).toEqual([]);
});
