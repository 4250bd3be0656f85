import { afterAll, beforeAll, expect, it } from 'vitest';
import { createContext } from '@liftos/core/create-context.ts';
import { answer } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { findConnection } from '../connection/create-connection.ts';
import { credentialFor } from '../credentials/credential.service.ts';
import { snowflakeDouble } from '../doubles/snowflake/snowflake.double.ts';
import { startDoubles, type Doubles } from '../doubles/start-doubles.ts';
import { consent } from '../doubles/testing.ts';
import { connections } from '../subgraph.ts';
import { fakeMemory } from '../testing/fake-memory.ts';
import { doubleMapping, doubleTables } from './warehouse/testing.ts';

const snowflake = {
  account: 'nordwind-marketing',
  warehouse: 'REPORTING_XS',
  tables: doubleTables.toUpperCase(),
  ...doubleMapping,
};
const databricks = {
  host: 'dbc-nordwind.cloud.databricks.com',
  warehouseId: '1234567890abcdef',
  tables: doubleTables,
  ...doubleMapping,
};

let doubles: Doubles;
let runtime: TestRuntime;
beforeAll(async () => {
  doubles = await startDoubles({ platforms: ['tiktok', 'linkedin_ads', 'x_ads', 'snowflake', 'databricks'] });
  runtime = await testRuntime([connections], {
    env: { LIFTOS_PLATFORMS_URL: doubles.url },
    remotePorts: { memory: fakeMemory() },
  });
});
afterAll(async () => {
  await runtime.close();
  await doubles.stop();
});

const start = `mutation ($input: StartAuthorizationInput!) { startAuthorization(input: $input) { url } }`;
const accountsOf = `query ($id: ID!) { connection(id: $id) { authState accounts { name state } } }`;

/** Values by name as the schema takes them. */
function fieldsOf(values: Readonly<Record<string, string>>) {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}

it.each([
  ['tiktok', 'an auth_code', {}, null],
  ['linkedin_ads', 'a consent that ends after a year', {}, 365],
  ['x_ads', 'signatures', {}, null],
  ['snowflake', 'an address of its own', snowflake, 90],
  ['databricks', 'an address of its own', databricks, null],
])('%s is logged in to, with %s', async (platform, _, settings, consentDays) => {
  const principal = testPrincipal(runtime.newOrganization());
  const ask = <T>(text: string, variables: Record<string, unknown>) =>
    answer<T>(connections, text, { runtime, principal, variables });
  const input = { platform, method: 'oauth', settings: fieldsOf(settings) };
  const { startAuthorization } = await ask<{ startAuthorization: { url: string } }>(start, { input });
  const back = await consent(doubles.url, `https://${startAuthorization.url.slice(doubles.url.length + 1)}`);
  const { path } = await runtime.ports.logins.finish(Object.fromEntries(back.searchParams), principal);
  expect(path).toMatch(/connected=1$/);
  const id = path.slice(13, 49);
  const { connection } = await ask<{ connection: { authState: string; accounts: { state: string }[] } }>(accountsOf, {
    id,
  });
  expect([connection.authState, connection.accounts.map(({ state }) => state).toSorted()]).toEqual([
    'OK',
    ['FORBIDDEN', 'OK', 'OK', 'OK'],
  ]);
  const context = createContext({ runtime, principal });
  const { consentEndsAt } = await credentialFor(context, await findConnection(context, id));
  const days = consentEndsAt === undefined ? null : Math.round((Date.parse(consentEndsAt) - Date.now()) / 86_400_000);
  expect(days).toBe(consentDays);
});

const create = `
  mutation ($input: CreateConnectionInput!) { createConnection(input: $input) { connection { id authState } } }`;
const test = `mutation ($id: ID!) { testConnection(id: $id) { ok steps { name message } } }`;

it.each([
  ['snowflake', 'key_pair', snowflake, { user: 'LIFTOS_READER', privateKey: snowflakeDouble.access['Private key']! }],
  ['databricks', 'service_principal', databricks, { clientId: 'liftos-demo', clientSecret: 'liftos-demo-secret' }],
])('%s is let in by its %s', async (platform, method, settings, secrets) => {
  const principal = testPrincipal(runtime.newOrganization());
  const ask = <T>(text: string, variables: Record<string, unknown>) =>
    answer<T>(connections, text, { runtime, principal, variables });
  const input = { platform, method, settings: fieldsOf(settings), secrets: fieldsOf(secrets) };
  const { createConnection } = await ask<{ createConnection: { connection: { id: string; authState: string } } }>(
    create,
    { input },
  );
  const { id, authState } = createConnection.connection;
  expect(authState).toBe('OK');
  const { testConnection } = await ask<{ testConnection: { ok: boolean; steps: unknown[] } }>(test, { id });
  expect(testConnection.ok, JSON.stringify(testConnection.steps)).toBe(true);
});
