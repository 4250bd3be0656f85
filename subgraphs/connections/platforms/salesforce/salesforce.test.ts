import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { instanceHost, sessions } from '../../doubles/salesforce/state.ts';
import { startDoubles, type Doubles } from '../../doubles/start-doubles.ts';
import type { OAuth2Method } from '../auth-method.ts';
import type { Account, Answer, Item } from '../connector.ts';
import { channelOfLead } from '../kit/lead-channel.pure.ts';
import { ItemReader } from '../testing/item-reader.ts';
import { classifySalesforce, holdBackSalesforce } from './errors.pure.ts';
import { salesforce } from './salesforce.connector.ts';

const now = '2026-11-21T12:00:00Z';
let doubles: Doubles;
let reader: ItemReader;
let account: Account;

beforeAll(async () => {
  doubles = await startDoubles({ platforms: ['salesforce'], now });
});
afterAll(() => doubles.stop());

async function open(index: number, settings: Record<string, string> = {}): Promise<void> {
  const { id } = doubles.accounts('salesforce')[index]!;
  const extra = { instance_url: `https://${instanceHost(id)}` };
  const credential = { accessToken: sessions[index]!, extra };
  reader = new ItemReader(salesforce, doubles.url, { method: 'oauth', credential, settings, now });
  [account] = (await reader.accounts()) as [Account];
}

function sums(items: readonly Item[]) {
  return {
    conversions: items.reduce((sum, { conversions }) => sum + (conversions ?? 0), 0),
    revenue: String(items.reduce((sum, { revenue }) => sum + (revenue ?? 0n), 0n)),
  };
}

function wonTotals(from: string, to: string) {
  const { conversions, revenue } = doubles.totals('salesforce', { account: account.id, from, to });
  return { conversions, revenue };
}

describe('reading', () => {
  beforeEach(() => open(0));
  afterEach(() => reader.close());

  test('the organisation is the account, with its zone and corporate currency', () => {
    expect(account).toMatchObject({ currency: 'EUR', timeZone: 'Europe/Berlin', name: 'Nordwind Europe' });
  });

  test('opportunities that were won add up to the totals of the double on their close dates', async () => {
    const items = await reader.read('opportunities', account, '2026-10-25', '2026-11-21');
    const within = items.filter(({ date }) => (date ?? '') >= '2026-10-25');
    expect(sums(within)).toEqual(wonTotals('2026-10-25', '2026-11-21'));
    expect(items.some(({ deleted }) => deleted)).toBe(true);
    expect(
      items.filter(({ details }) => details['state'] === 'open').every(({ revenue }) => revenue === undefined),
    ).toBe(true);
    expect(new Set(items.map(({ currency, deleted }) => deleted ?? currency))).toEqual(new Set(['EUR', true]));
  });

  test('organisations with one currency and hidden fields are read with what they show', async () => {
    await reader.close();
    await open(1, { currency: 'NZD' });
    expect(account).toMatchObject({ currency: 'NZD', timeZone: 'Pacific/Auckland' });
    expect(account.extra?.['Opportunity']).not.toContain('LeadSource');
    const items = await reader.read('opportunities', account, '2026-11-01', '2026-11-22');
    expect(sums(items.filter(({ date }) => (date ?? '') >= '2026-11-01'))).toEqual(
      wonTotals('2026-11-01', '2026-11-22'),
    );
    expect(items.every(({ currency }) => currency === undefined)).toBe(true);
  });

  test('leads, contacts, accounts, stages, members and campaigns are read; nobody is named', async () => {
    for (const stream of ['leads', 'contacts', 'accounts', 'opportunity_stages', 'campaign_members']) {
      const items = await reader.read(stream, account, '2026-11-15', '2026-11-21');
      expect(items.length, stream).toBeGreaterThan(20);
      expect(items.every(({ channel }) => channel === null)).toBe(true);
      expect(JSON.stringify(items)).not.toContain('@');
    }
    const campaigns = await reader.read('campaigns', account);
    expect(campaigns).toHaveLength(8);
    expect(campaigns.filter(({ channel }) => channel === 'Account-Based Ads' || channel === null)).toHaveLength(2);
    expect(campaigns.find(({ campaign }) => campaign === 'Trade Fair')).toMatchObject({
      channel: 'Events',
      spend: 46_800_000_000n,
    });
  });

  test('journeys put campaigns and sources in order before the close date', async () => {
    const { refused, pages } = await reader.reader.read('journeys', account, '2026-11-01', '2026-11-21');
    const journeys = [...reader.journeys.values()];
    expect([refused, pages > 8]).toEqual([0, true]);
    expect(journeys.length).toBeGreaterThan(300);
    expect(journeys.some(({ touches }) => touches.length > 1)).toBe(true);
    for (const { touches, conversions, nulls, value } of journeys) {
      expect(conversions + nulls).toBe(1);
      expect(value > 0n).toBe(conversions === 1);
      const ages = touches.map(({ age }) => age);
      expect(ages).toEqual(ages.toSorted((a, b) => b - a));
      expect(ages.every((age) => age >= 0)).toBe(true);
      expect(touches.some(({ campaign }) => campaign !== null)).toBe(true);
    }
  });

  test('a query that takes too long asks for a shorter window', async () => {
    doubles.control({ action: 'tooMuchData', limitDays: 3 });
    await expect(reader.read('leads', account, '2026-11-01', '2026-11-20')).rejects.toMatchObject({
      failure: { class: 'too_much_data' },
    });
  });
});

describe('answers', () => {
  const of = (status: number, errorCode: string): Answer => ({
    status,
    headers: {},
    body: [{ errorCode, message: 'No.' }],
  });

  test('are told apart by their code, not by their status', () => {
    expect(classifySalesforce(of(403, 'REQUEST_LIMIT_EXCEEDED'))).toMatchObject({
      class: 'rate_limit',
      waitSeconds: 900,
    });
    expect(classifySalesforce(of(401, 'INVALID_SESSION_ID'))?.class).toBe('auth');
    expect(classifySalesforce(of(400, 'INVALID_TYPE'))?.class).toBe('permission');
    expect(classifySalesforce(of(400, 'INVALID_QUERY_LOCATOR'))?.class).toBe('too_much_data');
    expect(classifySalesforce(of(400, 'INVALID_FIELD'))).toBeNull();
    expect(classifySalesforce({ status: 500, headers: {}, body: '<html>' })).toBeNull();
  });

  test('lead to a pause once four fifths of the allowance are used', () => {
    const used = (info: string) =>
      holdBackSalesforce({ status: 200, headers: { 'sforce-limit-info': info }, body: {} });
    expect([used('api-usage=79/100'), used('api-usage=80/100'), used('')]).toEqual([null, 900, null]);
  });

  test('of the token end point name the instance, and no end', () => {
    const { readAnswer } = salesforce.live!.auth[0] as OAuth2Method;
    const read = readAnswer!({ access_token: 'a', instance_url: 'https://x.my.salesforce.com', scope: 'api' }, {});
    expect(read).toEqual({ accessToken: 'a', scopes: ['api'], extra: { instance_url: 'https://x.my.salesforce.com' } });
  });
});

test('sources of leads become channels, or stand for themselves', () => {
  expect(
    ['Google AdWords', 'Trade Show', 'Partner Referral', 'Facebook Lead Ads', 'Facebook', '', null].map(channelOfLead),
  ).toEqual(['Google Ads', 'Trade Show', 'Referral', 'Meta Ads', 'Organic Social', 'Direct', 'Direct']);
});
