import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../start-doubles.ts';
import { consent, localAddress } from '../testing.ts';
import { firstTokens } from './state.ts';

interface Found {
  data: { id: string; Modified_Time?: string; deleted_time?: string }[];
  info: { more_records: boolean; next_page_token: string | null };
  code?: string;
}
interface Tokens {
  access_token: string;
  refresh_token: string;
  api_domain: string;
  error?: string;
}

const now = '2026-11-21T12:00:00Z';
const redirect = 'http://localhost/oauth/callback';
let doubles: Doubles;

beforeAll(async () => {
  doubles = await startDoubles({ platforms: ['zoho_crm'], now });
});
afterAll(() => doubles.stop());
afterEach(() => {
  doubles.control({ action: 'reset' });
  doubles.control({ action: 'setClock', now });
});

async function token(form: Record<string, string>, server = 'https://accounts.zoho.eu') {
  const body = new URLSearchParams({
    client_id: 'liftos-demo',
    client_secret: 'liftos-demo-secret',
    redirect_uri: redirect,
    ...form,
  });
  const answer = await fetch(localAddress(doubles.url, `${server}/oauth/v2/token`), { method: 'POST', body });
  return { status: answer.status, body: (await answer.json()) as Tokens };
}

async function logIn(): Promise<URL> {
  const query = new URLSearchParams({
    client_id: 'liftos-demo',
    redirect_uri: redirect,
    scope: 'ZohoCRM.modules.READ,ZohoCRM.org.READ',
    access_type: 'offline',
  });
  return await consent(doubles.url, `https://accounts.zoho.com/oauth/v2/auth?${query}`);
}

async function ask(path: string, headers: Record<string, string> = {}, scheme = 'Zoho-oauthtoken'): Promise<Response> {
  const address = localAddress(doubles.url, `https://www.zohoapis.eu/crm/v8${path}`);
  return await fetch(address, { headers: { authorization: `${scheme} ${firstTokens[0]}`, ...headers } });
}

async function get(path: string, headers?: Record<string, string>): Promise<Found> {
  return (await (await ask(path, headers)).json()) as Found;
}

describe('tokens', () => {
  test('are given by the server that the callback names, and good for its data centre', async () => {
    const back = await logIn();
    expect(back.searchParams.get('accounts-server')).toBe('https://accounts.zoho.eu');
    const code = back.searchParams.get('code')!;
    const wrong = await token({ grant_type: 'authorization_code', code }, 'https://accounts.zoho.com');
    expect([wrong.status, wrong.body.error]).toEqual([200, 'invalid_code']);
    const { body } = await token({ grant_type: 'authorization_code', code });
    expect(body.api_domain).toBe('https://www.zohoapis.eu');
    const headers = { authorization: `Zoho-oauthtoken ${body.access_token}` };
    const there = await fetch(localAddress(doubles.url, `${body.api_domain}/crm/v8/org`), { headers });
    const elsewhere = await fetch(localAddress(doubles.url, 'https://www.zohoapis.com/crm/v8/org'), { headers });
    expect([there.status, elsewhere.status]).toEqual([200, 401]);
  });

  test('come ten times in ten minutes, and errors as successes', async () => {
    const code = (await logIn()).searchParams.get('code')!;
    const { body } = await token({ grant_type: 'authorization_code', code });
    const again = () => token({ grant_type: 'refresh_token', refresh_token: body.refresh_token });
    for (let i = 0; i < 9; i += 1) expect((await again()).body.access_token).toBeTruthy();
    const refused = await again();
    expect([refused.status, refused.body.error]).toEqual([200, 'Access Denied']);
    doubles.control({ action: 'advanceClock', seconds: 601 });
    expect((await again()).body.access_token).toBeTruthy();
    expect((await token({ grant_type: 'refresh_token', refresh_token: 'x' })).body.error).toBe('invalid_code');
  });

  test('stand behind a scheme of their own', async () => {
    expect((await ask('/org')).status).toBe(200);
    expect((await ask('/org', {}, 'Bearer')).status).toBe(401);
  });
});

describe('modules', () => {
  const changed = '/Deals?fields=Amount,Modified_Time&sort_by=Modified_Time&sort_order=asc';

  test('come in pages: two thousand rows by number, the others by token', async () => {
    const ids = new Set<string>();
    let path = changed;
    for (let page = 1; ; page += 1) {
      const { data, info } = await get(path);
      for (const { id } of data) ids.add(id);
      if (!info.more_records || ids.size > 2400) break;
      path = page < 10 ? `${changed}&page=${page + 1}` : `${changed}&page_token=${info.next_page_token}`;
    }
    expect(ids.size).toBeGreaterThan(2400);
    expect((await get(`${changed}&page=11`)).code).toBe('DISCRETE_LIMIT_EXCEEDED');
    const { info } = await get(changed);
    doubles.control({ action: 'advanceClock', days: 2 });
    expect((await get(`${changed}&page_token=${info.next_page_token}`)).code).toBe('EXPIRED_VALUE');
  });

  test('must be told which fields, fifty at most', async () => {
    expect((await get('/Deals')).code).toBe('REQUIRED_PARAM_MISSING');
    const many = Array.from({ length: 51 }, (_, i) => `F${i}`).join(',');
    expect((await get(`/Deals?fields=${many}`)).code).toBe('LIMIT_EXCEEDED');
    expect((await get('/Nothing?fields=id')).code).toBe('INVALID_MODULE');
  });

  test('have only what was changed since; nothing is 304, or 204 without asking for changes', async () => {
    const since = '2026-11-20T00:00:00+01:00';
    const { data } = await get(changed, { 'if-modified-since': since });
    expect(data.every(({ Modified_Time: at }) => Date.parse(at!) >= Date.parse(since))).toBe(true);
    expect((await ask(changed, { 'if-modified-since': '2026-11-21T12:00:01Z' })).status).toBe(304);
    const nothing = await ask(changed, { authorization: `Zoho-oauthtoken ${firstTokens[3]}` });
    expect([nothing.status, await nothing.text()]).toEqual([204, '']);
  });

  test('keep a list of what was deleted', async () => {
    const { data } = await get('/Deals/deleted?type=all');
    expect(data.length).toBeGreaterThan(0);
    expect(data.every(({ deleted_time: at }) => at !== undefined)).toBe(true);
  });
});

test('credits are told once half of them are used, and end with 429', async () => {
  doubles.control({ action: 'quota', calls: 4 });
  expect((await ask('/org')).headers.get('x-api-credits-remaining')).toBeNull();
  expect((await ask('/org')).headers.get('x-api-credits-remaining')).toBe('2');
  await ask('/org');
  await ask('/org');
  const refused = await ask('/org');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, null]);
});
