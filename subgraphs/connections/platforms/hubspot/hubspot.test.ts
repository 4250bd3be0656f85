import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { privateApps } from '../../doubles/hubspot/state.ts';
import { startDoubles, type Doubles } from '../../doubles/start-doubles.ts';
import type { Account, Answer, Item } from '../connector.ts';
import { ItemReader } from '../testing/item-reader.ts';
import { classifyHubspot, holdBackHubspot } from './errors.pure.ts';
import { hubspot } from './hubspot.connector.ts';
import { sourceIn } from './sources.pure.ts';

const now = '2026-11-21T12:00:00Z';
let doubles: Doubles;
let reader: ItemReader;
let account: Account;

beforeEach(async () => {
  doubles = await startDoubles({ platforms: ['hubspot'], now });
  await open(privateApps[0]);
});
afterEach(async () => {
  await reader.close();
  await doubles.stop();
});

async function open(token: string): Promise<void> {
  reader = new ItemReader(hubspot, doubles.url, { method: 'private_app', credential: { values: { token } }, now });
  [account] = (await reader.accounts()) as [Account];
}

function sums(items: readonly Item[]) {
  return {
    conversions: items.reduce((sum, { conversions }) => sum + (conversions ?? 0), 0),
    revenue: String(items.reduce((sum, { revenue }) => sum + (revenue ?? 0n), 0n)),
  };
}

function answer(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return { status, headers, body };
}

describe('reading', () => {
  test('the portal is the one account, with its zone and currency', () => {
    expect(account).toMatchObject({ currency: 'EUR', timeZone: 'Europe/Berlin', state: 'ok' });
  });

  test('deals that were won add up to the totals of the double on the days they were closed', async () => {
    await reader.reader.read('pipelines', account);
    const items = await reader.read('deals', account, '2026-10-25', '2026-11-21', 50);
    const { conversions, revenue } = doubles.totals('hubspot', {
      account: account.id,
      from: '2026-10-25',
      to: '2026-11-21',
    });
    const within = items.filter(({ occurredAt }) => occurredAt >= new Date('2026-10-24T22:00:00Z'));
    expect(sums(within)).toEqual({ conversions, revenue });
    const living = items.filter(({ deleted }) => !deleted);
    expect(new Set(living.map(({ details }) => details['state']))).toEqual(new Set(['won', 'lost', 'open']));
    expect(items.some(({ details }) => details['stage'] === 'Closed won')).toBe(true);
    expect(
      items.every(({ channel }) => ['Meta Ads', 'Google Ads', 'Email', 'Organic Search', null].includes(channel)),
    ).toBe(true);
    expect(JSON.stringify(items.map(({ details }) => details))).not.toContain('@');
  });

  test('deals that were deleted come as deleted', async () => {
    const items = await reader.read('deals', account, '2026-11-01', '2026-11-21');
    const deleted = items.filter((item) => item.deleted);
    expect(deleted.length).toBeGreaterThan(0);
    expect(sums(deleted)).toEqual({ conversions: 0, revenue: '0' });
  });

  test('more rows than a search names ask for a shorter window', async () => {
    await expect(reader.read('contacts', account, '2026-01-01', '2026-11-20')).rejects.toMatchObject({
      failure: { class: 'too_much_data' },
    });
  });

  test('contacts bring the way they came, with ages in days', async () => {
    const items = await reader.read('contacts', account, '2026-11-10', '2026-11-20');
    expect(items.length).toBeGreaterThan(500);
    const journeys = [...reader.journeys.values()];
    expect(journeys.some(({ touches }) => touches.length === 2)).toBe(true);
    expect(journeys.some(({ conversions, value }) => conversions === 1 && value > 0n)).toBe(true);
    expect(journeys.every(({ touches }) => touches.every(({ age }) => age >= 0 && age < 400))).toBe(true);
    expect(journeys.every(({ conversions, nulls }) => conversions + nulls === 1)).toBe(true);
  });

  test('companies, e-mails by day and campaign results are read step by step', async () => {
    expect((await reader.read('companies', account, '2026-11-18', '2026-11-20')).length).toBeGreaterThan(10);
    await reader.reader.read('marketing_emails', account, '', '', 1);
    const { facts } = await reader.reader.read('email_daily', account, '2026-11-01', '2026-11-07', 1);
    const mails = new Set(facts.map(({ campaign }) => campaign));
    expect(facts).toHaveLength(mails.size * 7);
    expect(facts.every(({ impressions, channel }) => impressions > 0 && channel === 'Email')).toBe(true);
    await reader.reader.read('campaigns', account, '', '', 3);
    const results = await reader.read('campaign_results', account, '', '', 3);
    expect(results).toHaveLength(8);
    expect(
      results.every(({ details }) => Number(details['spend']) > 0 && typeof details['campaign'] === 'string'),
    ).toBe(true);
  });

  test('a scope that the plan does not include closes one stream only', async () => {
    await reader.close();
    await open(privateApps[1]);
    await expect(reader.read('campaign_results', account)).rejects.toMatchObject({
      failure: { class: 'permission', message: expect.stringContaining('marketing.campaigns.revenue.read') as string },
    });
    expect((await reader.read('deals', account, '2026-11-18', '2026-11-20')).length).toBeGreaterThan(0);
  });
});

describe('answers', () => {
  test('say how long to wait by the policy that was reached', () => {
    const wait = (policyName: string) => classifyHubspot(answer(429, { message: 'limit', policyName }))?.waitSeconds;
    expect(['SECONDLY', 'TEN_SECONDLY_ROLLING', 'DAILY', 'OTHER'].map(wait)).toEqual([1, 10, 3600, 10]);
  });

  test('near a limit the connector holds back', () => {
    const headers = {
      'x-hubspot-ratelimit-remaining': '1',
      'x-hubspot-ratelimit-interval-milliseconds': '10000',
      'x-hubspot-ratelimit-daily': '650000',
      'x-hubspot-ratelimit-daily-remaining': '600000',
    };
    expect(holdBackHubspot(answer(200, {}, headers))).toBe(10);
    expect(holdBackHubspot(answer(200, {}, { ...headers, 'x-hubspot-ratelimit-daily-remaining': '1000' }))).toBe(3600);
    expect(holdBackHubspot(answer(200, {}, {}))).toBeNull();
  });

  test('successes and usual errors are left to their status', () => {
    expect(classifyHubspot(answer(200, { results: [] }))).toBeNull();
    expect(classifyHubspot(answer(401, { message: 'expired', category: 'EXPIRED_AUTHENTICATION' }))).toBeNull();
    expect(classifyHubspot(answer(500, '<html>'))).toBeNull();
  });
});

test('groups of analytics become channels', () => {
  const of = (group: string, first: string | null = null, second: string | null = null) =>
    sourceIn({ s: group, s_data_1: first, s_data_2: second }, 's');
  expect(of('PAID_SOCIAL', 'LinkedIn', 'Guide')).toEqual({ channel: 'LinkedIn Ads', campaign: 'Guide' });
  expect(of('PAID_SEARCH', 'Brand')).toEqual({ channel: 'Google Ads', campaign: 'Brand' });
  expect(of('OTHER_CAMPAIGNS', 'Fair', 'idealo / affiliate')).toEqual({ channel: 'Affiliates', campaign: 'Fair' });
  expect(of('DIRECT_TRAFFIC')?.channel).toBe('Direct');
  expect(sourceIn({}, 's')).toBeNull();
});
