import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { createContext } from '@liftos/core/create-context.ts';
import { testPrincipal, testRuntime } from '@liftos/core/testing/runtime.ts';
import { findConnection } from '../connection/create-connection.ts';
import { demoApp } from '../doubles/demo-app.ts';
import { hubspotErrors } from '../doubles/hubspot/errors.pure.ts';
import { defineDouble } from '../doubles/kit/define-double.ts';
import type { Rotation } from '../doubles/kit/oauth-options.ts';
import { startDoubles } from '../doubles/start-doubles.ts';
import { consent } from '../doubles/testing.ts';
import { renewedCredential } from '../oauth/request-token.ts';
import { startAuthorization } from '../oauth/start-authorization.ts';
import type { OAuth2Method } from '../platforms/auth-method.ts';
import { connectorOf } from '../platforms/registry.ts';
import { connections } from '../subgraph.ts';
import { fakeMemory } from '../testing/fake-memory.ts';
import { credentialFor } from './credential.service.ts';

/** A platform that rotates refresh tokens, with two runtimes of LiftOS on one database and a connection between them. */
async function open(rotation: Rotation) {
  const double = defineDouble({
    platform: 'hubspot',
    hosts: ['api.hubapi.com', 'app.hubspot.com'],
    access: {},
    oauth: {
      ...demoApp('hubspot'),
      authorize: { host: 'app.hubspot.com', path: '/oauth/authorize' },
      token: { path: '/oauth/2026-09/token' },
      accessSeconds: 1800,
      rotation,
    },
    state: () => ({}),
    routes: [],
    errors: hubspotErrors,
    accounts: () => [],
    totals: () => ({}),
  });
  const doubles = await startDoubles({ doubles: [double] });
  const options = { env: { LIFTOS_PLATFORMS_URL: doubles.url }, remotePorts: { memory: fakeMemory() } };
  const one = await testRuntime([connections], options);
  const env = { ...options.env, LIFTOS_DATA_DIR: one.config.LIFTOS_DATA_DIR };
  const two = await testRuntime([connections], { ...options, env });
  const principal = testPrincipal(one.newOrganization());
  const context = createContext({ runtime: one, principal });
  const { url } = await startAuthorization(context, { platform: 'hubspot' });
  const back = await consent(doubles.url, `https://${url.slice(doubles.url.length + 1)}`);
  const { path } = await one.ports.logins.finish(Object.fromEntries(back.searchParams), principal);
  return {
    doubles,
    one,
    two,
    principal,
    context,
    connection: await findConnection(context, path.slice(13, 49)),
    async close() {
      await two.close();
      await one.close();
      await doubles.stop();
    },
  };
}

it('fifty callers in two runtimes renew a token that rotates exactly once', async () => {
  const { one, two, principal, context, connection, doubles, close } = await open('always');
  let refused = (await credentialFor(context, connection)).accessToken!;
  for (let round = 1; round <= 3; round += 1) {
    const token = refused;
    const all = await Promise.all(
      [one, two].flatMap((runtime) =>
        Array.from({ length: 25 }, () =>
          credentialFor(createContext({ runtime, principal }), connection, { refused: token }),
        ),
      ),
    );
    expect(new Set(all.map(({ accessToken }) => accessToken)).size).toBe(1);
    expect(doubles.counters('hubspot').tokenRefreshes).toBe(round);
    refused = all[0]!.accessToken!;
  }
  await close();
});

/** The platform has given out new tokens, and the process died before it could keep them. */
async function die({ context, connection }: Awaited<ReturnType<typeof open>>): Promise<void> {
  const connector = connectorOf('hubspot')!;
  const method = connector.live!.auth.find(({ kind }) => kind === 'oauth2') as OAuth2Method;
  const credential = await credentialFor(context, connection);
  await renewedCredential(context, { connector, method, settings: {} }, credential);
  await sql`update connections.credential set lease_owner = ${context.newId()},
    lease_until = clock_timestamp() + interval '1 second'`.execute(context.db);
}

it('a crash before new tokens were kept does no harm where the old one lives until then', async () => {
  const opened = await open('gentle');
  await die(opened);
  const { two, principal, connection, doubles, close } = opened;
  const context = createContext({ runtime: two, principal });
  const { accessToken } = await credentialFor(context, connection, { always: true });
  expect(await credentialFor(context, connection, { refused: 'another' })).toMatchObject({ accessToken });
  expect(doubles.counters('hubspot').tokenRefreshes).toBe(2);
  await close();
});

it('a crash before new tokens were kept is told to people where the old one ended', async () => {
  const opened = await open('always');
  await die(opened);
  const { two, principal, connection, close } = opened;
  const context = createContext({ runtime: two, principal });
  await expect(credentialFor(context, connection, { always: true })).rejects.toMatchObject({ code: 'PLATFORM_AUTH' });
  const { auth_state: state, auth_message: message } = await findConnection(context, connection.id);
  expect(state).toBe('BROKEN');
  expect(message).toMatch(/Connect it again/);
  await close();
});
