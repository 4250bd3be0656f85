import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../../doubles/start-doubles.ts';
import { firstTokens } from '../../doubles/zoho-crm/state.ts';
import type { OAuth2Method } from '../auth-method.ts';
import type { Account, Answer, Item, Slice } from '../connector.ts';
import { ItemReader } from '../testing/item-reader.ts';
import { accountsServer } from './data-centres.pure.ts';
import { classifyZoho, holdBackZoho } from './errors.pure.ts';
import { deals } from './modules.ts';
import { zohoCrm } from './zoho-crm.connector.ts';

const now = '2026-11-21T12:00:00Z';
let doubles: Doubles;
let reader: ItemReader;
let account: Account;

beforeAll(async () => {
  doubles = await startDoubles({ platforms: ['zoho_crm'], now });
});
afterAll(() => doubles.stop());

async function open(index: number): Promise<void> {
  const extra = { api_domain: 'https://www.zohoapis.eu' };
  const credential = { accessToken: firstTokens[index]!, extra };
  reader = new ItemReader(zohoCrm, doubles.url, { method: 'oauth', credential, now });
  [account] = (await reader.accounts()) as [Account];
}

function sums(items: readonly Item[]) {
  return {
    conversions: items.reduce((sum, { conversions }) => sum + (conversions ?? 0), 0),
    revenue: String(items.reduce((sum, { revenue }) => sum + (revenue ?? 0n), 0n)),
  };
}

describe('reading', () => {
  beforeEach(() => open(0));
  afterEach(async () => {
    await reader.close();
    doubles.control({ action: 'reset' });
  });

  test('deals that were won add up to the totals of the double on their closing dates, however pages overlap', async () => {
    doubles.control({ action: 'duplicateBoundary' });
    const items = await reader.read('deals', account, '2026-09-01', '2026-11-21', 50);
    const won = items.filter(({ date }) => (date ?? '') >= '2026-09-01');
    const { conversions, revenue } = doubles.totals('zoho_crm', {
      account: account.id,
      from: '2026-09-01',
      to: '2026-11-21',
    });
    expect(sums(won)).toEqual({ conversions, revenue });
    expect(items.length).toBeGreaterThan(2000);
    expect(items.some(({ deleted }) => deleted)).toBe(true);
  });

  test('deals bring the touch they came from', async () => {
    await reader.read('deals', account, '2026-11-01', '2026-11-21');
    const journeys = [...reader.journeys.values()];
    expect(journeys.some(({ conversions, value }) => conversions === 1 && value > 0n)).toBe(true);
    expect(journeys.some(({ nulls }) => nulls === 1)).toBe(true);
    expect(journeys.every(({ touches }) => touches.length === 1 && touches[0]!.age >= 0)).toBe(true);
  });

  test('the other modules are read; nobody is named', async () => {
    for (const stream of ['leads', 'contacts', 'accounts']) {
      const items = await reader.read(stream, account, '2026-11-10', '2026-11-21');
      expect(items.length, stream).toBeGreaterThan(20);
      expect(JSON.stringify(items)).not.toContain('@');
    }
    const campaigns = await reader.read('campaigns', account, '2026-08-01', '2026-11-21');
    expect(campaigns).toHaveLength(6);
    expect(campaigns.every(({ spend }) => (spend ?? 0n) > 0n)).toBe(true);
  });

  test('nothing new is nothing, and no error', async () => {
    expect(await reader.read('campaigns', account, '2026-11-10', '2026-11-21')).toEqual([]);
    await reader.close();
    await open(3);
    expect(account.currency).toBe('GBP');
    expect(await reader.read('deals', account, '2026-01-01', '2026-11-21')).toEqual([]);
  });
});

describe('data centres', () => {
  test('only servers of Zoho are given the secret', () => {
    expect(accountsServer({ 'accounts-server': 'https://accounts.zoho.in' }, {})).toBe('https://accounts.zoho.in');
    expect(accountsServer({}, { accounts_server: 'https://accounts.zoho.eu' })).toBe('https://accounts.zoho.eu');
    expect(accountsServer({}, {})).toBe('https://accounts.zoho.com');
    const wrong = [
      'https://accounts.zoho.eu.evil.example',
      'http://accounts.zoho.eu',
      'https://accounts.zoho.eu:444',
      'x',
    ];
    for (const server of wrong)
      expect(() => accountsServer({ 'accounts-server': server }, {}), server).toThrow('not known');
  });

  test('of the token answer are kept: where the data are and where tokens are renewed', () => {
    const { readAnswer } = zohoCrm.live!.auth[0] as OAuth2Method;
    const said = { access_token: 'a', refresh_token: 'r', expires_in: 3600, api_domain: 'https://www.zohoapis.eu' };
    expect(readAnswer!(said, { 'accounts-server': 'https://accounts.zoho.eu' }).extra).toEqual({
      api_domain: 'https://www.zohoapis.eu',
      accounts_server: 'https://accounts.zoho.eu',
    });
    expect(readAnswer!(said, {}).extra).toEqual({ api_domain: 'https://www.zohoapis.eu' });
    expect(() => readAnswer!({ ...said, api_domain: 'https://evil.example' }, {})).toThrow('not known');
  });
});

describe('answers', () => {
  const of = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => ({
    status,
    headers,
    body,
  });

  test('are told apart by their code', () => {
    const error = (code: string) => ({ code, message: 'No.', status: 'error', details: {} });
    expect(classifyZoho(of(401, error('INVALID_TOKEN')))?.class).toBe('auth');
    expect(classifyZoho(of(401, error('OAUTH_SCOPE_MISMATCH')))?.class).toBe('permission');
    expect(classifyZoho(of(200, error('INVALID_MODULE')))?.class).toBe('permission');
    expect(classifyZoho(of(429, error('TOO_MANY_REQUESTS')))).toMatchObject({ class: 'rate_limit', waitSeconds: 60 });
    const tokens = { error: 'Access Denied', error_description: 'You have made too many requests continuously.' };
    expect(classifyZoho(of(200, tokens))).toMatchObject({ class: 'rate_limit', waitSeconds: 600 });
    expect([classifyZoho(of(304, null)), classifyZoho(of(200, { data: [] }))]).toEqual([null, null]);
  });

  test('with few credits left lead to a pause', () => {
    const left = (credits: string) => holdBackZoho(of(200, {}, { 'x-api-credits-remaining': credits }));
    expect([left('249'), left('250'), holdBackZoho(of(200, {}))]).toEqual([3600, null, null]);
  });
});

test('a company may name its own stages that are won', () => {
  const row = {
    id: '1',
    Stage: 'Gewonnen',
    Amount: 12.5,
    Closing_Date: '2026-11-01',
    Created_Time: '2026-10-01T10:00:00+01:00',
  };
  const slice = (settings: Record<string, string>) => ({ settings, account: { currency: 'EUR' } }) as unknown as Slice;
  expect(deals.map(row, slice({ wonStages: 'Closed Won, Gewonnen' }))?.items?.[0]).toMatchObject({
    date: '2026-11-01',
    conversions: 1,
    revenue: 12_500_000n,
  });
  expect(deals.map(row, slice({}))?.items?.[0]?.conversions).toBeUndefined();
});
