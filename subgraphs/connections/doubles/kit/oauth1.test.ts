import { afterEach, beforeEach, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../start-doubles.ts';
import { consent, localAddress } from '../testing.ts';
import { json } from './answer.pure.ts';
import { defineDouble, type PlatformErrors } from './define-double.ts';
import { oauth1Refusal, oauth1Routes, oauth1Signature, type OAuth1Options } from './oauth1.ts';

const options: OAuth1Options = {
  consumerKey: 'consumer',
  consumerSecret: 'consumer-secret',
  host: 'api.example.com',
  requestToken: '/oauth/request_token',
  authorize: '/oauth/authorize',
  accessToken: '/oauth/access_token',
  userId: '42',
  screenName: 'nordwind',
};
const no = (status: number) => () => json({}, status);
const errors: PlatformErrors = {
  unauthorized: (reason) => json({ reason }, 401),
  throttled: no(429),
  failed: no(500),
  notFound: no(404),
  forbidden: no(403),
  versionOff: no(410),
};
const accounts = () => [{ id: 'a', name: 'First' }];
const double = defineDouble({
  platform: 'signed',
  hosts: ['api.example.com'],
  access: {},
  state: () => ({}),
  errors,
  authenticate: (request, double) => oauth1Refusal(options, request, double, errors),
  routes: [
    ...oauth1Routes<object>(options, accounts),
    { method: 'GET', path: '/things', handle: ({ grant }) => json(grant?.accounts) },
  ],
  accounts,
  totals: () => ({}),
});

let doubles: Doubles;
const seconds = Date.parse('2026-11-21T12:00:00Z') / 1000;
let serial = 0;

beforeEach(async () => {
  doubles = await startDoubles({ doubles: [double], now: '2026-11-21T12:00:00Z' });
});
afterEach(() => doubles.stop());

interface Call {
  method: string;
  path: string;
  fields?: Record<string, string>;
  secret?: string;
  nonce?: string;
  timestamp?: number;
}

async function signed({ method, path, fields = {}, secret = '', nonce, timestamp = seconds }: Call): Promise<Response> {
  const url = new URL(`https://api.example.com${path}`);
  serial += 1;
  const all: Record<string, string> = {
    oauth_consumer_key: 'consumer',
    oauth_nonce: nonce ?? `n${serial}`,
    oauth_timestamp: String(timestamp),
    oauth_signature_method: 'HMAC-SHA1',
    oauth_version: '1.0',
    ...fields,
  };
  const secrets = { consumer: 'consumer-secret', token: secret };
  all.oauth_signature = oauth1Signature(method, url, [...Object.entries(all), ...url.searchParams], secrets);
  const header = Object.entries(all).map(([name, value]) => `${name}="${encodeURIComponent(value)}"`);
  return await fetch(localAddress(doubles.url, url.href), {
    method,
    headers: { authorization: `OAuth ${header.join(', ')}` },
  });
}

async function fieldsOf(answer: Response): Promise<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams(await answer.text()));
}

async function signIn(): Promise<Record<string, string>> {
  const fields = { oauth_callback: 'http://127.0.0.1:1/back' };
  const asked = await fieldsOf(await signed({ method: 'POST', path: '/oauth/request_token', fields }));
  const page = `https://api.example.com/oauth/authorize?oauth_token=${asked.oauth_token}`;
  const { searchParams } = await consent(doubles.url, page);
  const exchange = {
    method: 'POST',
    path: '/oauth/access_token',
    fields: { oauth_token: asked.oauth_token!, oauth_verifier: searchParams.get('oauth_verifier')! },
    secret: asked.oauth_token_secret!,
  };
  const token = await fieldsOf(await signed(exchange));
  expect((await signed(exchange)).status).toBe(401);
  return token;
}

test('the signature is that of the worked example of RFC 5849', () => {
  const parameters = [
    ['b5', '=%3D'],
    ['a3', 'a'],
    ['c@', ''],
    ['a2', 'r b'],
    ['oauth_consumer_key', '9djdj82h48djs9d2'],
    ['oauth_token', 'kkk9d7dh3k39sjv7'],
    ['oauth_signature_method', 'HMAC-SHA1'],
    ['oauth_timestamp', '137131201'],
    ['oauth_nonce', '7d8f3e4a'],
    ['c2', ''],
    ['a3', '2 q'],
  ] as const;
  const secrets = { consumer: 'j49sk3j29djd', token: 'dh893hdasih9' };
  const signature = oauth1Signature('POST', new URL('http://example.com/request'), parameters, secrets);
  expect(signature).toBe('r6/TJjbCOr97/+UU0NsvSne7s5g=');
});

test('three steps bring a token that signs; a request token is good once', async () => {
  const token = await signIn();
  expect(token).toMatchObject({ user_id: '42', screen_name: 'nordwind' });
  const call = { method: 'GET', path: '/things?q=a%20b', fields: { oauth_token: token.oauth_token! } };
  const answer = await signed({ ...call, secret: token.oauth_token_secret! });
  expect([answer.status, await answer.json()]).toEqual([200, ['a']]);
  expect((await signed({ ...call, secret: 'guess' })).status).toBe(401);
  expect((await fetch(localAddress(doubles.url, 'https://api.example.com/things'))).status).toBe(401);
});

test('a nonce that comes twice and a clock that is off are refused', async () => {
  const { oauth_token, oauth_token_secret: secret } = await signIn();
  const call = { method: 'GET', path: '/things', fields: { oauth_token: oauth_token! }, secret: secret! };
  expect((await signed({ ...call, nonce: 'same' })).status).toBe(200);
  expect((await signed({ ...call, nonce: 'same' })).status).toBe(401);
  expect((await signed({ ...call, timestamp: seconds - 301 })).status).toBe(401);
});

test('a denial names the request token', async () => {
  const fields = { oauth_callback: 'http://127.0.0.1:1/back' };
  const { oauth_token } = await fieldsOf(await signed({ method: 'POST', path: '/oauth/request_token', fields }));
  const page = `https://api.example.com/oauth/authorize?oauth_token=${oauth_token}`;
  expect((await consent(doubles.url, page, { allow: false })).searchParams.get('denied')).toBe(oauth_token);
});
