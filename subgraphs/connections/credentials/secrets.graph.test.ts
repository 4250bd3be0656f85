import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Context, Principal } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import { createLog } from '@liftos/core/telemetry/log.ts';
import { ask } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import { findConnection } from '../connection/create-connection.ts';
import { demoApp } from '../doubles/demo-app.ts';
import { doubles as registered } from '../doubles/registry.ts';
import { startDoubles, type Doubles } from '../doubles/start-doubles.ts';
import { consent } from '../doubles/testing.ts';
import type { Values } from '../platforms/auth-method.ts';
import type { LiveConnector } from '../platforms/connector.ts';
import { connectorOf, connectors } from '../platforms/registry.ts';
import { connections } from '../subgraph.ts';
import type { LiveSettings } from '../tables.ts';
import { fakeMemory } from '../testing/fake-memory.ts';
import { readCredential } from './credential-store.ts';

const unpack = promisify(zstdDecompress);

let doubles: Doubles;
let runtime: TestRuntime;
/** What must be nowhere, and everything that left the code. */
const secrets = new Map<string, string>();
const logged: string[] = [];
const slowly: (() => void)[] = [];
const answered: string[] = [];
beforeAll(async () => {
  for (const { live } of connectors) hurry(live);
  doubles = await startDoubles();
  runtime = await testRuntime([connections], {
    env: { LIFTOS_PLATFORMS_URL: doubles.url, LOG_LEVEL: 'debug' },
    log: createLog('debug', 'liftos', { write: (line) => void logged.push(line) }),
    remotePorts: { memory: fakeMemory() },
  });
});
afterAll(async () => {
  for (const restore of slowly) restore();
  await runtime.close();
  await doubles.stop();
});

/** Makes what a person would wait for short. */
function hurry(live: LiveConnector | null): void {
  if (!live) return;
  const { classify, limits } = live;
  const before = { ...limits };
  slowly.push(() => Object.assign(Object.assign(live, { classify }).limits, before));
  Object.assign(limits, { timeoutSeconds: 5, requestsPerSecond: undefined });
  live.classify = (answer) => {
    const failure = classify(answer);
    return failure?.class === 'rate_limit' ? { ...failure, waitSeconds: 0.2 } : failure;
  };
}

async function say<T>(principal: Principal, query: string, variables: Record<string, unknown>): Promise<T> {
  const result = await ask<T>(connections, query, { runtime, principal, variables });
  answered.push(JSON.stringify(result));
  if (!result.data) throw new Error(JSON.stringify(result.errors));
  return result.data;
}

const fieldsOf = (values: Values) => Object.entries(values).map(([name, value]) => ({ name, value }));
const today = Date.now();
const from = new Date(today - 3 * 86_400_000).toISOString().slice(0, 10);

async function logIn(principal: Principal, input: Record<string, unknown>): Promise<string> {
  const start = 'mutation ($input: StartAuthorizationInput!) { startAuthorization(input: $input) { url } }';
  const { startAuthorization } = await say<{ startAuthorization: { url: string } }>(principal, start, { input });
  const back = await consent(doubles.url, `https://${startAuthorization.url.slice(doubles.url.length + 1)}`);
  for (const name of ['code', 'auth_code', 'oauth_verifier']) keep(back.searchParams.get(name), `${name} of a login`);
  const { path } = await runtime.ports.logins.finish(Object.fromEntries(back.searchParams), principal);
  answered.push(path);
  return path.slice(13, 49);
}

async function typeIn(principal: Principal, platform: string, method: string, values: Values): Promise<string> {
  const create = 'mutation ($input: CreateConnectionInput!) { createConnection(input: $input) { connection { id } } }';
  const input = { platform, method, from, mode: 'LIVE', secrets: fieldsOf(values) };
  const { createConnection } = await say<{ createConnection: { connection: { id: string } } }>(principal, create, {
    input,
  });
  return createConnection.connection.id;
}

function keep(secret: string | null | undefined, what: string): void {
  if (secret && secret.length >= 8) secrets.set(secret, what);
}

/** Remembers what is secret in the access of a connection as it is now. */
async function remember(context: Context, id: string): Promise<void> {
  const { platform, settings } = await findConnection(context, id);
  const { credential } = await readCredential(context, id);
  const method = connectorOf(platform)!.live!.auth.find((one) => one.id === (settings as LiveSettings).method)!;
  for (const { name, secret } of method.fields) if (secret) keep(credential.values[name], `${platform} ${name}`);
  keep(credential.accessToken, `${platform} access token`);
  keep(credential.refreshToken, `${platform} refresh token`);
  keep(credential.extra['tokenSecret'], `${platform} token secret`);
}

const shown = `query ($id: ID!) { connection(id: $id) { name authState authMessage method accounts { id name note }
  tests { steps { name message hint } } syncs { edges { node { id state reasons notes slices { reason waitsFor failure } } } } } }`;

/** Syncs to the end and looks at all that can be seen of it. */
async function sync(principal: Principal, id: string): Promise<void> {
  const start = 'mutation ($id: ID!) { startSync(connectionId: $id) { syncRun { id } } }';
  const { startSync } = await say<{ startSync: { syncRun: { id: string } } }>(principal, start, { id });
  const run = startSync.syncRun.id;
  await until(async () => {
    const { data } = await ask<{ syncRun: { state: string } }>(
      connections,
      'query ($id: ID!) { syncRun(id: $id) { state } }',
      { runtime, principal, variables: { id: run } },
    );
    return data?.syncRun.state !== 'QUEUED' && data?.syncRun.state !== 'RUNNING';
  }, 60_000);
  const { rawPages } = await say<{ rawPages: { edges: { node: { id: string } }[] } }>(
    principal,
    'query ($id: ID!) { rawPages(syncRunId: $id) { edges { node { id request } } } }',
    { id: run },
  );
  for (const { node } of rawPages.edges.slice(0, 5))
    await say(principal, 'query ($id: ID!) { rawPage(id: $id) { text } }', { id: node.id });
  await say(principal, shown, { id });
}

async function test(principal: Principal, id: string): Promise<void> {
  const text = 'mutation ($id: ID!) { testConnection(id: $id) { ok steps { name message hint } } }';
  await say(principal, text, { id });
}

async function audited(context: Context, topic: string): Promise<number> {
  const { rows } = await sql<{ events: number }>`
    select count(*)::int as events from runtime.event where topic = ${topic} and audited`.execute(context.db);
  return rows[0]!.events;
}

const access = (platform: string, name: string): string =>
  registered.find((double) => double.platform === platform)!.access[name]!;
const logins = ['meta_business', 'hubspot', 'tiktok', 'x_ads'];

it.each([
  ...logins.map((platform) => [platform, (who: Principal) => logIn(who, { platform, from, mode: 'LIVE' })] as const),
  [
    'paypal',
    (who: Principal) =>
      typeIn(who, 'paypal', 'rest_app', { clientId: 'liftos-demo', clientSecret: access('paypal', 'Secret') }),
  ],
  [
    'x_ads',
    (who: Principal) =>
      typeIn(who, 'x_ads', 'keys', {
        consumerKey: access('x_ads', 'API key'),
        consumerSecret: access('x_ads', 'API key secret'),
        token: access('x_ads', 'Access token'),
        tokenSecret: access('x_ads', 'Access token secret'),
      }),
  ],
] as const)('%s is connected, tested, synced, renewed and broken', { timeout: 120_000 }, async (platform, connect) => {
  const principal = testPrincipal(runtime.newOrganization());
  const context = createContext({ runtime, principal });
  keep(demoApp(platform).clientSecret, `${platform} application`);
  const id = await connect(principal);
  await remember(context, id);
  await test(principal, id);
  // Small pages, as addresses of next pages may hold tokens.
  doubles.control({ platform, action: 'pageRows', calls: 25 });
  await sync(principal, id);
  expect(await audited(context, 'credential.opened')).toBe(2);
  doubles.control({ platform, action: 'expireTokens' });
  await sync(principal, id);
  await remember(context, id);
  doubles.control({ platform, action: 'fail', calls: 1, status: 401 });
  await test(principal, id);
  doubles.control({ platform, action: 'html', calls: 1 });
  await test(principal, id);
  await remember(context, id);
  doubles.control({ platform, action: 'revoke' });
  await sync(principal, id);
  await test(principal, id);
  // One line for each of three syncs and four tests.
  expect(await audited(context, 'credential.opened')).toBe(7);
});

it('wrong keys and applications are told without being named', async () => {
  const principal = testPrincipal(runtime.newOrganization());
  const canary = (name: string): string => `canary-${name}-${crypto.randomUUID()}`;
  for (const [platform, method, values] of [
    ['meta_business', 'system_user', { token: canary('token') }],
    ['klaviyo', 'private_key', { key: `pk_${canary('key').replaceAll('-', '')}` }],
    ['hubspot', 'private_app', { token: `pat-eu1-${canary('app')}` }],
    ['paypal', 'rest_app', { clientId: 'somebody', clientSecret: canary('secret') }],
    ['stripe', 'restricted_key', { key: `rk_live_${canary('stripe').replaceAll('-', '')}` }],
  ] as const) {
    for (const [name, value] of Object.entries(values)) if (name !== 'clientId') keep(value, `${platform} ${name}`);
    const query =
      'mutation ($input: TestCredentialsInput!) { testCredentials(input: $input) { steps { message hint } } }';
    await say(principal, query, { input: { platform, method, secrets: fieldsOf(values) } });
    const id = await typeIn(principal, platform, method, values);
    await sync(principal, id);
    await test(principal, id);
  }
  const clientSecret = canary('application');
  keep(clientSecret, 'an application');
  const register = 'mutation ($input: SetOAuthAppInput!) { setOAuthApp(input: $input) { clientId } }';
  await say(principal, register, {
    input: { platform: 'hubspot', clientId: demoApp('hubspot').clientId, clientSecret },
  });
  await logIn(principal, { platform: 'hubspot' });
  await say(principal, '{ oauthApps { platform clientId } }', {});
});

it('no secret is in a log, an answer, a job or a table', async () => {
  expect(secrets.size).toBeGreaterThan(20);
  runtime.log.debug('The log is heard.');
  expect(logged.join()).toContain('The log is heard.');
  const places = { logs: logged.join('\n'), answers: answered.join('\n'), ...(await everything()) };
  const found = Object.entries(places).flatMap(([place, text]) =>
    [...secrets].filter(([secret]) => isIn(text, secret)).map(([, what]) => `${what} in ${place}`),
  );
  expect(found).toEqual([]);
});

/** As it is, as an address writes it, and as bytes are shown. */
function isIn(text: string, secret: string): boolean {
  const forms = [secret, encodeURIComponent(secret), Buffer.from(secret).toString('hex')];
  return forms.some((form) => text.includes(form));
}

/** All rows of all tables as text, and answers of platforms unpacked. */
async function everything(): Promise<Record<string, string>> {
  const { system } = runtime.database;
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(system);
  const texts: Record<string, string> = {};
  for (const { name } of rows) {
    const found = await sql<{ text: string }>`
      select coalesce(string_agg(t::text, ' '), '') as text from ${sql.raw(name)} t`.execute(system);
    texts[name] = found.rows[0]!.text;
  }
  const raw = await sql<{ content: Uint8Array }>`select content from connections.raw_page`.execute(system);
  expect(raw.rows.length).toBeGreaterThan(20);
  const contents = await Promise.all(raw.rows.map(({ content }) => unpack(content)));
  const unpacked = contents.join('\n');
  // Meta says its token in the address of the next page.
  expect(unpacked).toContain('access_token=***');
  return { ...texts, 'answers of platforms': unpacked };
}
