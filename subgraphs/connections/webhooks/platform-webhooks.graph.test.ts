import { createHash, createHmac, createSign, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { Stripe } from 'stripe';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Principal } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import { readConfig } from '@liftos/core/config.ts';
import { isAppError } from '@liftos/core/errors.ts';
import { internalTokens } from '@liftos/core/internal-token.ts';
import type { WebhookPort } from '@liftos/core/ports/ports.ts';
import { remotePorts } from '@liftos/core/ports/remote-ports.ts';
import { serveSubgraph } from '@liftos/core/serve/serve-subgraph.ts';
import { answer, ask } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import type { Runtime } from '@liftos/core/runtime.ts';
import { connections } from '../subgraph.ts';
import { fakeMemory, type FakeMemory } from '../testing/fake-memory.ts';
import { careForWebhooks } from './care.ts';
import { selfSigned } from './testing/certificate.ts';

let runtime: TestRuntime;
let memory: FakeMemory;
let doubles: Server;
const certificate = selfSigned('messageverificationcerts.paypal.com');
let shiftMs = 0;
let certificateCalls = 0;
beforeAll(async () => {
  doubles = createServer((request, response) => {
    const isCertificate = request.url === '/api.paypal.com/v1/notifications/certs/CERT-1';
    if (isCertificate) certificateCalls += 1;
    response.writeHead(isCertificate ? 200 : 404).end(isCertificate ? certificate.pem : '');
  });
  await new Promise<void>((resolve) => doubles.listen(0, '127.0.0.1', resolve));
  memory = fakeMemory();
  runtime = await testRuntime([connections], {
    env: { LIFTOS_PLATFORMS_URL: `http://127.0.0.1:${(doubles.address() as AddressInfo).port}` },
    remotePorts: { memory },
    now: () => new Date(Date.now() + shiftMs),
  });
});
afterAll(async () => {
  await runtime.close();
  doubles.close();
});

interface Endpoint {
  who: Principal;
  id: string;
  publicId: string;
  connectionId: string;
  secret: string;
}

const secret = 'the-secret-that-the-platform-shows';

/** An endpoint of a connection of a platform, made as the wizard would make it. */
async function endpointOf(kind: string, platform: string, given: string | null = secret): Promise<Endpoint> {
  const who = testPrincipal(runtime.newOrganization());
  const connectionId = createContext({ runtime, principal: who }).newId();
  const settings = JSON.stringify({ from: '2026-11-01', seed: 1, values: {}, method: 'key' });
  await runtime.database.driver.query(
    who.organizationId,
    `insert into connections.connection (organization_id, id, name, platform, mode, settings, currency, time_zone,
       created_at) values ($1, $2, $3, $3, 'LIVE', $4, 'EUR', 'Europe/Berlin', now())`,
    [who.organizationId, connectionId, platform, settings],
  );
  const made = await answer<{
    createWebhookEndpoint: { secret: string | null; endpoint: { id: string; url: string } };
  }>(
    connections,
    `mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) {
      secret endpoint { id url } } }`,
    { runtime, principal: who, variables: { input: { kind, name: platform, connectionId, secret: given } } },
  );
  const { endpoint, secret: shown } = made.createWebhookEndpoint;
  const publicId = endpoint.url.split('/').at(-1)!;
  return { who, id: endpoint.id, publicId, connectionId, secret: shown ?? given ?? '' };
}

async function receive(
  endpoint: Endpoint,
  body: string,
  headers: Record<string, string>,
  port: WebhookPort = runtime.ports.webhooks,
): Promise<string> {
  const url = `https://lift.example/webhooks/${endpoint.publicId}`;
  const request = { endpointId: endpoint.publicId, method: 'POST', url, headers, body: Buffer.from(body) };
  try {
    return (await port.receive(request)).repeated ? 'repeated' : 'kept';
  } catch (error) {
    if (isAppError(error)) return error.code;
    throw error;
  }
}

async function rowsOf(who: Principal, text: string): Promise<Record<string, unknown>[]> {
  return (await runtime.database.driver.query(who.organizationId, text, [])).rows;
}

/** The state of the only delivery once it was worked on. */
function state(who: Principal): Promise<string> {
  return until(async () => {
    const [row] = await rowsOf(who, 'select state, errors from connections.webhook_delivery order by id desc limit 1');
    return row && row['state'] !== 'WAITING' && String(row['state']);
  });
}

const base64 = (key: string, text: string): string => createHmac('sha256', key).update(text).digest('base64');

it('Shopify: a removed app breaks the connection and says what to do', async () => {
  const endpoint = await endpointOf('SHOPIFY', 'shopify');
  const send = (body: string, topic: string, id: string) =>
    receive(endpoint, body, {
      'x-shopify-hmac-sha256': base64(secret, body),
      'x-shopify-topic': topic,
      'x-shopify-webhook-id': id,
    });
  const order = JSON.stringify({ id: 1, total_price: '1.00' });
  expect(await send(order, 'app/uninstalled', 'w0')).toBe('kept');
  await state(endpoint.who);
  const read = 'select auth_state, auth_message from connections.connection';
  expect(await rowsOf(endpoint.who, read)).toMatchObject([{ auth_state: 'NONE' }]);
  expect(await send(JSON.stringify({ id: 7, myshopify_domain: 'a.myshopify.com' }), 'app/uninstalled', 'w1')).toBe(
    'kept',
  );
  await until(async () => (await rowsOf(endpoint.who, read))[0]?.['auth_state'] === 'BROKEN');
  expect(await rowsOf(endpoint.who, read)).toMatchObject([
    { auth_message: 'The app was removed from the shop. Connect the shop again.' },
  ]);
  expect(await send(JSON.stringify({ id: 9 }), 'products/update', 'w2')).toBe('kept');
  await until(async () => (await state(endpoint.who)) === 'IGNORED');
});

it('Stripe: the secret is set once the platform shows it, and the event id is taken once', async () => {
  const endpoint = await endpointOf('STRIPE', 'stripe', null);
  const object = { object: 'charge', id: 'ch_1', amount: 500, currency: 'eur', created: 1_795_132_800 };
  const body = JSON.stringify({ id: 'evt_1', type: 'charge.succeeded', created: 1_795_132_800, data: { object } });
  const header = () => ({ 'stripe-signature': Stripe.webhooks.generateTestHeaderString({ payload: body, secret }) });
  expect(await receive(endpoint, body, header())).toBe('UNAUTHENTICATED');
  const rotate = `mutation ($input: RotateWebhookSecretInput!) { rotateWebhookSecret(input: $input) { secret } }`;
  const variables = { input: { endpointId: endpoint.id, secret: ` ${secret} ` } };
  expect(await answer(connections, rotate, { runtime, principal: endpoint.who, variables })).toEqual({
    rotateWebhookSecret: { secret: null },
  });
  expect(await receive(endpoint, body, header())).toBe('kept');
  expect(await receive(endpoint, body, header())).toBe('repeated');
  const missing = await ask(connections, rotate, {
    runtime,
    principal: endpoint.who,
    variables: { input: { endpointId: endpoint.id } },
  });
  expect(missing.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.secret' });
});

it('HubSpot: changes ask for one sync in a moment', async () => {
  const endpoint = await endpointOf('HUBSPOT', 'hubspot');
  const send = (events: Record<string, unknown>[]) => {
    const body = JSON.stringify(events);
    const time = String(runtime.now().getTime());
    const text = `POSThttps://lift.example/webhooks/${endpoint.publicId}${body}${time}`;
    return receive(endpoint, body, {
      'x-hubspot-signature-v3': base64(secret, text),
      'x-hubspot-request-timestamp': time,
    });
  };
  const change = { eventId: 1, subscriptionId: 2, occurredAt: 3, objectId: 4, subscriptionType: 'deal.propertyChange' };
  expect(await send([{ ...change, attemptNumber: 0 }])).toBe('kept');
  expect(await send([{ ...change, attemptNumber: 1 }])).toBe('repeated');
  expect(await send([{ ...change, eventId: 9 }])).toBe('kept');
  await until(
    async () =>
      (await rowsOf(endpoint.who, "select id from connections.webhook_delivery where state = 'STORED'")).length === 2,
  );
  const jobs = "select id from runtime.job where type = 'connections.webhook-sync'";
  expect(await rowsOf(endpoint.who, jobs)).toHaveLength(1);
});

it('WooCommerce: a ping is answered without a signature, an order is not', async () => {
  const endpoint = await endpointOf('WOOCOMMERCE', 'woocommerce', null);
  expect(endpoint.secret).toMatch(/^[0-9a-f]{64}$/);
  expect(await receive(endpoint, 'webhook_id=12', {})).toBe('repeated');
  expect(await receive(endpoint, 'webhook_id=12&x=1', {})).toBe('UNAUTHENTICATED');
  expect(await rowsOf(endpoint.who, 'select id from connections.webhook_delivery')).toEqual([]);
  const body = JSON.stringify({ id: 12 });
  const headers = { 'x-wc-webhook-topic': 'order.deleted', 'x-wc-webhook-delivery-id': 'd1' };
  expect(await receive(endpoint, body, headers)).toBe('UNAUTHENTICATED');
  expect(await receive(endpoint, body, { ...headers, 'x-wc-webhook-signature': base64(endpoint.secret, body) })).toBe(
    'kept',
  );
  expect(await state(endpoint.who)).toBe('STORED');
});

it('PayPal: the certificate is fetched from PayPal once, and what it signed can be seen before the report', async () => {
  const webhookId = '1JE4291016473214C';
  const endpoint = await endpointOf('PAYPAL', 'paypal', webhookId);
  const capture = {
    id: '42311647XV020574X',
    status: 'COMPLETED',
    amount: { value: '10.99', currency_code: 'USD' },
    create_time: '2026-11-20T10:00:00Z',
    update_time: '2026-11-20T10:00:01Z',
  };
  const body = JSON.stringify({ id: 'WH-1', event_type: 'PAYMENT.CAPTURE.COMPLETED', resource: capture });
  const sign = (content: string, change: Record<string, string> = {}): Record<string, string> => {
    const time = runtime.now().toISOString();
    const text = `T-1|${time}|${webhookId}|${crc32(content)}`;
    return {
      'paypal-transmission-id': 'T-1',
      'paypal-transmission-time': time,
      'paypal-transmission-sig': createSign('RSA-SHA256').update(text).sign(certificate.key, 'base64'),
      'paypal-cert-url': 'https://api.paypal.com/v1/notifications/certs/CERT-1',
      'paypal-auth-algo': 'SHA256withRSA',
      ...change,
    };
  };
  expect(await receive(endpoint, body, sign(`${body} `))).toBe('UNAUTHENTICATED');
  expect(await receive(endpoint, body, sign(body, { 'paypal-cert-url': 'https://evil.example/cert' }))).toBe(
    'UNAUTHENTICATED',
  );
  expect(await receive(endpoint, body, sign(body))).toBe('kept');
  expect(await state(endpoint.who)).toBe('STORED');
  expect(certificateCalls).toBe(1);
  expect(memory.rows(endpoint.connectionId, 'captures')).toBe(1);
  // The report brings it again, and only that counts.
  expect(memory.sum(endpoint.connectionId, 'revenue')).toBe(0);
});

it('Klaviyo: an order becomes the item that a sync makes of it, once however often it comes', async () => {
  const endpoint = await endpointOf('KLAVIYO', 'klaviyo', null);
  const order = {
    type: 'event',
    id: 'e1',
    attributes: { datetime: '2026-11-20T10:00:00+00:00', event_properties: { $value: 12.5, $event_id: 'A-1' } },
    relationships: { attributions: { data: [{ type: 'attribution', id: 'a1' }] } },
  };
  const message = { data: { type: 'campaign-message', id: 'M1' } };
  const credit = { type: 'attribution', id: 'a1', relationships: { 'campaign-message': message } };
  const opened = { external_id: 'e2', topic: 'event:klaviyo.opened_email', payload: { data: { type: 'event' } } };
  const placed = {
    external_id: 'e1',
    topic: 'event:klaviyo.placed_order',
    payload: { data: order, included: [credit] },
  };
  const send = (events: unknown[], meta: string) => {
    const body = JSON.stringify({ data: events, meta: { timestamp: meta } });
    const time = runtime.now().toISOString();
    const signature = createHmac('sha256', endpoint.secret)
      .update(body + time)
      .digest('hex');
    return receive(endpoint, body, { 'klaviyo-timestamp': time, 'klaviyo-signature': signature });
  };
  expect(await send([placed, opened], '1')).toBe('kept');
  expect(await send([opened, placed], '2')).toBe('repeated');
  expect(await state(endpoint.who)).toBe('STORED');
  expect(memory.rows(endpoint.connectionId, 'order_events')).toBe(1);
  expect(await send([opened], '3')).toBe('kept');
  await until(async () => (await state(endpoint.who)) === 'IGNORED');
});

it('connections of other platforms and generated ones are refused', async () => {
  const { who, connectionId } = await endpointOf('SHOPIFY', 'shopify');
  const text = `mutation ($input: CreateWebhookEndpointInput!) { createWebhookEndpoint(input: $input) { secret } }`;
  const field = async (input: Record<string, unknown>): Promise<unknown> => {
    const variables = { input: { name: 'W', ...input } };
    return (await ask(connections, text, { runtime, principal: who, variables })).errors?.[0]?.extensions['field'];
  };
  expect(await field({ kind: 'STRIPE', connectionId })).toBe('input.connectionId');
  expect(await field({ kind: 'STRIPE' })).toBe('input.connectionId');
  expect(await field({ kind: 'CUSTOM', secret: 'short' })).toBe('input.secret');
  expect(await field({ kind: 'CUSTOM', currency: 'EURO' })).toBe('input.currency');
  expect(await field({ kind: 'CUSTOM', timeZone: 'Mars/Base' })).toBe('input.timeZone');
});

async function customEndpoint(on: Runtime, who: Principal): Promise<Endpoint> {
  const text = `mutation { createWebhookEndpoint(input: { kind: STANDARD, name: "W" }) {
    secret endpoint { id url connection { id } } } }`;
  const { createWebhookEndpoint: made } = await answer<{
    createWebhookEndpoint: { secret: string; endpoint: { id: string; url: string; connection: { id: string } } };
  }>(connections, text, { runtime: on, principal: who });
  const publicId = made.endpoint.url.split('/').at(-1)!;
  return { who, id: made.endpoint.id, publicId, connectionId: made.endpoint.connection.id, secret: made.secret };
}

function standardHeaders(endpoint: Endpoint, body: string, id: string): Record<string, string> {
  const time = String(Math.floor(runtime.now().getTime() / 1000));
  const key = Buffer.from(endpoint.secret.slice('whsec_'.length), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${time}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': `v1,${signature}` };
}

const order = JSON.stringify({ orders: [{ id: '1', occurredAt: '2026-11-20T10:00:00Z', amount: 1 }] });

it('memory that stumbles neither loses nor doubles a delivery', async () => {
  const endpoint = await customEndpoint(runtime, testPrincipal(runtime.newOrganization()));
  memory.failAfterStoring(endpoint.connectionId);
  expect(await receive(endpoint, order, standardHeaders(endpoint, order, 'm1'))).toBe('kept');
  expect(await state(endpoint.who)).toBe('STORED');
  expect(memory.rows(endpoint.connectionId, 'orders')).toBe(1);
});

it('a delivery that was left behind is picked up, and old ones are removed after thirty days', async () => {
  const endpoint = await customEndpoint(runtime, testPrincipal(runtime.newOrganization()));
  await receive(endpoint, order, standardHeaders(endpoint, order, 'm1'));
  await state(endpoint.who);
  const set = "update connections.webhook_delivery set state = 'WAITING', received_at = now() - interval '1 hour'";
  await rowsOf(endpoint.who, set);
  await careForWebhooks(runtime);
  expect(await state(endpoint.who)).toBe('STORED');
  await rowsOf(endpoint.who, "update connections.webhook_delivery set received_at = now() - interval '29 days'");
  await careForWebhooks(runtime);
  const count = 'select id from connections.webhook_delivery';
  expect(await rowsOf(endpoint.who, count)).toHaveLength(1);
  await rowsOf(endpoint.who, "update connections.webhook_delivery set received_at = now() - interval '31 days'");
  await careForWebhooks(runtime);
  expect(await rowsOf(endpoint.who, count)).toHaveLength(0);
});

it('between processes the bytes arrive as they were sent', async () => {
  const data = await mkdtemp(join(tmpdir(), 'liftos-webhooks-remote-'));
  const internal = randomBytes(24).toString('hex');
  const served = await serveSubgraph(
    connections,
    readConfig({ LIFTOS_DATA_DIR: data, LIFTOS_INTERNAL_SECRET: internal, PORT: '0', LOG_LEVEL: 'silent' }),
  );
  try {
    const who = testPrincipal(runtime.newOrganization());
    const endpoint = await customEndpoint(served.runtime, who);
    const address = `http://127.0.0.1:${served.port}`;
    const { webhooks } = remotePorts(new Map([['connections', address]]), internalTokens(internal));
    const body = `${JSON.stringify({ event: 'ü\n', orders: [] })}\n\r\n \n`;
    const headers = standardHeaders(endpoint, body, 'm1');
    expect(await receive(endpoint, `${body} `, headers, webhooks)).toBe('UNAUTHENTICATED');
    expect(await receive(endpoint, body, headers, webhooks)).toBe('kept');
    expect(await receive(endpoint, body, headers, webhooks)).toBe('repeated');
    expect(await receive({ ...endpoint, publicId: 'x'.repeat(32) }, body, headers, webhooks)).toBe('NOT_FOUND');
    const text = 'query ($id: ID!) { webhookEndpoint(id: $id) { deliveries { edges { node { body } } } } }';
    const found = await answer<{ webhookEndpoint: { deliveries: { edges: { node: { body: string } }[] } } }>(
      connections,
      text,
      { runtime: served.runtime, principal: who, variables: { id: endpoint.id } },
    );
    expect(digest(found.webhookEndpoint.deliveries.edges[0]!.node.body)).toBe(digest(body));
  } finally {
    await served.close();
    await rm(data, { recursive: true, force: true });
  }
});

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
