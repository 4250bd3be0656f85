import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { anonymous, type Principal } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import { answer } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { credentialFor } from '../credentials/credential.service.ts';
import { doubles as registered } from '../doubles/registry.ts';
import { startDoubles, type Doubles } from '../doubles/start-doubles.ts';
import { consent } from '../doubles/testing.ts';
import type { Values } from '../platforms/auth-method.ts';
import { connectors } from '../platforms/registry.ts';
import { doubleMapping, doubleTables } from '../platforms/warehouse/testing.ts';
import { connections } from '../subgraph.ts';
import { findConnection } from './create-connection.ts';
import { fakeMemory } from '../testing/fake-memory.ts';

/** What has to be said besides logging in; names in `access` of the double stand for what they name. */
const settings: Readonly<Record<string, Values>> = {
  snowflake: {
    ...doubleMapping,
    account: 'nordwind-marketing',
    warehouse: 'REPORTING_XS',
    tables: doubleTables.toUpperCase(),
  },
  databricks: {
    ...doubleMapping,
    host: 'dbc-nordwind.cloud.databricks.com',
    warehouseId: '1234567890abcdef',
    tables: doubleTables,
  },
  shopify: { shop: 'nordwind-pacific.myshopify.com' },
  woocommerce: { store: 'https://nordwind-europe.store.example' },
  amazon_seller: { region: 'Region', applicationId: 'Application ID' },
};

/** Names that `access` of a double gives what is typed in, by method and field; other texts are themselves. */
const typed: Readonly<Record<string, Values>> = {
  'meta_business system_user': { token: 'System user token' },
  'klaviyo private_key': { key: 'Private key (Nordwind Europe)' },
  'tiktok token': { token: 'Access token', appId: 'App id', appSecret: 'Secret' },
  'hubspot private_app': { token: 'Private app token (EUR)' },
  'linkedin_ads token': { token: 'Access token' },
  'paypal rest_app': { clientId: 'Client ID', clientSecret: 'Secret' },
  'x_ads keys': {
    consumerKey: 'API key',
    consumerSecret: 'API key secret',
    token: 'Access token',
    tokenSecret: 'Access token secret',
  },
  'snowflake key_pair': { user: 'User', privateKey: 'Private key' },
  'snowflake token': { token: 'Token' },
  'databricks service_principal': { clientId: 'Client ID', clientSecret: 'OAuth secret' },
  'databricks token': { token: 'Personal access token' },
  'shopify custom_app': { token: 'Token of a custom app (NZD)' },
  'woocommerce key': { consumerKey: 'Consumer key (EUR)', consumerSecret: 'Consumer secret' },
  'woocommerce query_key': { consumerKey: 'Consumer key (EUR)', consumerSecret: 'Consumer secret' },
  'amazon_seller refresh_token': {
    clientId: 'Client ID',
    clientSecret: 'Client secret',
    refreshToken: 'Refresh token',
  },
  'stripe restricted_key': { key: 'Restricted key (EUR)' },
};

/** Ways in that the doubles refuse on purpose. */
const refused = new Set(['paypal sandbox_app']);

const ways = registered.flatMap(({ platform, access }) =>
  (connectors.find(({ id }) => id === platform)?.live?.auth ?? []).map(({ id, kind }) => ({
    way: `${platform} ${id}`,
    platform,
    method: id,
    isLogin: kind === 'oauth2' || kind === 'oauth1' || kind === 'grant',
    access,
  })),
);

let doubles: Doubles;
let runtime: TestRuntime;
let edge: Server;
beforeAll(async () => {
  doubles = await startDoubles();
  // Shops hand over keys at the public address.
  edge = createServer((request, response) => {
    void text(request)
      .then((body) => {
        const parsed = body.startsWith('{')
          ? (JSON.parse(body) as Record<string, unknown>)
          : Object.fromEntries(new URLSearchParams(body));
        return runtime.ports.logins.grant(request.url!.split('/').at(-1)!, parsed);
      })
      .then(
        () => response.end('{}'),
        (error: unknown) => response.writeHead(400).end(String(error)),
      );
  });
  await new Promise<void>((resolve) => edge.listen(0, '127.0.0.1', resolve));
  runtime = await testRuntime([connections], {
    env: {
      LIFTOS_PLATFORMS_URL: doubles.url,
      PUBLIC_URL: `http://127.0.0.1:${(edge.address() as AddressInfo).port}`,
    },
    remotePorts: { memory: fakeMemory() },
  });
});
afterAll(async () => {
  await runtime.close();
  edge.close();
  await doubles.stop();
});

function ask<T>(principal: Principal, query: string, variables: Record<string, unknown>): Promise<T> {
  return answer<T>(connections, query, { runtime, principal, variables });
}

/** Values by name as the schema takes them. */
function fieldsOf(values: Values = {}, access: Values = {}) {
  return Object.entries(values).map(([name, value]) => ({ name, value: access[value] ?? value }));
}

function settingsOf(platform: string) {
  return fieldsOf(settings[platform], registered.find((double) => double.platform === platform)?.access);
}

/** Walks a login from its beginning over the platform's page to its end; gives the connection. */
async function logIn(principal: Principal, platform: string, method: string): Promise<string> {
  const start = 'mutation ($input: StartAuthorizationInput!) { startAuthorization(input: $input) { url } }';
  const input = { platform, method, settings: settingsOf(platform) };
  const { startAuthorization } = await ask<{ startAuthorization: { url: string } }>(principal, start, { input });
  const back = await consent(doubles.url, `https://${startAuthorization.url.slice(doubles.url.length + 1)}`);
  const { path } = await runtime.ports.logins.finish(Object.fromEntries(back.searchParams), principal);
  expect(path).toMatch(/^\/connections\/[\w-]{36}\?connected=1$/);
  return path.slice(13, 49);
}

async function typeIn(principal: Principal, platform: string, method: string, secrets: unknown): Promise<string> {
  const create = 'mutation ($input: CreateConnectionInput!) { createConnection(input: $input) { connection { id } } }';
  const input = { platform, method, settings: settingsOf(platform), secrets };
  const { createConnection } = await ask<{ createConnection: { connection: { id: string } } }>(principal, create, {
    input,
  });
  return createConnection.connection.id;
}

it('every platform with a double has a way in', () => {
  expect(new Set(ways.map(({ platform }) => platform))).toEqual(new Set(registered.map(({ platform }) => platform)));
});

it.each(ways.filter(({ way }) => !refused.has(way)))(
  '$way lets in, shows its accounts and reads',
  async ({ way, platform, method, isLogin, access }) => {
    const principal = testPrincipal(runtime.newOrganization());
    const id = isLogin
      ? await logIn(principal, platform, method)
      : await typeIn(principal, platform, method, fieldsOf(typed[way], access));
    const shown = 'query ($id: ID!) { connection(id: $id) { authState authMessage accounts { name state } } }';
    const { connection } = await ask<{
      connection: { authState: string; authMessage: string | null; accounts: { state: string }[] };
    }>(principal, shown, { id });
    expect(connection).toMatchObject({ authState: 'OK', authMessage: null });
    expect(connection.accounts.filter(({ state }) => state === 'OK')).not.toEqual([]);
    const test = 'mutation ($id: ID!) { testConnection(id: $id) { ok steps { name ok message } } }';
    const { testConnection } = await ask<{ testConnection: { ok: boolean; steps: unknown[] } }>(principal, test, {
      id,
    });
    expect(testConnection.ok, JSON.stringify(testConnection.steps)).toBe(true);
    expect(testConnection.steps).toHaveLength(5);
  },
);

it('a key that a shop posts waits for the browser of who began, and the first one counts', async () => {
  const principal = testPrincipal(runtime.newOrganization());
  const start = 'mutation ($input: StartAuthorizationInput!) { startAuthorization(input: $input) { url } }';
  const input = { platform: 'woocommerce', method: 'grant', settings: settingsOf('woocommerce') };
  const { startAuthorization } = await ask<{ startAuthorization: { url: string } }>(principal, start, { input });
  const state = new URL(startAuthorization.url).searchParams.get('user_id')!;
  const { finish, grant } = runtime.ports.logins;
  const body = (key: string) => ({ user_id: state, consumer_key: `ck_${key}`, consumer_secret: `cs_${key}` });
  const count = async (): Promise<number> =>
    (await ask<{ connections: { edges: unknown[] } }>(principal, '{ connections { edges { node { id } } } }', {}))
      .connections.edges.length;
  await grant('woocommerce', body('first'));
  for (const platform of ['woocommerce', 'shopify'])
    await expect(grant(platform, body('second'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(grant('woocommerce', { ...body('x'), user_id: 'unknown' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await count()).toBe(0);
  for (const stranger of [anonymous, testPrincipal(principal.organizationId), testPrincipal(runtime.newOrganization())])
    expect(await finish({ state, success: '1' }, stranger)).toEqual({ path: '/connections?error=other_person' });
  expect(await count()).toBe(0);
  const { path } = await finish({ state, success: '1' }, principal);
  expect(path).toMatch(/connected=1$/);
  const context = createContext({ runtime, principal });
  const { values } = await credentialFor(context, await findConnection(context, path.slice(13, 49)));
  expect(values).toEqual({ consumerKey: 'ck_first', consumerSecret: 'cs_first' });
  await expect(grant('woocommerce', body('late'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await finish({ state }, principal)).path).toBe('/connections/new/woocommerce?error=replayed');
});

it('a shop that gave no key connects nothing', async () => {
  const principal = testPrincipal(runtime.newOrganization());
  const start = 'mutation ($input: StartAuthorizationInput!) { startAuthorization(input: $input) { url } }';
  const input = { platform: 'woocommerce', method: 'grant', settings: settingsOf('woocommerce') };
  const { startAuthorization } = await ask<{ startAuthorization: { url: string } }>(principal, start, { input });
  const state = new URL(startAuthorization.url).searchParams.get('user_id')!;
  const { path } = await runtime.ports.logins.finish({ state, success: '0' }, principal);
  expect(path).toBe('/connections/new/woocommerce?error=denied');
});
