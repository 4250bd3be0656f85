import { afterAll, beforeAll, expect, it } from 'vitest';
import { createContext } from '@liftos/core/create-context.ts';
import { answer } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { findConnection } from '../../connection/create-connection.ts';
import { credentialFor } from '../../credentials/credential.service.ts';
import { amazonSellerDouble } from '../../doubles/amazon-seller/amazon-seller.double.ts';
import { startDoubles, type Doubles } from '../../doubles/start-doubles.ts';
import { consent } from '../../doubles/testing.ts';
import { connections } from '../../subgraph.ts';
import { fakeMemory } from '../../testing/fake-memory.ts';

const { access } = amazonSellerDouble;
const region = { name: 'region', value: 'eu' };
let doubles: Doubles;
let runtime: TestRuntime;
beforeAll(async () => {
  doubles = await startDoubles({ platforms: ['amazon_seller'] });
  runtime = await testRuntime([connections], {
    env: { LIFTOS_PLATFORMS_URL: doubles.url },
    remotePorts: { memory: fakeMemory() },
  });
});
afterAll(async () => {
  await runtime.close();
  await doubles.stop();
});

function person() {
  const principal = testPrincipal(runtime.newOrganization());
  const ask = <T>(text: string, variables: Record<string, unknown>) =>
    answer<T>(connections, text, { runtime, principal, variables });
  return { principal, ask };
}

const accountsOf = `query ($id: ID!) { connection(id: $id) { authState accounts { state } } }`;
interface Seen {
  connection: { authState: string; accounts: { state: string }[] };
}

it('is logged in to with a consent that ends after a year', async () => {
  const { principal, ask } = person();
  const settings = [region, { name: 'applicationId', value: access['Application ID'] }];
  const { startAuthorization } = await ask<{ startAuthorization: { url: string } }>(
    `mutation ($input: StartAuthorizationInput!) { startAuthorization(input: $input) { url } }`,
    { input: { platform: 'amazon_seller', method: 'oauth', settings } },
  );
  const back = await consent(doubles.url, `https://${startAuthorization.url.slice(doubles.url.length + 1)}`);
  const { path } = await runtime.ports.logins.finish(Object.fromEntries(back.searchParams), principal);
  expect(path).toMatch(/connected=1$/);
  const id = path.slice(13, 49);
  const { connection } = await ask<Seen>(accountsOf, { id });
  expect([connection.authState, connection.accounts.map(({ state }) => state).toSorted()]).toEqual([
    'OK',
    ['OK', 'OK', 'OK', 'SKIPPED'],
  ]);
  const context = createContext({ runtime, principal });
  const credential = await credentialFor(context, await findConnection(context, id));
  expect(Math.round((Date.parse(credential.consentEndsAt!) - Date.now()) / 86_400_000)).toBe(365);
});

const create = `
  mutation ($input: CreateConnectionInput!) { createConnection(input: $input) { connection { id authState } } }`;
const secrets = [
  { name: 'clientId', value: access['Client ID'] },
  { name: 'clientSecret', value: access['Client secret'] },
];

it('is let in by a refresh token that a seller made himself', async () => {
  const { ask } = person();
  const given = [...secrets, { name: 'refreshToken', value: access['Refresh token'] }];
  const input = { platform: 'amazon_seller', method: 'refresh_token', settings: [region], secrets: given };
  const { createConnection } = await ask<{ createConnection: { connection: { id: string; authState: string } } }>(
    create,
    { input },
  );
  const { id, authState } = createConnection.connection;
  expect(authState).toBe('OK');
  const { testConnection } = await ask<{ testConnection: { ok: boolean; steps: unknown[] } }>(
    `mutation ($id: ID!) { testConnection(id: $id) { ok steps { name message } } }`,
    { id },
  );
  expect(testConnection.ok, JSON.stringify(testConnection.steps)).toBe(true);
});

it('is told that the region may be the wrong one', async () => {
  const { ask } = person();
  const given = [...secrets, { name: 'refreshToken', value: access['Refresh token'] }];
  const settings = [{ name: 'region', value: 'na' }];
  const input = { platform: 'amazon_seller', method: 'refresh_token', settings, secrets: given };
  const { createConnection } = await ask<{ createConnection: { connection: { id: string } } }>(create, { input });
  const { connection } = await ask<{ connection: { authState: string; authMessage: string } }>(
    `query ($id: ID!) { connection(id: $id) { authState authMessage } }`,
    { id: createConnection.connection.id },
  );
  expect(connection.authState).toBe('BROKEN');
  expect(connection.authMessage).toContain('Check the roles of the app, and the region.');
});
