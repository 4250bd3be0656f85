import { answer, ask } from '@liftos/core/testing/ask.ts';
import { consent } from '../../doubles/testing.ts';
import { connections } from '../../subgraph.ts';
import type { Harness } from './harness.ts';

const fieldsOf = (values: Readonly<Record<string, string>> = {}) =>
  Object.entries(values).map(([name, value]) => ({ name, value }));

const startText = 'mutation ($input: StartAuthorizationInput!) { startAuthorization(input: $input) { url } }';

/** A new connection by a login on the platform's own page; reads from `from` on. */
export async function logIn(harness: Harness, from: string): Promise<string> {
  const { connector, given, runtime, principal, doubles } = harness;
  const method = connector.live!.auth.find(({ kind }) => kind === 'oauth2')!.id;
  const settings = fieldsOf(given.settings);
  const variables = { input: { platform: connector.id, method, mode: 'LIVE', settings, from } };
  const { startAuthorization } = await answer<{ startAuthorization: { url: string } }>(connections, startText, {
    runtime,
    principal,
    variables,
  });
  const address = `https://${startAuthorization.url.slice(doubles.url.length + 1)}`;
  const back = await consent(doubles.url, address);
  const { path } = await runtime.ports.logins.finish(Object.fromEntries(back.searchParams), principal);
  const id = /connections\/([0-9a-f-]{36})/.exec(path)?.[1];
  if (!id) throw new Error(`The login ended at ${path}.`);
  return id;
}

/** A new connection with keys that are typed in, or by a login where there are none. */
export async function connectByHand(harness: Harness, from: string, answered: string[]): Promise<string> {
  const { connector, given } = harness;
  if (!given.secrets) return logIn(harness, from);
  const input = {
    platform: connector.id,
    method: given.method,
    mode: 'LIVE',
    from,
    settings: fieldsOf(given.settings),
    secrets: fieldsOf(given.secrets),
  };
  const text = 'mutation ($input: CreateConnectionInput!) { createConnection(input: $input) { connection { id } } }';
  const { createConnection } = await say<{ createConnection: { connection: { id: string } } }>(
    harness,
    text,
    { input },
    answered,
  );
  return createConnection.connection.id;
}

/** Asks as a person does, and keeps the answer, whatever it is. */
export async function say<T>(
  { runtime, principal }: Harness,
  query: string,
  variables: Record<string, unknown>,
  answered: string[],
): Promise<T> {
  const result = await ask<T>(connections, query, { runtime, principal, variables });
  answered.push(JSON.stringify(result));
  if (!result.data) throw new Error(JSON.stringify(result.errors));
  return result.data;
}
