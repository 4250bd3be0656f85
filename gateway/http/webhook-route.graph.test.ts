import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connections } from '@liftos/connections/subgraph.ts';
import type { Principal } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import { answer, ask, listenTo } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import { memory } from '@liftos/memory/subgraph.ts';
import { makeFixture } from '../testing/fixture.ts';
import { marketing } from '../testing/marketing.ts';
import { startGateway, type TestGateway } from '../testing/test-gateway.ts';

let runtime: TestRuntime;
let edge: TestGateway;
let shiftMs = 0;
beforeAll(async () => {
  runtime = await testRuntime([connections, memory], { now: () => new Date(Date.now() + shiftMs) });
  const fixture = makeFixture(marketing().subgraphs);
  edge = await startGateway(fixture.supergraph, fixture.sources, {
    webhooks: runtime.ports.webhooks,
    webhooksPerMinute: 1000,
  });
});
afterAll(async () => {
  await edge.close();
  await runtime.close();
});

interface Endpoint {
  id: string;
  url: string;
  path: string;
  secret: string;
  connectionId: string;
}

function get<T>(who: Principal, text: string, variables: Record<string, unknown> = {}): Promise<T> {
  return answer<T>(connections, text, { runtime, principal: who, variables });
}

async function refused(who: Principal, text: string, variables: Record<string, unknown>): Promise<unknown> {
  return (await ask(connections, text, { runtime, principal: who, variables })).errors?.[0]?.extensions['code'];
}

const createText = `mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) {
  secret endpoint { id url kind connection { id platform { id } } secrets { id expiresAt } } } }`;

async function create(who: Principal, input: Record<string, unknown> = {}): Promise<Endpoint> {
  const { createWebhookEndpoint: made } = await get<{
    createWebhookEndpoint: { secret: string; endpoint: { id: string; url: string; connection: { id: string } } };
  }>(who, createText, { input: { kind: 'CUSTOM', name: 'Shop', ...input } });
  const { id, url, connection } = made.endpoint;
  return { id, url, path: new URL(url).pathname, secret: made.secret, connectionId: connection.id };
}

/** Sends as docs/webhooks.md says. */
function send(endpoint: Endpoint, body: string, change: { secret?: string; ago?: number; key?: string } = {}) {
  const time = Math.floor((Date.now() + shiftMs) / 1000) - (change.ago ?? 0);
  const signature = createHmac('sha256', change.secret ?? endpoint.secret)
    .update(`${time}.${body}`)
    .digest('hex');
  return post(endpoint.path, body, {
    'liftos-signature': `t=${time},v1=${signature}`,
    'idempotency-key': change.key ?? randomUUID(),
  });
}

function post(path: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(new URL(path, edge.url), {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

interface Delivery {
  id: string;
  event: string;
  eventId: string;
  state: string;
  attempts: number;
  rowsStored: number;
  rowsRefused: number;
  errors: string[];
  body: string;
}

async function deliveries(who: Principal, id: string): Promise<Delivery[]> {
  const { webhookEndpoint } = await get<{ webhookEndpoint: { deliveries: { edges: { node: Delivery }[] } } }>(
    who,
    `query ($id: ID!) { webhookEndpoint(id: $id) { waiting deliveries(first: 500) { edges { node {
      id event eventId state attempts rowsStored rowsRefused errors body } } } } }`,
    { id },
  );
  return webhookEndpoint.deliveries.edges.map(({ node }) => node);
}

function settled(who: Principal, id: string, count: number): Promise<Delivery[]> {
  return until(async () => {
    const all = await deliveries(who, id);
    return all.length === count && all.every(({ state }) => state !== 'WAITING') && all;
  });
}

function items(who: Principal) {
  const query = { kinds: ['order', 'refund', 'payment', 'event'] as const, from: '2026-01-01', to: '2027-12-31' };
  const context = createContext({ runtime, principal: who });
  return runtime.ports.memory.items(context, { ...query, sourceKinds: ['live'] });
}

const person = (): Principal => testPrincipal(runtime.newOrganization());

function order(change: Record<string, unknown> = {}): string {
  const row = { id: 'A-1', occurredAt: '2026-11-20T10:00:00Z', amount: '12.50', channel: 'newsletter', ...change };
  return JSON.stringify({ orders: [row] });
}

describe('a delivery', () => {
  it('can be queried as an item and in the figures of its day', async () => {
    const who = person();
    const endpoint = await create(who, { currency: 'CHF' });
    expect(endpoint.url).toMatch(/\/webhooks\/[\w-]{32}$/);
    const response = await send(endpoint, order());
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ received: true, repeated: false });
    const [delivery] = await settled(who, endpoint.id, 1);
    expect(delivery).toMatchObject({ state: 'STORED', event: 'orders', rowsStored: 1, errors: [], body: order() });
    expect(await items(who)).toMatchObject({ key: ['A-1'], kind: ['order'], currency: ['CHF'], basis: ['booked'] });
    const context = createContext({ runtime, principal: who });
    const days = { from: '2026-11-20', to: '2026-11-20', sourceKinds: ['live'] as const };
    const frame = await runtime.ports.memory.records(context, days);
    expect(frame).toMatchObject({ channel: ['newsletter'], connectionId: [endpoint.connectionId] });
    expect(frame.revenue[0]).toBe(12_500_000n);
  });

  it('brings refunds, payments, events and daily figures', async () => {
    const who = person();
    const endpoint = await create(who);
    const at = { occurredAt: '2026-11-19T23:30:00+01:00' };
    const day = { date: '2026-11-18', channel: 'radio', campaign: 'Autumn', spend: 100, clicks: 4 };
    const body = {
      event: 'evening',
      refunds: [{ id: 'R-1', orderId: 'A-1', amount: 5, channel: 'newsletter', ...at }],
      payments: [{ id: 'P-1', amount: 99.99, currency: 'USD', ...at }],
      events: [{ id: 'E-1', name: 'trial started', ...at }],
      daily: [day, { ...day, campaign: 'Winter' }],
    };
    await send(endpoint, JSON.stringify(body));
    expect(await settled(who, endpoint.id, 1)).toMatchObject([{ state: 'STORED', event: 'evening', rowsStored: 5 }]);
    const found = await items(who);
    expect(found.kind.toSorted()).toEqual(['event', 'payment', 'refund']);
    expect(found.revenue[found.kind.indexOf('refund')]).toBe(-5_000_000n);
    expect(new Set(found.date)).toEqual(new Set(['2026-11-19']));
  });

  it('that is sent a hundred times at once has one effect', async () => {
    const who = person();
    const endpoint = await create(who);
    const answers = await Promise.all(Array.from({ length: 100 }, () => send(endpoint, order(), { key: 'same' })));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 202)).toHaveLength(1);
    expect(statuses.filter((status) => status === 200)).toHaveLength(99);
    expect(await settled(who, endpoint.id, 1)).toMatchObject([{ eventId: 'same', attempts: 1, rowsStored: 1 }]);
    expect((await items(who)).key).toEqual(['A-1']);
  });

  it('older than one that came before it changes nothing', async () => {
    const who = person();
    const endpoint = await create(who);
    const version = (minute: number): string =>
      order({ amount: minute, updatedAt: `2026-11-20T11:${String(minute).padStart(2, '0')}:00Z` });
    for (const minute of [20, 10]) {
      await send(endpoint, version(minute));
      await settled(who, endpoint.id, minute === 20 ? 1 : 2);
    }
    expect((await items(who)).revenue[0]).toBe(20_000_000n);
    const shuffled = [33, 31, 35, 34, 32];
    await Promise.all(shuffled.map((minute) => send(endpoint, version(minute))));
    await settled(who, endpoint.id, 7);
    expect((await items(who)).revenue).toEqual(BigInt64Array.of(35_000_000n));
  });

  it('names each row that is wrong, and the others are kept', async () => {
    const who = person();
    const endpoint = await create(who);
    const { orders } = JSON.parse(order()) as { orders: Record<string, unknown>[] };
    const bad = [
      { ...orders[0], id: 'B', amount: 'much' },
      { ...orders[0], id: 'C', currency: 'XXQ' },
      { ...orders[0], id: 'D', occurredAt: 'yesterday' },
      { ...orders[0], id: 'E', details: { note: '\u0000' } },
      { ...orders[0], id: 'F', email: 'a@b.example' },
    ];
    await send(endpoint, JSON.stringify({ orders: [...orders, ...bad], other: [] }));
    const [delivery] = await settled(who, endpoint.id, 1);
    expect(delivery).toMatchObject({ state: 'PARTIAL', rowsStored: 1, rowsRefused: 5 });
    expect(delivery!.errors.join('\n')).toMatch(/other: unknown[\s\S]*orders\.1\.amount[\s\S]*orders\.3\.occurredAt/);
    expect(delivery!.errors.join('\n')).toMatch(/orders\.5.*email/);
    expect((await items(who)).key).toEqual(['A-1']);
  });

  it('that is no JSON fails with the reason, and can be sent through again', async () => {
    const who = person();
    const endpoint = await create(who);
    expect((await send(endpoint, '{"orders": [')).status).toBe(202);
    const [delivery] = await settled(who, endpoint.id, 1);
    expect(delivery).toMatchObject({ state: 'FAILED', errors: ['The body is no JSON.'] });
    const again = 'mutation ($id: ID!) { replayFailedDeliveries(endpointId: $id) { count } }';
    expect(await get(who, again, { id: endpoint.id })).toEqual({ replayFailedDeliveries: { count: 1 } });
    const one = await until(async () => (await deliveries(who, endpoint.id)).find(({ attempts }) => attempts === 2));
    expect(one.state).toBe('FAILED');
    await get(who, 'mutation ($id: ID!) { replayDelivery(id: $id) { count } }', { id: one.id });
    await until(async () => (await deliveries(who, endpoint.id)).find(({ attempts }) => attempts === 3));
  });
});

describe('nothing is let in', () => {
  it('with a changed body, without a signature, with another secret, or ten minutes late', async () => {
    const who = person();
    const endpoint = await create(who);
    const time = Math.floor(Date.now() / 1000);
    const signature = createHmac('sha256', endpoint.secret).update(`${time}.${order()}`).digest('hex');
    const headers = { 'liftos-signature': `t=${time},v1=${signature}` };
    expect((await post(endpoint.path, `${order()} `, headers)).status).toBe(401);
    expect((await post(endpoint.path, order())).status).toBe(401);
    expect((await send(endpoint, order(), { secret: 'f'.repeat(64) })).status).toBe(401);
    expect((await send(endpoint, order(), { ago: 600 })).status).toBe(400);
    expect((await send(endpoint, order(), { ago: -600 })).status).toBe(400);
    expect(await deliveries(who, endpoint.id)).toEqual([]);
    const text = 'query ($id: ID!) { webhookEndpoint(id: $id) { refusal refusedAt } }';
    expect(await get(who, text, { id: endpoint.id })).toMatchObject({
      webhookEndpoint: { refusal: 'The signature does not hold.' },
    });
    expect((await post(endpoint.path, order(), headers)).status).toBe(202);
  });

  it('at an address that does not exist', async () => {
    for (const path of ['/webhooks/', '/webhooks/short', `/webhooks/${'x'.repeat(32)}`, '/webhooks/..%2Fgraphql']) {
      expect((await post(path, '{}')).status).toBe(404);
    }
    const endpoint = await create(person());
    expect((await fetch(new URL(endpoint.path, edge.url))).status).toBe(404);
  });

  it('beyond a megabyte', async () => {
    const endpoint = await create(person());
    const response = await send(endpoint, ' '.repeat(1024 * 1024 + 1));
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'QUOTA_EXCEEDED' } }] });
    expect((await send(endpoint, order().padEnd(1024 * 1024))).status).toBe(202);
  });

  it('beyond the limit of an address, which leaves other addresses alone', async () => {
    const limited = await startGateway(makeFixture(marketing().subgraphs).supergraph, new Map(), {
      webhooks: runtime.ports.webhooks,
      webhooksPerMinute: 3,
    });
    const [one, two] = [await create(person()), await create(person())];
    const hit = (path: string) => fetch(new URL(path, limited.url), { method: 'POST', body: '{}' });
    for (let i = 0; i < 3; i += 1) expect((await hit(one.path)).status).toBe(401);
    const over = await hit(one.path);
    expect(over.status).toBe(429);
    expect(Number(over.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await hit(two.path)).status).toBe(401);
    await limited.close();
  });
});

describe('an endpoint', () => {
  const rotateText = `mutation ($input: RotateWebhookSecretInput!) { rotateWebhookSecret(input: $input) {
    secret endpoint { secrets { expiresAt } } } }`;

  it('takes the old secret and the new one for a while, then the new one', async () => {
    const who = person();
    const endpoint = await create(who);
    const { rotateWebhookSecret } = await get<{
      rotateWebhookSecret: { secret: string; endpoint: { secrets: { expiresAt: string | null }[] } };
    }>(who, rotateText, { input: { endpointId: endpoint.id, overlapHours: 2 } });
    expect(rotateWebhookSecret.endpoint.secrets).toMatchObject([{ expiresAt: null }, { expiresAt: expect.anything() }]);
    const secret = rotateWebhookSecret.secret;
    expect((await send(endpoint, order())).status).toBe(202);
    expect((await send(endpoint, order(), { secret })).status).toBe(202);
    shiftMs = 3 * 3_600_000;
    expect((await send(endpoint, order())).status).toBe(401);
    expect((await send(endpoint, order(), { secret })).status).toBe(202);
    shiftMs = 0;
    await settled(who, endpoint.id, 3);
  });

  it('keeps no secret in clear', async () => {
    const endpoint = await create(person());
    const { rows } = await runtime.database.driver.query(null, 'select sealed from connections.webhook_secret', []);
    expect(rows.some(({ sealed }) => String(sealed).includes(endpoint.secret))).toBe(false);
    const half = endpoint.secret.slice(0, 24);
    const decoded = rows.map(({ sealed }) => Buffer.from(String(sealed), 'base64').toString('latin1'));
    expect(decoded.some((text) => text.includes(half))).toBe(false);
  });

  it('does not exist for another organisation', async () => {
    const endpoint = await create(person());
    await send(endpoint, order());
    const eve = person();
    const { id } = endpoint;
    expect(await get(eve, 'query ($id: ID!) { webhookEndpoint(id: $id) { id } }', { id })).toEqual({
      webhookEndpoint: null,
    });
    expect(await get(eve, '{ webhookEndpoints { id } }')).toEqual({ webhookEndpoints: [] });
    expect(await refused(eve, rotateText, { input: { endpointId: id } })).toBe('NOT_FOUND');
    expect(await refused(eve, 'mutation ($id: ID!) { deleteWebhookEndpoint(id: $id) { endpointId } }', { id })).toBe(
      'NOT_FOUND',
    );
    expect(
      await refused(eve, 'mutation ($id: ID!) { replayFailedDeliveries(endpointId: $id) { count } }', { id }),
    ).toBe('NOT_FOUND');
    const input = { kind: 'CUSTOM', name: 'Mine', connectionId: endpoint.connectionId };
    expect(await refused(eve, createText, { input })).toBe('NOT_FOUND');
  });

  it('goes with its connection, and so does what it brought in', async () => {
    const who = person();
    const endpoint = await create(who);
    await send(endpoint, order());
    await settled(who, endpoint.id, 1);
    const text = 'mutation ($id: ID!) { deleteConnection(id: $id) { connectionId } }';
    await get(who, text, { id: endpoint.connectionId });
    expect((await send(endpoint, order())).status).toBe(404);
    await until(async () => (await items(who)).key.length === 0);
  });

  it('has a connection with nothing to fetch', async () => {
    const who = person();
    const { connectionId: id } = await create(who);
    expect(await refused(who, 'mutation ($id: ID!) { startSync(connectionId: $id) { syncRun { id } } }', { id })).toBe(
      'BAD_USER_INPUT',
    );
    const text = 'mutation ($input: UpdateConnectionInput!) { updateConnection(input: $input) { connection { id } } }';
    expect(await refused(who, text, { input: { id, schedule: '0 6 * * *' } })).toBe('BAD_USER_INPUT');
  });

  it('is removed alone when only it is no longer wanted', async () => {
    const who = person();
    const endpoint = await create(who);
    await send(endpoint, order());
    await settled(who, endpoint.id, 1);
    await get(who, 'mutation ($id: ID!) { deleteWebhookEndpoint(id: $id) { endpointId } }', { id: endpoint.id });
    expect((await send(endpoint, order())).status).toBe(404);
    expect((await items(who)).key).toEqual(['A-1']);
    const { rows } = await runtime.database.driver.query(
      who.organizationId,
      "select topic from runtime.event where audited and topic like 'webhook.%' order by sequence",
      [],
    );
    expect(rows.map(({ topic }) => topic)).toEqual(['webhook.created', 'webhook.deleted']);
  });
});

it('none is left behind when a job ends while the next delivery arrives', async () => {
  const who = person();
  const endpoint = await create(who);
  for (let index = 0; index < 100; index += 1) {
    expect((await send(endpoint, order({ id: `N-${index}` }))).status).toBe(202);
    // Now and then a job has the time to come to rest.
    if (index % 10 === 9) await settled(who, endpoint.id, index + 1);
  }
  expect((await items(who)).key).toHaveLength(100);
});

it('a burst is worked on in a few batches, and told of live', async () => {
  const who = person();
  const endpoint = await create(who);
  const stop = new AbortController();
  const text = `subscription ($id: ID) { webhookDelivered(endpointId: $id) {
    deliveries rowsStored failed endpoint { id } } }`;
  const stream = await listenTo<{ webhookDelivered: { deliveries: number; rowsStored: number } }>(connections, text, {
    runtime,
    principal: who,
    signal: stop.signal,
    variables: { id: endpoint.id },
  });
  const steps: number[] = [];
  const following = (async () => {
    for await (const { data } of stream) {
      steps.push(data!.webhookDelivered.deliveries);
      if (steps.reduce((sum, one) => sum + one, 0) === 400) return;
    }
  })();
  const sent = Array.from({ length: 400 }, (_, index) => send(endpoint, order({ id: `N-${index}`, amount: index })));
  for (const { status } of await Promise.all(sent)) expect(status).toBe(202);
  await settled(who, endpoint.id, 400);
  await following;
  stop.abort();
  const found = await items(who);
  expect(found.key).toHaveLength(400);
  expect(found.revenue.reduce((sum, one) => sum + one, 0n)).toBe(79_800_000_000n);
  const { rows } = await runtime.database.driver.query(
    who.organizationId,
    "select count(*) as jobs from runtime.job where type = 'connections.webhook-drain'",
    [],
  );
  expect(Number(rows[0]?.['jobs'])).toBeLessThan(100);
  expect(steps.length).toBeLessThan(100);
});
