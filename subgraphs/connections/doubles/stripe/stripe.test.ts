import { afterEach, beforeEach, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../start-doubles.ts';
import { consent, localAddress } from '../testing.ts';

let doubles: Doubles;

beforeEach(async () => {
  doubles = await startDoubles({ platforms: ['stripe'], now: '2026-11-21T12:00:00Z' });
});
afterEach(() => doubles.stop());

interface List {
  data: { id: string; created: number; type?: string }[];
  has_more: boolean;
  error?: { message: string; code: string };
}

function get(path: string, key = 'rk_live_double_europe', headers: Record<string, string> = {}): Promise<Response> {
  return fetch(localAddress(doubles.url, `https://api.stripe.com/v1${path}`), {
    headers: { authorization: `Bearer ${key}`, ...headers },
  });
}

async function list(path: string): Promise<List> {
  return (await (await get(path)).json()) as List;
}

test('lists come newest first, ten at a time, behind the last id', async () => {
  const first = await list('/charges');
  expect(first.data).toHaveLength(10);
  expect(first.data.map(({ created }) => created)).toEqual(
    first.data.map(({ created }) => created).toSorted((a, b) => b - a),
  );
  const second = await list(`/charges?starting_after=${first.data.at(-1)!.id}`);
  expect(second.data[0]!.created).toBeLessThanOrEqual(first.data.at(-1)!.created);
  expect((await list('/charges?limit=101')).error?.message).toContain('between 1 and 100');
  expect((await list('/charges?starting_after=ch_unknown')).error?.code).toBe('resource_missing');
});

test('events are kept thirty days', async () => {
  const oldest = Math.floor(Date.parse('2026-10-22T12:00:00Z') / 1000);
  let last: List['data'][number] | undefined;
  for (let more = true; more;) {
    const page = await list(`/events?types[]=charge.refunded&limit=100${last ? `&starting_after=${last.id}` : ''}`);
    expect(page.data.every(({ type }) => type === 'charge.refunded')).toBe(true);
    [last, more] = [page.data.at(-1), page.has_more];
  }
  expect(last!.created).toBeGreaterThanOrEqual(oldest);
  expect(last!.created).toBeLessThan(oldest + 3 * 86_400);
});

test('answers name the version, and errors say whether to try again', async () => {
  const answer = await get('/balance', undefined, { 'stripe-version': '2026-07-29.dahlia' });
  expect(answer.headers.get('stripe-version')).toBe('2026-07-29.dahlia');
  doubles.control({ action: 'quota', calls: 1 });
  const refused = await get('/balance');
  expect([refused.status, refused.headers.get('stripe-should-retry')]).toEqual([429, 'true']);
});

test('keys see their own account, a platform those it names', async () => {
  const [, japan] = doubles.accounts('stripe');
  const own = (await (await get('/account', 'rk_live_double_japan')).json()) as { id: string };
  expect(own.id).toBe(japan!.id);
  const named = await get('/account', 'rk_live_double_platform', { 'stripe-account': japan!.id });
  expect(((await named.json()) as { id: string }).id).toBe(japan!.id);
  expect((await get('/account', undefined, { 'stripe-account': japan!.id })).status).toBe(403);
  expect((await get('/disputes', 'rk_live_double_japan')).status).toBe(403);
  expect((await get('/account', 'rk_live_wrong')).status).toBe(401);
});

test('a login gives a token without end, and the account', async () => {
  const app = { client_id: 'liftos-demo', scope: 'read_only', redirect_uri: 'https://a.example/x', state: 's' };
  const back = await consent(doubles.url, `https://connect.stripe.com/oauth/authorize?${new URLSearchParams(app)}`);
  const answer = await fetch(localAddress(doubles.url, 'https://connect.stripe.com/oauth/token'), {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: back.searchParams.get('code')!,
      client_id: 'liftos-demo',
      client_secret: 'liftos-demo-secret',
    }),
  });
  const { access_token: token, stripe_user_id: id } = (await answer.json()) as Record<string, string>;
  expect(id).toBe(doubles.accounts('stripe')[0]!.id);
  expect((await get('/charges', token)).status).toBe(200);
});
