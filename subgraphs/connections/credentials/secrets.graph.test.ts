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
import { startDoubles, type Doubles } from '../doubles/start-doubles.ts';
import { consent } from '../doubles/testing.ts';
import type { Values } from '../platforms/auth-method.ts';
import type { LiveConnector } from '../platforms/connector.ts';
import { connectors } from '../platforms/registry.ts';
import { connections } from '../subgraph.ts';
import { fakeMemory } from '../testing/fake-memory.ts';
import { everythingStored, placesOf, secretsIn } from '../testing/find-secrets.ts';
import { readCredential } from './credential-store.ts';

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
const from = new Date(today - 86_400_000).toISOString().slice(0, 10);

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
  for (const [secret, what] of secretsIn(platform, settings, credential)) secrets.set(secret, what);
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

// Those with a way in by typed keys keep the contract, which looks for secrets as well.
it.each(['meta_business', 'tiktok', 'x_ads'])(
  '%s is logged in to, tested, synced, renewed and broken',
  async (platform) => {
    const principal = testPrincipal(runtime.newOrganization());
    const context = createContext({ runtime, principal });
    keep(demoApp(platform).clientSecret, `${platform} application`);
    const id = await logIn(principal, { platform, from, mode: 'LIVE' });
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
  },
);

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
  expect(secrets.size).toBeGreaterThan(15);
  runtime.log.debug('The log is heard.');
  expect(logged.join()).toContain('The log is heard.');
  const stored = await everythingStored(runtime);
  // Meta says its token in the address of the next page.
  expect(stored['answers of platforms']).toContain('access_token=***');
  const texts = { ...stored, logs: logged.join('\n'), answers: answered.join('\n') };
  const found = [...secrets].flatMap(([secret, what]) => placesOf(secret, texts).map((place) => `${what} in ${place}`));
  expect(found).toEqual([]);
});
