import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../start-doubles.ts';
import { localAddress } from '../testing.ts';

interface Row {
  transaction_info: {
    transaction_id: string;
    transaction_event_code: string;
    transaction_initiation_date: string;
    transaction_status: string;
    transaction_amount: { value: string };
  };
}
interface Report {
  transaction_details: Row[];
  total_items: number;
  total_pages: number;
  last_refreshed_datetime: string;
  name?: string;
  details?: { issue: string }[];
}

const live = 'https://api-m.paypal.com';
let doubles: Doubles;
let token: string;

beforeEach(async () => {
  doubles = await startDoubles({ platforms: ['paypal'], now: '2026-11-21T12:00:00Z' });
  token = (await tokenOf(live)).access_token;
});
afterEach(() => doubles.stop());

async function tokenOf(host: string, secret = 'liftos-demo-secret') {
  const basic = Buffer.from(`liftos-demo:${secret}`).toString('base64');
  const answer = await fetch(localAddress(doubles.url, `${host}/v1/oauth2/token`), {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  return (await answer.json()) as { access_token: string; expires_in: number; scope: string; error?: string };
}

async function ask(path: string, of = token, host = live): Promise<Response> {
  return await fetch(localAddress(doubles.url, `${host}/v1${path}`), { headers: { authorization: `Bearer ${of}` } });
}

async function report(from: string, to: string, more = '', size = 500): Promise<Report> {
  const path = `/reporting/transactions?start_date=${from}T00:00:00Z&end_date=${to}T23:59:59Z&page_size=${size}`;
  return (await (await ask(`${path}&transaction_currency=EUR${more}`)).json()) as Report;
}

describe('tokens', () => {
  test('are asked for with the id and secret, and name their scopes', async () => {
    const { expires_in: seconds, scope } = await tokenOf(live);
    expect(seconds).toBe(32_400);
    expect(scope).toContain('reporting/search/read');
    expect((await tokenOf(live, 'wrong')).error).toBe('invalid_client');
    doubles.control({ action: 'advanceClock', seconds: 32_401 });
    expect((await ask('/reporting/balances')).status).toBe(401);
  });

  test('of an app without transaction search are refused', async () => {
    const sandbox = 'https://api-m.sandbox.paypal.com';
    const { access_token: other, scope } = await tokenOf(sandbox);
    expect(scope).not.toContain('reporting/search/read');
    const refused = await ask('/reporting/balances', other, sandbox);
    expect([refused.status, ((await refused.json()) as Report).name]).toEqual([403, 'NOT_AUTHORIZED']);
  });
});

describe('the report', () => {
  test('is three hours late, and says up to when it goes', async () => {
    const { transaction_details: rows, last_refreshed_datetime: refreshed } = await report('2026-11-21', '2026-11-21');
    expect(refreshed).toBe('2026-11-21T09:00:00+0000');
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.every(({ transaction_info: info }) => info.transaction_initiation_date <= refreshed)).toBe(true);
    const early = await report('2026-11-22', '2026-11-22');
    expect(early.details?.[0]?.issue).toContain('not available');
  });

  test('has pages that add up, and ids that come twice', async () => {
    const rows: Row[] = [];
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      const one = await report('2026-11-01', '2026-11-07', `&page=${page}`, 50);
      pages = one.total_pages;
      rows.push(...one.transaction_details);
    }
    expect(rows).toHaveLength((await report('2026-11-01', '2026-11-07')).total_items);
    const ids = rows.map(({ transaction_info: info }) => info.transaction_id);
    expect(new Set(ids).size).toBeLessThan(ids.length);
    expect(ids.every((id) => id.startsWith('5E'))).toBe(true);
  });

  test('counts authorisations unless only what moves money is asked for', async () => {
    const all = await report('2026-11-01', '2026-11-07', '&balance_affecting_records_only=N');
    const moved = await report('2026-11-01', '2026-11-07', '&balance_affecting_records_only=Y');
    expect(all.total_items).toBeGreaterThan(moved.total_items * 1.5);
    const events = new Set(moved.transaction_details.map(({ transaction_info: info }) => info.transaction_event_code));
    expect([...events].toSorted()).toEqual(['T0006', 'T0400', 'T1107']);
  });

  test('refuses more than 31 days, wrong dates and pages, and too many rows', async () => {
    const long = await report('2026-10-01', '2026-11-10');
    expect([long.name, long.details?.[0]?.issue]).toEqual(['INVALID_REQUEST', 'Date range is greater than 31 days']);
    const fractions = await ask(
      '/reporting/transactions?start_date=2026-11-01T00:00:00.000Z&end_date=2026-11-02T00:00:00Z',
    );
    expect(fractions.status).toBe(400);
    expect((await report('2026-11-01', '2026-11-02', '', 501)).name).toBe('INVALID_REQUEST');
    doubles.control({ action: 'tooMuchData', limitDays: 2 });
    expect((await report('2026-11-01', '2026-11-07')).name).toBe('RESULTSET_TOO_LARGE');
  });

  test('changes later: what was pending is settled', async () => {
    const status = async () => {
      const { transaction_details: rows } = await report('2026-11-20', '2026-11-20');
      return new Set(rows.map(({ transaction_info: info }) => info.transaction_status));
    };
    expect(await status()).toContain('P');
    doubles.control({ action: 'advanceClock', days: 3 });
    token = (await tokenOf(live)).access_token;
    expect(await status()).not.toContain('P');
  });
});

test('limits do not say how long to wait', async () => {
  doubles.control({ action: 'quota', calls: 1 });
  await ask('/reporting/balances');
  const refused = await ask('/reporting/balances');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBeNull();
  doubles.control({ action: 'advanceClock', seconds: 61 });
  expect((await ask('/reporting/balances')).status).toBe(200);
});

test('disputes come in pages with a link to the next one', async () => {
  const first = (await (await ask('/customer/disputes?page_size=5')).json()) as {
    items: unknown[];
    links: { href: string }[];
  };
  expect(first.items).toHaveLength(5);
  const token2 = new URL(first.links[0]!.href).searchParams.get('next_page_token')!;
  const second = (await (await ask(`/customer/disputes?page_size=5&next_page_token=${token2}`)).json()) as typeof first;
  expect(second.items).not.toEqual(first.items);
});
