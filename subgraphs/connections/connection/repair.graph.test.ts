import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, it } from 'vitest';
import type { Principal } from '@liftos/core/context.ts';
import { createContext, transaction } from '@liftos/core/create-context.ts';
import { answer, ask } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { storeCredential } from '../credentials/credential.service.ts';
import { startDoubles, type Doubles } from '../doubles/start-doubles.ts';
import { consent } from '../doubles/testing.ts';
import { refreshAccounts, storedAccounts } from '../engine/accounts.ts';
import { apiFor } from '../engine/connection-api.ts';
import type { AuthMethod, Values } from '../platforms/auth-method.ts';
import { connectorOf } from '../platforms/registry.ts';
import { connections } from '../subgraph.ts';
import { fakeMemory } from '../testing/fake-memory.ts';
import { findConnection } from './create-connection.ts';

let doubles: Doubles;
let runtime: TestRuntime;
let edge: Server;
beforeAll(async () => {
  doubles = await startDoubles({
    platforms: ['meta_business', 'x_ads', 'paypal', 'woocommerce', 'stripe', 'klaviyo', 'hubspot', 'linkedin_ads'],
  });
  edge = createServer((request, response) => {
    void json(request)
      .then((body) => runtime.ports.logins.grant('woocommerce', body as Record<string, unknown>))
      .then(() => response.end('{}'));
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

interface Way {
  kind: AuthMethod['kind'];
  platform: string;
  method: string;
  settings?: Values;
  /** What is typed in at first, and what after it was broken. */
  typed?: { first: Values; next: Values };
  /** Ends the access at the platform; revokes all there is when absent. */
  end?: () => void;
}

const ways: Way[] = [
  {
    kind: 'key',
    platform: 'stripe',
    method: 'restricted_key',
    typed: { first: { key: 'rk_live_double_europe' }, next: { key: 'rk_live_next' } },
    end: () => {
      const account = doubles.accounts('stripe')[0]!.id;
      doubles.control({ platform: 'stripe', action: 'revoke' });
      doubles.control({ platform: 'stripe', action: 'addKey', name: 'rk_live_next', account });
    },
  },
  {
    kind: 'mint',
    platform: 'paypal',
    method: 'rest_app',
    typed: {
      first: { clientId: 'liftos-demo', clientSecret: 'liftos-demo-secret' },
      next: { clientId: 'liftos-demo', clientSecret: 'next-secret' },
    },
    end: () => doubles.control({ platform: 'paypal', action: 'changeSecret', name: 'next-secret' }),
  },
  { kind: 'oauth2', platform: 'meta_business', method: 'oauth' },
  { kind: 'oauth1', platform: 'x_ads', method: 'oauth' },
  {
    kind: 'grant',
    platform: 'woocommerce',
    method: 'grant',
    settings: { store: 'https://nordwind-europe.store.example' },
  },
];

function send<T>(principal: Principal, text: string, variables: Record<string, unknown>): Promise<T> {
  return answer<T>(connections, text, { runtime, principal, variables });
}

const fields = (values: Values = {}) => Object.entries(values).map(([name, value]) => ({ name, value }));

/** Walks a login over the platform's page; gives where the browser ends up. */
async function logIn(principal: Principal, input: Record<string, unknown>, accounts?: string[]): Promise<string> {
  const start = 'mutation ($input: StartAuthorizationInput!) { startAuthorization(input: $input) { url } }';
  const { startAuthorization } = await send<{ startAuthorization: { url: string } }>(principal, start, { input });
  const real = `https://${startAuthorization.url.slice(doubles.url.length + 1)}`;
  const back = await consent(doubles.url, real, accounts ? { accounts } : {});
  return (await runtime.ports.logins.finish(Object.fromEntries(back.searchParams), principal)).path;
}

async function connect(
  principal: Principal,
  { platform, method, settings, typed }: Omit<Way, 'kind'>,
): Promise<string> {
  const input = { platform, method, settings: fields(settings) };
  if (!typed) return (await logIn(principal, input)).slice(13, 49);
  const text = 'mutation ($input: CreateConnectionInput!) { createConnection(input: $input) { connection { id } } }';
  const { createConnection } = await send<{ createConnection: { connection: { id: string } } }>(principal, text, {
    input: { ...input, secrets: fields(typed.first) },
  });
  return createConnection.connection.id;
}

async function failedStep(principal: Principal, id: string): Promise<string | undefined> {
  const text = 'mutation ($id: ID!) { testConnection(id: $id) { steps { name ok hint } } }';
  const { testConnection } = await send<{ testConnection: { steps: { name: string; ok: boolean }[] } }>(
    principal,
    text,
    { id },
  );
  return testConnection.steps.find(({ ok }) => !ok)?.name;
}

async function stateOf(principal: Principal, id: string) {
  const text = 'query ($id: ID!) { connection(id: $id) { authState authMessage } }';
  const { connection } = await send<{ connection: { authState: string; authMessage: string | null } }>(
    principal,
    text,
    { id },
  );
  return connection;
}

const replaceText = `mutation ($id: ID!, $secrets: [FieldValueInput!]!) {
  replaceCredentials(connectionId: $id, secrets: $secrets) { connection { authState } } }`;

describe.concurrent('access that has ended', () => {
  it.for(ways)('of the kind $kind is given again', async (way, { expect: check }) => {
    const principal = testPrincipal(runtime.newOrganization());
    const id = await connect(principal, way);
    (way.end ?? (() => doubles.control({ platform: way.platform, action: 'revoke' })))();
    check(await failedStep(principal, id)).toBe('AUTHENTICATION');
    if (way.typed) {
      const refused = await ask(connections, replaceText, {
        runtime,
        principal,
        variables: { id, secrets: fields(way.typed.first) },
      });
      check(refused.errors?.[0]?.extensions?.['code']).toBe('PLATFORM_AUTH');
      await send(principal, replaceText, { id, secrets: fields(way.typed.next) });
    } else check(await logIn(principal, { connectionId: id })).toBe(`/connections/${id}?connected=1`);
    check(await stateOf(principal, id)).toEqual({ authState: 'OK', authMessage: null });
    check(await failedStep(principal, id)).toBeUndefined();
  });
});

it.concurrent('a login is kept when the platform asks for a pause right after it, and a key that nobody could try is not', async ({
  expect: check,
}) => {
  const principal = testPrincipal(runtime.newOrganization());
  const id = await connect(principal, { platform: 'linkedin_ads', method: 'oauth' });
  const throttle = (platform: string) => doubles.control({ platform, action: 'throttle', waitSeconds: 1 });
  throttle('linkedin_ads');
  check(await logIn(principal, { connectionId: id })).toBe(`/connections/${id}?connected=1`);
  check(await stateOf(principal, id)).toEqual({
    authState: 'OK',
    authMessage: check.stringMatching(/^The accounts could not be looked at yet; the next sync does\./),
  });
  check(await failedStep(principal, id)).toBeUndefined();
  const secrets = { first: { token: 'pat-eu1-10000000-double-hubspot-berlin' }, next: {} };
  const keyed = await connect(principal, { platform: 'hubspot', method: 'private_app', typed: secrets });
  throttle('hubspot');
  const variables = { id: keyed, secrets: fields({ token: 'pat-of-nobody' }) };
  const { errors } = await ask(connections, replaceText, { runtime, principal, variables });
  check(errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED' });
  check(await failedStep(principal, keyed)).toBeUndefined();
});

it.concurrent('access to accounts of somebody else is refused, at a login and at a sync', async ({ expect: check }) => {
  const principal = testPrincipal(runtime.newOrganization());
  const secrets = { first: { key: 'pk_double_europe' }, next: { key: 'pk_double_pacific' } };
  const id = await connect(principal, { platform: 'klaviyo', method: 'private_key', typed: secrets });
  const variables = { id, secrets: fields(secrets.next) };
  const { errors } = await ask(connections, replaceText, { runtime, principal, variables });
  check(errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT' });
  const elsewhere = doubles.accounts('klaviyo')[1]!.id;
  check(await logIn(principal, { connectionId: id, method: 'oauth' }, [elsewhere])).toBe(
    `/connections/${id}?error=other_account`,
  );
  const context = createContext({ runtime, principal });
  await transaction(context, (tx) => storeCredential(tx, id, { values: secrets.next, extra: {} }));
  const connection = await findConnection(context, id);
  const before = await storedAccounts(context, id);
  const api = await apiFor(context, connection, connectorOf('klaviyo')!);
  await check(refreshAccounts(context, connection, api)).rejects.toMatchObject({
    code: 'PLATFORM_AUTH',
    details: { reason: 'other_account' },
  });
  check(await storedAccounts(context, id)).toEqual(before);
});
