import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../start-doubles.ts';
import { consent, localAddress } from '../testing.ts';

interface List {
  elements: Record<string, unknown>[];
  metadata?: { nextPageToken?: string };
  code?: string;
  message?: string;
}

const now = '2026-11-21T12:00:00Z';
const usual = {
  authorization: 'Bearer linkedin-double-access-token',
  'linkedin-version': '202607',
  'x-restli-protocol-version': '2.0.0',
};
let doubles: Doubles;
let ids: string[];

beforeEach(async () => {
  doubles = await startDoubles({ platforms: ['linkedin_ads'], now });
  const { body } = await get('/adAccounts?q=search');
  ids = body.elements.map(({ id }) => String(id));
});
afterEach(() => doubles.stop());

async function get(
  path: string,
  headers: Record<string, string> = {},
  init: RequestInit = {},
): Promise<{ status: number; body: List }> {
  const url = localAddress(doubles.url, `https://api.linkedin.com/rest${path}`);
  const answer = await fetch(url, { headers: { ...usual, ...headers }, ...init });
  return { status: answer.status, body: (await answer.json()) as List };
}

const november = 'dateRange=(start:(year:2026,month:11,day:1),end:(year:2026,month:11,day:7))';

function report(account = ids[0]!, fields = 'dateRange,pivotValues,costInLocalCurrency'): string {
  const accounts = `List(urn%3Ali%3AsponsoredAccount%3A${account})`;
  return `q=analytics&pivot=CAMPAIGN&timeGranularity=DAILY&${november}&accounts=${accounts}&fields=${fields}`;
}

describe('headers', () => {
  test.each([
    ['202511', 426, 'NONEXISTENT_VERSION'],
    ['202512', 426, 'NONEXISTENT_VERSION'],
    ['202612', 426, 'NONEXISTENT_VERSION'],
    ['202601', 200, undefined],
  ])('version %s: %i', async (version, status, code) => {
    const answer = await get('/adAccounts?q=search', { 'linkedin-version': version });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  test('versions end as the time goes on', async () => {
    doubles.control({ action: 'setClock', now: '2027-07-15T00:00:00Z' });
    expect((await get('/adAccounts?q=search')).status).toBe(426);
  });
});

describe('reports', () => {
  test('only what was asked for is given, in pieces of days and campaigns', async () => {
    const { body } = await get(`/adAnalytics?${report()}`);
    expect(body.elements).toHaveLength(84);
    expect(body.elements[0]).toEqual({
      dateRange: { start: { year: 2026, month: 11, day: 1 }, end: { year: 2026, month: 11, day: 1 } },
      pivotValues: [expect.stringMatching(/^urn:li:sponsoredCampaign:\d+$/)],
      costInLocalCurrency: expect.stringMatching(/^\d+\.\d\d$/),
    });
  });

  test.each([
    ['colons of a URN that are not encoded', () => report().replaceAll('%3A', ':')],
    ['brackets that are encoded', () => report().replace('List(', 'List%28')],
    ['more than 20 metrics', () => report(ids[0], Array.from({ length: 21 }, (_, i) => `metric${i}`).join())],
  ])('%s: refused', async (_, query) => {
    expect((await get(`/adAnalytics?${query()}`)).status).toBe(400);
  });

  test('an account of others is empty, not refused', async () => {
    expect(await get(`/adAnalytics?${report(ids[2])}`)).toMatchObject({ status: 200, body: { elements: [] } });
    expect((await get(`/adAccounts/${ids[2]}/adCampaigns?q=search`)).status).toBe(403);
  });

  test('more than 15,000 elements are cut off silently', async () => {
    await doubles.stop();
    doubles = await startDoubles({ platforms: ['linkedin_ads'], now, size: 220 });
    const query = report().replace('pivot=CAMPAIGN', 'pivot=CREATIVE');
    const { status, body } = await get(`/adAnalytics?${query}`);
    expect([status, body.elements.length]).toEqual([200, 15_000]);
  });

  test('a long address is refused, in the body of a POST it is served', async () => {
    const query = `${report()}&campaigns=List(${'urn%3Ali%3AsponsoredCampaign%3A1,'.repeat(200)}1)`;
    expect((await get(`/adAnalytics?${query}`)).status).toBe(414);
    const headers = { 'x-http-method-override': 'GET', 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await get('/adAnalytics', {}, { method: 'POST', headers: { ...usual, ...headers }, body: query });
    expect([answer.status, answer.body.elements.length]).toEqual([200, 84]);
  });
});

test('groups that were removed come only when their status is asked for, page by page', async () => {
  const path = `/adAccounts/${ids[0]}/adCampaignGroups?q=search`;
  expect((await get(path)).body.elements).toHaveLength(5);
  const all = `${path}&search=(status:(values:List(ACTIVE,REMOVED)))&pageSize=4`;
  const first = (await get(all)).body;
  const second = (await get(`${all}&pageToken=${first.metadata!.nextPageToken}`)).body;
  expect([first.elements.length, second.elements.length, second.metadata]).toEqual([4, 2, {}]);
});

test('using the refresh token does not prolong it', async () => {
  const query = new URLSearchParams({ client_id: 'liftos-demo', redirect_uri: 'http://127.0.0.1:1/', state: 's' });
  query.set('scope', 'r_ads r_ads_reporting');
  const page = `https://www.linkedin.com/oauth/v2/authorization?response_type=code&${query}`;
  const code = (await consent(doubles.url, page)).searchParams.get('code')!;
  const token = async (parameters: Record<string, string>) => {
    const body = new URLSearchParams({ client_id: 'liftos-demo', client_secret: 'liftos-demo-secret', ...parameters });
    const url = localAddress(doubles.url, 'https://www.linkedin.com/oauth/v2/accessToken');
    return (await (await fetch(url, { method: 'POST', body })).json()) as Record<string, string | number>;
  };
  const first = await token({ grant_type: 'authorization_code', code, redirect_uri: 'http://127.0.0.1:1/' });
  expect(first).toMatchObject({ expires_in: 5_184_000, refresh_token_expires_in: 31_536_000 });
  doubles.control({ action: 'advanceClock', days: 300 });
  const refresh = { grant_type: 'refresh_token', refresh_token: String(first.refresh_token) };
  expect(await token(refresh)).toMatchObject({ refresh_token_expires_in: 65 * 86_400 });
  doubles.control({ action: 'advanceClock', days: 66 });
  expect(await token(refresh)).toMatchObject({ error: 'invalid_grant' });
});
