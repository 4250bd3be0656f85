import { createHash } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../start-doubles.ts';
import { consent, localAddress } from '../testing.ts';
import { json } from './answer.pure.ts';
import { defineDouble } from './define-double.ts';
import type { OAuthOptions } from './oauth-options.ts';
import { cursorOf, pageOf, placeOf } from './page.pure.ts';

const base: OAuthOptions = {
  clientId: 'app',
  clientSecret: 'secret',
  authorize: { host: 'login.example.com', path: '/authorize' },
  token: { path: '/token' },
  revoke: { path: '/revoke' },
  pkce: 'required',
  clientAuth: 'basic',
  scopes: ['read', 'write'],
  accessSeconds: 3600,
  rotation: 'kept',
};

/** A platform with ten things. */
function made(oauth: Partial<OAuthOptions> = {}) {
  const said = (error: string, status: number) => json({ error }, status);
  return defineDouble({
    platform: 'made_up',
    hosts: ['api.example.com', 'login.example.com', '{shop}.example.org'],
    access: {},
    keys: ['key'],
    oauth: { ...base, ...oauth },
    state: () => ({ items: Array.from({ length: 10 }, (_, index) => index) }),
    errors: {
      unauthorized: (reason) => said(reason, 401),
      throttled: (_, seconds) => json({ error: 'slow' }, 429, { 'retry-after': String(seconds) }),
      failed: (status) => said('failed', status),
      notFound: () => said('nothing here', 404),
      forbidden: (account) => said(`not ${account}`, 403),
      versionOff: (version) => said(`${version} is gone`, 410),
      tooMuchData: () => said('too much', 400),
    },
    version: ({ params }) => params.version ?? null,
    account: ({ query }) => query.get('account'),
    days: ({ query }) => Number(query.get('days') ?? 0),
    routes: [
      {
        method: 'GET',
        path: '/{version}/items',
        handle({ query, grant }, { state, faults }) {
          const { items, next } = pageOf(state.items, placeOf(query.get('after') ?? cursorOf(0))!, 4, faults);
          return json({ items, accounts: grant?.accounts, next: next === null ? null : cursorOf(next) });
        },
      },
      { method: 'GET', host: '{shop}.example.org', path: '/name', open: true, handle: ({ params }) => json(params) },
    ],
    accounts: () => [
      { id: 'a', name: 'First' },
      { id: 'b', name: '<b>Second</b>' },
    ],
    totals: () => ({ items: 10 }),
  });
}

let doubles: Doubles;
afterEach(() => doubles.stop());

async function start(oauth: Partial<OAuthOptions> = {}): Promise<void> {
  doubles = await startDoubles({ doubles: [made(oauth)], now: '2026-11-21T12:00:00Z' });
}

async function items(token = 'key', query = ''): Promise<Response> {
  return await fetch(localAddress(doubles.url, `https://api.example.com/v1/items${query}`), {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(2000),
  });
}

const verifier = 'v'.repeat(50);
const challenge = createHash('sha256').update(verifier).digest('base64url');
const back = 'http://127.0.0.1:1/callback';

function authorizeUrl(change: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'app',
    redirect_uri: back,
    scope: 'read',
    state: 's1',
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...change,
  });
  return `https://login.example.com/authorize?${query}`;
}

async function token(
  body: Record<string, string>,
  secret = 'secret',
): Promise<{ status: number; body: Record<string, string> }> {
  const answer = await fetch(localAddress(doubles.url, 'https://api.example.com/token'), {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`app:${secret}`).toString('base64')}` },
    body: new URLSearchParams(body),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, string> };
}

async function codeOf(choice = {}): Promise<string> {
  return (await consent(doubles.url, authorizeUrl(), choice)).searchParams.get('code')!;
}

function exchange(code: string, change: Record<string, string> = {}) {
  return token({ grant_type: 'authorization_code', code, redirect_uri: back, code_verifier: verifier, ...change });
}

async function signedIn(): Promise<Record<string, string>> {
  return (await exchange(await codeOf())).body;
}

function refresh(refresh_token: string) {
  return token({ grant_type: 'refresh_token', refresh_token });
}

describe('routing', () => {
  test('the first part of the path is the host, by pattern too', async () => {
    await start();
    const shop = await fetch(localAddress(doubles.url, 'https://my-shop.example.org/name'));
    expect(await shop.json()).toEqual({ shop: 'my-shop' });
    expect((await fetch(`${doubles.url}/elsewhere.example.net/name`)).status).toBe(404);
    expect(await (await fetch(doubles.url)).text()).toContain('/api.example.com/');
  });

  test('a path that is not there is answered in the words of the platform', async () => {
    await start();
    const answer = await fetch(localAddress(doubles.url, 'https://api.example.com/nowhere'));
    expect([answer.status, await answer.json()]).toEqual([404, { error: 'nothing here' }]);
  });
});

describe('OAuth', () => {
  test('a user allows on the page, and the code buys tokens for the chosen account', async () => {
    await start();
    const address = await consent(doubles.url, authorizeUrl(), { accounts: ['b'] });
    expect(address.searchParams.get('state')).toBe('s1');
    const { status, body } = await exchange(address.searchParams.get('code')!);
    expect(status).toBe(200);
    expect(body).toMatchObject({ token_type: 'bearer', expires_in: 3600, scope: 'read' });
    expect(await (await items(body.access_token)).json()).toMatchObject({ accounts: ['b'] });
  });

  test('a denial comes back as an error with the state', async () => {
    await start();
    const { searchParams } = await consent(doubles.url, authorizeUrl(), { allow: false });
    expect([searchParams.get('error'), searchParams.get('state')]).toEqual(['access_denied', 's1']);
  });

  test('names on the page are text, and its controls have names', async () => {
    await start();
    const page = await (await fetch(localAddress(doubles.url, authorizeUrl()))).text();
    expect(page).toContain('&lt;b&gt;Second&lt;/b&gt;');
    expect(page).toMatch(/<button type="submit" name="decision" value="allow">Allow<\/button>/);
    expect(page).toContain('<html lang="en">');
  });

  test.each([
    ['an unknown app', { client_id: 'other' }, /app id/],
    ['no redirect address', { redirect_uri: 'nowhere' }, /redirect/],
    ['a redirect address that is no page', { redirect_uri: 'javascript:alert(1)' }, /redirect/],
    ['an unknown scope', { scope: 'read everything' }, /everything/],
    ['a challenge that is not hashed', { code_challenge_method: 'plain' }, /S256/],
  ])('the page refuses %s', async (_, change, message) => {
    await start();
    await expect(consent(doubles.url, authorizeUrl(change))).rejects.toThrow(message);
  });

  test('a code is good once, and used twice it takes its tokens with it', async () => {
    await start();
    const code = await codeOf();
    const { body } = await exchange(code);
    expect(await exchange(code)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect((await items(body.access_token)).status).toBe(401);
  });

  test('a wrong verifier, a different redirect address and a late code are refused', async () => {
    await start();
    expect((await exchange(await codeOf(), { code_verifier: 'w'.repeat(50) })).body.error).toBe('invalid_grant');
    expect((await exchange(await codeOf(), { redirect_uri: `${back}/` })).body.error).toBe('invalid_grant');
    const code = await codeOf();
    doubles.control({ action: 'advanceClock', seconds: 301 });
    expect((await exchange(code)).body.error).toBe('invalid_grant');
  });

  test('a wrong secret is refused', async () => {
    await start();
    expect(await token({ grant_type: 'refresh_token' }, 'guess')).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
  });

  test('an access token ends, and the kept refresh token brings another', async () => {
    await start();
    const { access_token, refresh_token } = await signedIn();
    doubles.control({ action: 'advanceClock', seconds: 3600 });
    expect(await (await items(access_token)).json()).toEqual({ error: 'expired' });
    const { body } = await refresh(refresh_token!);
    expect(body.refresh_token).toBeUndefined();
    expect((await items(body.access_token)).status).toBe(200);
    expect(doubles.counters('made_up')).toMatchObject({ tokensIssued: 2, tokenRefreshes: 1 });
  });

  test('a rotating refresh token is dead once it was used', async () => {
    await start({ rotation: 'always' });
    const { refresh_token } = await signedIn();
    const { body } = await refresh(refresh_token!);
    expect((await refresh(refresh_token!)).body.error).toBe('invalid_grant');
    expect((await refresh(body.refresh_token!)).status).toBe(200);
  });

  test('a gently rotating refresh token lives until the new one is used', async () => {
    await start({ rotation: 'gentle' });
    const { refresh_token } = await signedIn();
    const second = (await refresh(refresh_token!)).body.refresh_token!;
    expect((await refresh(refresh_token!)).status).toBe(200);
    expect((await refresh(second)).status).toBe(200);
    expect((await refresh(refresh_token!)).body.error).toBe('invalid_grant');
  });

  test('the life of a refresh token that does not roll ends with the first one', async () => {
    await start({ rotation: 'always', refreshSeconds: 10_000, refreshNotRolling: true });
    const { refresh_token } = await signedIn();
    doubles.control({ action: 'advanceClock', seconds: 6000 });
    const { body } = await refresh(refresh_token!);
    expect(body.refresh_token_expires_in).toBe(4000);
    doubles.control({ action: 'advanceClock', seconds: 4000 });
    expect((await refresh(body.refresh_token!)).body.error).toBe('invalid_grant');
  });

  test('what is revoked stays revoked', async () => {
    await start();
    const { access_token, refresh_token } = await signedIn();
    const url = localAddress(doubles.url, 'https://api.example.com/revoke');
    await fetch(url, { method: 'POST', body: new URLSearchParams({ token: refresh_token! }) });
    expect(await (await items(access_token)).json()).toEqual({ error: 'revoked' });
    expect((await refresh(refresh_token!)).body.error).toBe('invalid_grant');
  });

  test('client credentials bring a token without a user', async () => {
    await start({ grants: ['client_credentials'], rotation: 'none' });
    const { body } = await token({ grant_type: 'client_credentials', scope: 'read' });
    expect((await items(body.access_token)).status).toBe(200);
  });
});

describe('faults', () => {
  test('the next calls are throttled, each once', async () => {
    await start();
    doubles.control({ action: 'throttle', calls: 2, waitSeconds: 7 });
    const answers = [await items(), await items(), await items()];
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 200]);
    expect(answers[0]!.headers.get('retry-after')).toBe('7');
  });

  test('an answer is cut in the middle, is HTML, or fails with a status', async () => {
    await start();
    doubles.control({ action: 'truncateJson' });
    await expect((await items()).json()).rejects.toThrow();
    doubles.control({ action: 'html' });
    expect((await items()).headers.get('content-type')).toContain('text/html');
    doubles.control({ action: 'fail', status: 503 });
    expect((await items()).status).toBe(503);
  });

  test('a call is left hanging until the client gives up', async () => {
    await start();
    doubles.control({ action: 'hang' });
    const url = localAddress(doubles.url, 'https://api.example.com/v1/items');
    await expect(fetch(url, { signal: AbortSignal.timeout(100) })).rejects.toThrow(/timeout/);
    expect((await items()).status).toBe(200);
  });

  test('calls of OAuth are hit when their path is named, and only then', async () => {
    await start();
    doubles.control({ action: 'fail', path: '/token', status: 500 });
    doubles.control({ action: 'throttle' });
    expect((await refresh('none')).body.error).toBe('failed');
    expect((await items()).status).toBe(429);
  });

  test('an account is forbidden, a stream fails, a version is off and too much is refused until taken back', async () => {
    await start();
    doubles.control({ action: 'forbidAccount', account: 'a' });
    expect((await items('key', '?account=a')).status).toBe(403);
    expect((await items('key', '?account=b')).status).toBe(200);
    doubles.control({ action: 'failStream', path: '/items' });
    expect((await items()).status).toBe(500);
    doubles.control({ action: 'failStream', path: '/items', on: false });
    doubles.control({ action: 'versionOff', version: 'v1' });
    expect((await items()).status).toBe(410);
    doubles.control({ action: 'versionOff', version: 'v1', on: false });
    doubles.control({ action: 'tooMuchData', limitDays: 7 });
    expect((await items('key', '?days=8')).status).toBe(400);
    expect((await items('key', '?days=7')).status).toBe(200);
  });

  test('tokens expire or are revoked at once', async () => {
    await start();
    const first = await signedIn();
    doubles.control({ action: 'expireTokens' });
    expect(await (await items(first.access_token)).json()).toEqual({ error: 'expired' });
    expect((await refresh(first.refresh_token!)).status).toBe(200);
    doubles.control({ action: 'revoke' });
    expect((await refresh(first.refresh_token!)).body.error).toBe('invalid_grant');
    expect(await (await items('key')).json()).toEqual({ error: 'revoked' });
  });

  test('pages are as short as one wishes', async () => {
    await start();
    doubles.control({ action: 'pageRows', calls: 3 });
    const { next } = (await (await items()).json()) as { next: string };
    expect(await (await items('key', `?after=${next}`)).json()).toMatchObject({ items: [3, 4, 5] });
  });

  test('rows at the edge of a page come twice', async () => {
    await start();
    doubles.control({ action: 'duplicateBoundary' });
    const first = (await (await items()).json()) as { next: string };
    expect(await (await items('key', `?after=${first.next}`)).json()).toMatchObject({ items: [3, 4, 5, 6, 7] });
  });
});

describe('control', () => {
  async function post(body: string): Promise<Response> {
    return await fetch(`${doubles.url}/__control`, { method: 'POST', body });
  }

  test('commands over HTTP do the same, and say what is wrong with them', async () => {
    await start();
    expect((await post('{"platform":"made_up","action":"throttle"}')).status).toBe(200);
    expect((await items()).status).toBe(429);
    for (const [body, message] of [
      ['{', /JSON/],
      ['{"action":"explode"}', /no action explode/],
      ['{"action":"forbidAccount"}', /needs account/],
      ['{"platform":"none","action":"reset"}', /no double of none/],
    ] as const) {
      const answer = await post(body);
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringMatching(message)]);
    }
  });

  test('counters tell calls by pattern, and how many ran at once', async () => {
    await start();
    doubles.control({ action: 'latency', ms: 50 });
    await Promise.all([items(), items(), items()]);
    const counters = (await (await fetch(`${doubles.url}/__control/counters`)).json()) as Record<string, unknown>;
    expect(counters.made_up).toMatchObject({ calls: { 'GET /{version}/items': 3 }, total: 3, maxConcurrent: 3 });
  });

  test('totals and information are served', async () => {
    await start();
    const totals = await fetch(`${doubles.url}/__control/totals?platform=made_up&from=2026-01-01&to=2026-01-31`);
    expect(await totals.json()).toEqual({ items: 10 });
    expect((await fetch(`${doubles.url}/__control/totals?platform=made_up&from=x&to=y`)).status).toBe(400);
    const [info] = (await (await fetch(`${doubles.url}/__control/info`)).json()) as Record<string, unknown>[];
    expect(info).toMatchObject({ platform: 'made_up', now: '2026-11-21T12:00:00.000Z' });
  });

  test('reset takes every fault away', async () => {
    await start();
    doubles.control({ action: 'throttle', calls: 100 });
    doubles.control({ action: 'versionOff', version: 'v1' });
    doubles.control({ action: 'reset' });
    expect((await items()).status).toBe(200);
  });

  test('the clock of a double is in the date of its answers', async () => {
    await start();
    doubles.control({ action: 'advanceClock', days: 1 });
    expect((await items()).headers.get('date')).toBe('Sun, 22 Nov 2026 12:00:00 GMT');
  });
});
