import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../start-doubles.ts';
import { consent, localAddress } from '../testing.ts';
import { parseSoql, select } from './soql.pure.ts';

interface Tokens {
  access_token: string;
  refresh_token: string;
  instance_url: string;
  expires_in?: number;
  error?: string;
}
interface Found {
  totalSize: number;
  done: boolean;
  nextRecordsUrl?: string;
  records: { Id: string; IsDeleted?: boolean }[];
}
type Errors = { errorCode: string }[];

const redirect = 'http://localhost/oauth/callback';
const verifier = 'v'.repeat(50);
let doubles: Doubles;

beforeEach(async () => {
  doubles = await startDoubles({ platforms: ['salesforce'], now: '2026-11-21T12:00:00Z' });
});
afterEach(() => doubles.stop());

async function token(form: Record<string, string>): Promise<Tokens> {
  const body = new URLSearchParams({
    client_id: 'liftos-demo',
    client_secret: 'liftos-demo-secret',
    redirect_uri: redirect,
    ...form,
  });
  const address = localAddress(doubles.url, 'https://login.salesforce.com/services/oauth2/token');
  return (await (await fetch(address, { method: 'POST', body })).json()) as Tokens;
}

function authorizeUrl(more: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    client_id: 'liftos-demo',
    redirect_uri: redirect,
    scope: 'api refresh_token',
    ...more,
  });
  return `https://login.salesforce.com/services/oauth2/authorize?${query}`;
}

async function logIn(): Promise<Tokens> {
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const url = authorizeUrl({ code_challenge: challenge, code_challenge_method: 'S256' });
  const back = await consent(doubles.url, url);
  return await token({
    grant_type: 'authorization_code',
    code: back.searchParams.get('code')!,
    code_verifier: verifier,
  });
}

async function ask({ access_token: access, instance_url: instance }: Tokens, path: string, version = 'v67.0') {
  const url = path.startsWith('/services/') ? `${instance}${path}` : `${instance}/services/data/${version}${path}`;
  return await fetch(localAddress(doubles.url, url), { headers: { authorization: `Bearer ${access}` } });
}

async function query<T = Found>(tokens: Tokens, soql: string, resource = 'query'): Promise<T> {
  return (await (await ask(tokens, `/${resource}?q=${encodeURIComponent(soql)}`)).json()) as T;
}

describe('the login', () => {
  test('demands PKCE, and checks it', async () => {
    await expect(consent(doubles.url, authorizeUrl())).rejects.toThrow('PKCE');
    const challenge = createHash('sha256').update('another').digest('base64url');
    const url = authorizeUrl({ code_challenge: challenge, code_challenge_method: 'S256' });
    const code = (await consent(doubles.url, url)).searchParams.get('code')!;
    expect((await token({ grant_type: 'authorization_code', code, code_verifier: verifier })).error).toBe(
      'invalid_grant',
    );
  });

  test('does not say when the session ends, and leads to another host', async () => {
    const tokens = await logIn();
    expect(tokens).not.toHaveProperty('expires_in');
    expect(new URL(tokens.instance_url).host).toMatch(/\.my\.salesforce\.com$/);
    const elsewhere = { ...tokens, instance_url: 'https://nordwind-1.my.salesforce.com' };
    expect((await ask(elsewhere, '/limits')).status).toBe(401);
    doubles.control({ action: 'advanceClock', seconds: 7201 });
    const ended = await ask(tokens, '/limits');
    expect([ended.status, ((await ended.json()) as Errors)[0]!.errorCode]).toEqual([401, 'INVALID_SESSION_ID']);
  });

  test('changes the refresh token each time; the old one is dead', async () => {
    const first = await logIn();
    const second = await token({ grant_type: 'refresh_token', refresh_token: first.refresh_token });
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect((await ask(second, '/limits')).status).toBe(200);
    expect((await token({ grant_type: 'refresh_token', refresh_token: first.refresh_token })).error).toBe(
      'invalid_grant',
    );
  });
});

describe('queries', () => {
  const window = 'SystemModstamp >= 2026-09-01T00:00:00Z AND SystemModstamp < 2026-11-20T00:00:00Z';

  test('come in pages of two thousand at most', async () => {
    const tokens = await logIn();
    const ids = new Set<string>();
    let page = await query(tokens, `SELECT Id FROM Lead WHERE ${window} ORDER BY SystemModstamp, Id`);
    expect(page.records).toHaveLength(2000);
    for (;;) {
      for (const { Id } of page.records) ids.add(Id);
      if (page.done) break;
      page = (await (await ask(tokens, page.nextRecordsUrl!)).json()) as Found;
    }
    expect(ids.size).toBe(page.totalSize);
    const gone = await ask(tokens, '/query/01g000000000099AAA-2000');
    expect(((await gone.json()) as Errors)[0]!.errorCode).toBe('INVALID_QUERY_LOCATOR');
  });

  test('find deleted rows by queryAll only', async () => {
    const tokens = await logIn();
    const soql = `SELECT Id, IsDeleted FROM Opportunity WHERE ${window}`;
    const [some, all] = [await query(tokens, soql), await query(tokens, soql, 'queryAll')];
    expect(all.totalSize).toBeGreaterThan(some.totalSize);
    expect(some.records.some(({ IsDeleted: isDeleted }) => isDeleted)).toBe(false);
  });

  test('name fields that are hidden, wrong objects and wrong words in a list of errors', async () => {
    const tokens = await logIn();
    const code = async (soql: string) => (await query<Errors>(tokens, soql))[0]!.errorCode;
    expect(await code('SELECT Id, Email__c FROM Lead')).toBe('INVALID_FIELD');
    expect(await code('SELECT Id FROM Nothing')).toBe('INVALID_TYPE');
    expect(await code('SELECT everything')).toBe('MALFORMED_QUERY');
  });
});

test('the allowance stands on every answer; beyond it comes 403', async () => {
  const tokens = await logIn();
  doubles.control({ action: 'quota', calls: 2 });
  expect((await ask(tokens, '/limits')).headers.get('sforce-limit-info')).toBe('api-usage=1/2');
  await ask(tokens, '/limits');
  const refused = await ask(tokens, '/limits');
  expect([refused.status, ((await refused.json()) as Errors)[0]!.errorCode]).toEqual([403, 'REQUEST_LIMIT_EXCEEDED']);
  expect(refused.headers.get('retry-after')).toBeNull();
});

test('versions that have ended are gone, those to come are not there', async () => {
  const tokens = await logIn();
  expect((await ask(tokens, '/limits', 'v20.0')).status).toBe(410);
  expect((await ask(tokens, '/limits', 'v99.0')).status).toBe(404);
});

test('SOQL is read as far as it is known', () => {
  const rows = [
    { Id: 'a', At: '2026-11-01T10:00:00.000+0000', N: 2 },
    { Id: 'b', At: '2026-11-02T10:00:00.000+0000', N: null },
  ];
  const ids = (soql: string) => select(rows, parseSoql(soql)!).map(({ Id }) => Id);
  expect(ids("SELECT Id FROM X WHERE At >= 2026-11-01T10:00:00Z AND Id IN ('a', 'c')")).toEqual(['a']);
  expect(ids('SELECT Id FROM X WHERE At > 2026-11-01T10:00:00Z ORDER BY Id LIMIT 5')).toEqual(['b']);
  expect(ids('SELECT Id FROM X WHERE N = null')).toEqual(['b']);
  expect(ids('SELECT Id FROM X WHERE N < 3')).toEqual(['a']);
  expect(parseSoql('DELETE FROM X')).toBeNull();
});
