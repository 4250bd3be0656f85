import { afterEach, beforeEach, expect, test } from 'vitest';
import { startDoubles, type Doubles } from '../start-doubles.ts';
import { consent, localAddress } from '../testing.ts';

const shop = 'https://nordwind-europe.myshopify.com';
const app = { client_id: 'liftos-demo', client_secret: 'liftos-demo-secret' };
let doubles: Doubles;

beforeEach(async () => {
  doubles = await startDoubles({ platforms: ['shopify'], now: '2026-11-21T12:00:00Z' });
});
afterEach(() => doubles.stop());

interface Tokens {
  access_token: string;
  refresh_token: string;
  expires_in: number;
  error?: string;
}
interface Answered {
  data: Record<string, { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }>;
  errors?: { extensions: { code: string } }[];
  extensions: { cost: { throttleStatus: { restoreRate: number } } };
}

async function tokens(body: Record<string, string>): Promise<Tokens> {
  const answer = await fetch(localAddress(doubles.url, `${shop}/admin/oauth/access_token`), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...app, ...body }),
  });
  return (await answer.json()) as Tokens;
}

async function login(more: Record<string, string> = { expiring: '1' }): Promise<Tokens> {
  const query = new URLSearchParams({ ...app, scope: 'read_orders', redirect_uri: 'https://a.example/x', state: 's' });
  const back = await consent(doubles.url, `${shop}/admin/oauth/authorize?${query}`);
  return await tokens({ code: back.searchParams.get('code')!, ...more });
}

async function ask(query: string, variables: unknown, token = 'shpat_double_nordwind_europe'): Promise<Response> {
  return await fetch(localAddress(doubles.url, `${shop}/admin/api/2026-10/graphql.json`), {
    method: 'POST',
    headers: { 'x-shopify-access-token': token, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
}

const search = "updated_at:>='2026-11-01T00:00:00Z' AND updated_at:<'2026-11-08T00:00:00Z'";
const orders = async (more: object = {}): Promise<Answered> =>
  (await (await ask('{ orders(first: $first) { edges } }', { first: 50, search, ...more })).json()) as Answered;

test('only tokens that end are given', async () => {
  expect((await login({})).error).toBe('invalid_request');
  const { access_token: token, expires_in: seconds } = await login();
  expect(seconds).toBe(3600);
  expect((await ask('{ shop { name } }', {}, token)).status).toBe(200);
  doubles.control({ action: 'advanceClock', seconds: 3601 });
  expect((await ask('{ shop { name } }', {}, token)).status).toBe(401);
});

test('a refresh token lives until the one after it was used', async () => {
  const first = await login();
  const renew = (refresh: string) => tokens({ grant_type: 'refresh_token', refresh_token: refresh });
  const second = await renew(first.refresh_token);
  const again = await renew(first.refresh_token);
  expect(again.access_token).toMatch(/^shpat_/);
  await renew(second.refresh_token);
  expect((await renew(first.refresh_token)).error).toBe('invalid_grant');
});

test('a login ends the one before it, and a token is for one shop', async () => {
  const [first, second] = [await login(), await login()];
  expect((await ask('{ shop { name } }', {}, second.access_token)).status).toBe(200);
  expect((await ask('{ shop { name } }', {}, first.access_token)).status).toBe(401);
  expect((await ask('{ shop { name } }', {}, 'shpat_double_nordwind_pacific')).status).toBe(401);
});

test('pages lead through everything in the order of change', async () => {
  const ids: string[] = [];
  for (let after: string | null = null, more = true; more;) {
    const { edges, pageInfo }: Answered['data'][string] = (await orders({ after })).data['orders']!;
    ids.push(...edges.map(({ node }) => node.id));
    [after, more] = [pageInfo.endCursor, pageInfo.hasNextPage];
  }
  expect(ids.length).toBeGreaterThan(100);
  expect(new Set(ids).size).toBe(ids.length);
  expect((await orders({ first: 251 })).errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
});

test('points run out with status 200 and come back with time', async () => {
  expect((await orders()).extensions.cost.throttleStatus.restoreRate).toBe(100);
  doubles.control({ action: 'reset' });
  doubles.control({ action: 'quota', calls: 100 });
  expect((await orders()).errors).toBeUndefined();
  expect((await orders()).errors?.[0]?.extensions.code).toBe('THROTTLED');
  doubles.control({ action: 'advanceClock', seconds: 2 });
  expect((await orders()).errors).toBeUndefined();
});

test('a bulk operation runs alone, and its file names the parents of nested objects', async () => {
  const start = async () =>
    (await (
      await ask('mutation ($query: String!) { bulkOperationRunQuery(query: $query) { bulkOperation { id } } }', {
        query: `{ orders(query: "${search}") { edges { node { id refunds { id } } } } }`,
      })
    ).json()) as {
      data: { bulkOperationRunQuery: { bulkOperation: { id: string }; userErrors: { code: string }[] } };
    };
  const { id } = (await start()).data.bulkOperationRunQuery.bulkOperation;
  expect((await start()).data.bulkOperationRunQuery.userErrors[0]?.code).toBe('OPERATION_IN_PROGRESS');
  const poll = async () =>
    (
      (await (await ask('query ($id: ID!) { node(id: $id) { id } }', { id })).json()) as {
        data: { node: { status: string; url: string } };
      }
    ).data.node;
  expect((await poll()).status).toBe('RUNNING');
  doubles.control({ action: 'advanceClock', seconds: 10 });
  const { status, url } = await poll();
  expect(status).toBe('COMPLETED');
  const file = await (await fetch(localAddress(doubles.url, url))).text();
  const lines = file
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; __parentId?: string });
  const known = new Set(lines.map((line) => line.id));
  const children = lines.filter(({ __parentId: parent }) => parent !== undefined);
  expect(children.length).toBeGreaterThan(3);
  expect(children.every(({ __parentId: parent }) => known.has(parent!))).toBe(true);
});
