import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Context, Principal } from '@liftos/core/context.ts';
import { createContext, transaction } from '@liftos/core/create-context.ts';
import { answer, ask } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { findConnection } from '../connection/create-connection.ts';
import { insertConnection } from '../connection/connection.service.ts';
import { startDoubles, type Doubles } from '../doubles/start-doubles.ts';
import { consent } from '../doubles/testing.ts';
import { connections } from '../subgraph.ts';
import { fakeMemory } from '../testing/fake-memory.ts';
import { careForCredentials } from './care.ts';
import { credentialFor, storeCredential } from './credential.service.ts';
import { addKey, keyRing } from './key-ring.ts';
import { open, seal } from './envelope.ts';
import { keyUse, removeOldKeys, rewrapAll } from './rotate-keys.ts';
import type { CredentialTable } from './credential-tables.ts';

let doubles: Doubles;
let runtime: TestRuntime;
const written: string[] = [];
beforeAll(async () => {
  doubles = await startDoubles({ platforms: ['klaviyo', 'meta_business', 'hubspot'] });
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
  const context = createContext({ runtime, principal });
  const get = async <T>(text: string, variables: Record<string, unknown>): Promise<T> => {
    const data = await answer<T>(connections, text, { runtime, principal, variables });
    written.push(JSON.stringify(data));
    return data;
  };
  return { principal, context, get };
}

const startText = `mutation ($input: StartAuthorizationInput!) { startAuthorization(input: $input) { url expiresAt } }`;

/** Logs in by clicking through the double's page; gives the path in the client where it ends. */
async function logIn(who: ReturnType<typeof person>, input: Record<string, unknown>, allow = true) {
  const { startAuthorization } = await who.get<{ startAuthorization: { url: string } }>(startText, { input });
  const real = `https://${startAuthorization.url.slice(doubles.url.length + 1)}`;
  const back = await consent(doubles.url, real, { allow });
  const parameters = Object.fromEntries(back.searchParams);
  return { parameters, path: (await runtime.ports.logins.finish(parameters, who.principal)).path };
}

async function connected(who: ReturnType<typeof person>, platform: string): Promise<string> {
  const { path } = await logIn(who, { platform });
  expect(path).toMatch(/^\/connections\/[\w-]{36}\?connected=1$/);
  return path.slice(13, 49);
}

async function audited(context: Context, topic: string): Promise<number> {
  const { rows } = await sql<{ events: number }>`
    select count(*) as events from runtime.event where topic = ${topic} and audited`.execute(context.db);
  return Number(rows[0]!.events);
}

describe('logins', () => {
  it('lead to a connection with its accounts, once', async () => {
    const who = person();
    const { path, parameters } = await logIn(who, { platform: 'hubspot' });
    expect(path).toMatch(/connected=1$/);
    const again = await runtime.ports.logins.finish(parameters, who.principal);
    expect(again.path).toBe('/connections/new/hubspot?error=replayed');
    const data = await who.get<{ connection: { authState: string; accounts: unknown[] } }>(
      `query ($id: ID!) { connection(id: $id) { authState accounts { id name state selected } } }`,
      { id: path.slice(13, 49) },
    );
    expect(data.connection.authState).toBe('OK');
    expect(data.connection.accounts.length).toBeGreaterThan(0);
  });

  it('with PKCE and Basic work, and a token that is exchanged lives long', async () => {
    const who = person();
    const klaviyo = await connected(who, 'klaviyo');
    expect((await credentialFor(who.context, await findConnection(who.context, klaviyo))).refreshToken).toBeTruthy();
    const meta = await connected(who, 'meta_business');
    const { expiresAt } = await credentialFor(who.context, await findConnection(who.context, meta));
    expect(Date.parse(expiresAt!) - Date.now()).toBeGreaterThan(50 * 86_400_000);
  });

  it('that were denied, are foreign, unknown or too old say so', async () => {
    const who = person();
    expect((await logIn(who, { platform: 'klaviyo' }, false)).path).toBe('/connections/new/klaviyo?error=denied');
    const { finish } = runtime.ports.logins;
    expect((await finish({ state: 'x', code: 'y' }, who.principal)).path).toBe('/connections?error=unknown_state');
    const { startAuthorization } = await who.get<{ startAuthorization: { url: string } }>(startText, {
      input: { platform: 'klaviyo' },
    });
    const state = new URL(startAuthorization.url).searchParams.get('state')!;
    const foreign = await finish({ state, code: 'c', iss: 'https://evil.example' }, who.principal);
    expect(foreign.path).toBe('/connections/new/klaviyo?error=foreign_answer');
    const late = await who.get<{ startAuthorization: { url: string } }>(startText, { input: { platform: 'klaviyo' } });
    await sql`update connections.oauth_state set expires_at = now() - interval '1 second' where used_at is null`.execute(
      who.context.db,
    );
    const lateState = new URL(late.startAuthorization.url).searchParams.get('state')!;
    expect((await finish({ state: lateState, code: 'c' }, who.principal)).path).toMatch(/error=expired$/);
  });
});

describe('renewal', () => {
  it('happens once for fifty callers', async () => {
    const who = person();
    const connection = await findConnection(who.context, await connected(who, 'hubspot'));
    const before = await credentialFor(who.context, connection);
    const refreshes = doubles.counters('hubspot').tokenRefreshes;
    const refused = before.accessToken!;
    const all = await Promise.all(
      Array.from({ length: 50 }, () =>
        credentialFor(createContext({ runtime, principal: who.principal }), connection, { refused }),
      ),
    );
    expect(new Set(all.map(({ accessToken }) => accessToken)).size).toBe(1);
    expect(all[0]!.accessToken).not.toBe(refused);
    expect(doubles.counters('hubspot').tokenRefreshes - refreshes).toBe(1);
    expect((await credentialFor(who.context, connection, { refused })).accessToken).toBe(all[0]!.accessToken);
  });

  it('happens once for callers in two runtimes on one database', async () => {
    const who = person();
    const connection = await findConnection(who.context, await connected(who, 'hubspot'));
    const refused = (await credentialFor(who.context, connection)).accessToken!;
    const refreshes = doubles.counters('hubspot').tokenRefreshes;
    const other = { ...runtime };
    const all = await Promise.all(
      [runtime, other].flatMap((process) =>
        Array.from({ length: 25 }, () =>
          credentialFor(createContext({ runtime: process, principal: who.principal }), connection, { refused }),
        ),
      ),
    );
    expect(new Set(all.map(({ accessToken }) => accessToken)).size).toBe(1);
    expect(doubles.counters('hubspot').tokenRefreshes - refreshes).toBe(1);
  });

  it('that goes round and round is stopped', async () => {
    const who = person();
    const connection = await findConnection(who.context, await connected(who, 'hubspot'));
    let token = (await credentialFor(who.context, connection)).accessToken!;
    for (let i = 0; i < 5; i += 1)
      token = (await credentialFor(who.context, connection, { refused: token })).accessToken!;
    await expect(credentialFor(who.context, connection, { refused: token })).rejects.toMatchObject({
      code: 'RATE_LIMITED',
    });
  });

  it('that fails for a moment keeps the credential and waits before the next try', async () => {
    const who = person();
    const connection = await findConnection(who.context, await connected(who, 'klaviyo'));
    const before = await credentialFor(who.context, connection);
    const refused = before.accessToken!;
    doubles.control({ platform: 'klaviyo', action: 'fail', calls: 1, status: 503, path: '/oauth/token' });
    for (const message of [/no tokens/, /next try/]) {
      await expect(credentialFor(who.context, connection, { refused })).rejects.toMatchObject({
        code: 'PLATFORM_UNAVAILABLE',
        message: expect.stringMatching(message) as string,
      });
    }
    expect(await credentialFor(who.context, connection)).toEqual(before);
  });

  it('that is refused marks the connection broken until somebody logs in again', async () => {
    const who = person();
    const id = await connected(who, 'klaviyo');
    const connection = await findConnection(who.context, id);
    const { accessToken } = await credentialFor(who.context, connection);
    doubles.control({ platform: 'klaviyo', action: 'revoke' });
    await expect(credentialFor(who.context, connection, { refused: accessToken! })).rejects.toMatchObject({
      code: 'PLATFORM_AUTH',
    });
    expect(await findConnection(who.context, id)).toMatchObject({ auth_state: 'BROKEN' });
    expect(await audited(who.context, 'connection.broken')).toBe(1);
    const { path } = await logIn(who, { connectionId: id });
    expect(path).toBe(`/connections/${id}?connected=1`);
    expect(await findConnection(who.context, id)).toMatchObject({ auth_state: 'OK', auth_message: null });
  });
});

describe('care', () => {
  it('announces consents that end within thirty days, once, and forgets logins that are over', async () => {
    const who = person();
    const id = await connected(who, 'hubspot');
    const row = await findConnection(who.context, id);
    const credential = await credentialFor(who.context, row);
    const ends = new Date(Date.now() + 10 * 86_400_000).toISOString();
    await transaction(who.context, (tx) => storeCredential(tx, id, { ...credential, consentEndsAt: ends }));
    await sql`update connections.oauth_state set expires_at = now() - interval '2 days'`.execute(who.context.db);
    await careForCredentials(runtime);
    await careForCredentials(runtime);
    expect(await findConnection(who.context, id)).toMatchObject({
      auth_state: 'EXPIRING',
      auth_message: expect.stringContaining(ends.slice(0, 10)) as string,
    });
    expect(await audited(who.context, 'connection.expiring')).toBe(1);
    const { rows } = await sql`select from connections.oauth_state`.execute(who.context.db);
    expect(rows.length).toBe(0);
  });

  it('renews tokens that nobody has used for a week', async () => {
    const who = person();
    const id = await connected(who, 'hubspot');
    await sql`update connections.credential set renewed_at = now() - interval '8 days'`.execute(who.context.db);
    const refreshes = doubles.counters('hubspot').tokenRefreshes;
    await careForCredentials(runtime);
    await careForCredentials(runtime);
    expect(doubles.counters('hubspot').tokenRefreshes - refreshes).toBe(1);
    expect(await findConnection(who.context, id)).toMatchObject({ auth_state: 'OK' });
  });
});

describe('typed keys', () => {
  const createText = `mutation ($input: CreateConnectionInput!) { createConnection(input: $input) { connection {
    id authState authMessage method accounts { id state } } } }`;
  const input = {
    platform: 'meta_business',
    method: 'system_user',
    secrets: [{ name: 'token', value: 'EAAdoubleSystemUserToken' }],
  };

  it('connect and can be tested step by step', async () => {
    const who = person();
    const { createConnection } = await who.get<{ createConnection: { connection: { id: string; authState: string } } }>(
      createText,
      { input },
    );
    expect(createConnection.connection.authState).toBe('OK');
    const { testConnection } = await who.get<{
      testConnection: { ok: boolean; steps: { name: string; ok: boolean }[] };
    }>(`mutation ($id: ID!) { testConnection(id: $id) { ok steps { name ok milliseconds message hint } } }`, {
      id: createConnection.connection.id,
    });
    expect(testConnection).toMatchObject({ ok: true });
    expect(testConnection.steps.map(({ name }) => name)).toEqual([
      'CONNECTIVITY',
      'AUTHENTICATION',
      'PERMISSIONS',
      'ACCOUNTS',
      'EXTRACTION',
    ]);
    expect(await audited(who.context, 'credential.opened')).toBe(1);
  });

  it('that are wrong fail at the step, and fields are named', async () => {
    const who = person();
    const canary = 'canary-5f0c1b2a-wrong-token';
    const wrong = { ...input, secrets: [{ name: 'token', value: canary }] };
    const { testCredentials } = await who.get<{ testCredentials: { ok: boolean; steps: unknown[] } }>(
      `mutation ($input: TestCredentialsInput!) { testCredentials(input: $input) { ok steps { name ok message hint } } }`,
      { input: wrong },
    );
    expect(testCredentials.ok).toBe(false);
    expect(testCredentials.steps.at(-1)).toMatchObject({ name: 'AUTHENTICATION', ok: false });
    const { createConnection } = await who.get<{ createConnection: { connection: { authState: string } } }>(
      createText,
      {
        input: wrong,
      },
    );
    expect(createConnection.connection.authState).toBe('BROKEN');
    for (const [secrets, field] of [
      [[], 'input.secrets.token'],
      [[{ name: 'key', value: 'x' }], 'input.secrets.key'],
    ]) {
      const { errors } = await ask(connections, createText, {
        runtime,
        principal: who.principal,
        variables: { input: { ...input, secrets } },
      });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
    }
  });

  it('and tokens are nowhere in clear', async () => {
    const dump = await everything();
    for (const secret of ['EAAdoubleSystemUserToken', 'canary-5f0c1b2a-wrong-token', 'klaviyo-double-secret']) {
      expect(dump.includes(secret)).toBe(false);
      expect(written.join().includes(secret)).toBe(false);
    }
  });
});

/** All rows of all tables as text. */
async function everything(): Promise<string> {
  const { system } = runtime.database;
  const { rows } = await sql<{ name: string }>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(system);
  const texts: string[] = [];
  for (const { name } of rows) {
    const found = await sql<{ text: string }>`
      select coalesce(string_agg(t::text, ' '), '') as text from ${sql.raw(name)} t`.execute(system);
    texts.push(found.rows[0]!.text);
  }
  return texts.join('\n');
}

describe('a change of keys', () => {
  it('wraps ten thousand credentials anew while others are opened; then the old key opens nothing', async () => {
    const who = person();
    const principal: Principal = who.principal;
    const context = createContext({ runtime, principal });
    const settings = { from: '2026-01-01', seed: 1, values: {}, method: 'system_user' };
    const draft = {
      platform: 'meta_business',
      mode: 'LIVE',
      settings,
      currency: 'EUR',
      time_zone: 'UTC',
      schedule: null,
    };
    const row = await transaction(context, (tx) =>
      insertConnection(tx, { ...draft, mode: 'LIVE', name: 'Many' }, (id) =>
        storeCredential(tx, id, { values: { token: randomBytes(16).toString('hex') }, extra: {} }),
      ),
    );
    const secret = (await credentialFor(context, row)).values['token'];
    await copies(context, row.id, 10_000);
    await forgetForeignSecrets();
    const old = keyRing(runtime).newest;
    addKey(runtime);
    const ended = new AbortController();
    const opening = (async () => {
      let opened = 0;
      while (!ended.signal.aborted) {
        expect((await credentialFor(context, row)).values['token']).toBe(secret);
        await transaction(context, (tx) => storeCredential(tx, row.id, { values: { token: secret! }, extra: {} }));
        opened += 1;
      }
      return opened;
    })();
    await rewrapAll(runtime, AbortSignal.timeout(60_000));
    ended.abort();
    expect(await opening).toBeGreaterThan(0);
    const use = await keyUse(runtime);
    expect(use.find(({ id }) => id === old.id)?.secrets ?? 0).toBe(0);
    await removeOldKeys(context);
    expect(keyRing(runtime).find(old.id)).toBeUndefined();
    expect((await credentialFor(context, row)).values['token']).toBe(secret);
    const { rows } = await sql<CredentialTable>`
      select * from connections.credential where connection_id = ${row.id}`.execute(context.db);
    const place = { organizationId: context.organizationId, subject: row.id, purpose: 'credential' } as const;
    const onlyOld = {
      newest: old,
      find: (id: string) => (id === old.id ? old : undefined),
      ids: () => [old.id],
      inFile: false,
    };
    expect(() => open(onlyOld, place, rows[0]!)).toThrow(`The encryption key ${rows[0]!.key_id} is missing`);
  });
});

/** What other test files of this worker left is under keys of their own. */
async function forgetForeignSecrets(): Promise<void> {
  const ids = [...keyRing(runtime).ids()];
  for (const table of ['credential', 'oauth_app', 'oauth_state'])
    await sql`delete from ${sql.table(`connections.${table}`)} where key_id <> all(${ids}::text[])`.execute(
      runtime.database.system,
    );
  await sql`delete from connections.webhook_secret where split_part(sealed, '.', 1) <> all(${ids}::text[])`.execute(
    runtime.database.system,
  );
}

/** Many connections with credentials of their own. */
async function copies(context: Context, id: string, count: number): Promise<void> {
  const ids = Array.from({ length: count }, () => context.newId());
  const ring = keyRing(runtime);
  const sealed = ids.map((subject) =>
    seal(ring, { organizationId: context.organizationId, subject, purpose: 'credential' }, '{"values":{},"extra":{}}'),
  );
  const texts = (read: (one: (typeof sealed)[number]) => Uint8Array): string[] =>
    sealed.map((one) => Buffer.from(read(one)).toString('base64'));
  await sql`insert into connections.connection (organization_id, id, name, platform, mode, settings, currency, time_zone, created_at)
    select organization_id, copy, name, platform, mode, settings, currency, time_zone, created_at
    from connections.connection, unnest(${ids}::uuid[]) as copy where id = ${id}`.execute(context.db);
  await sql`insert into connections.credential (organization_id, connection_id, ciphertext, wrapped_key, key_id, renewed_at, created_at)
    select ${context.organizationId}, id, decode(content, 'base64'), decode(wrapped, 'base64'), ${ring.newest.id}, now(), now()
    from unnest(${ids}::uuid[], ${texts((one) => one.ciphertext)}::text[], ${texts((one) => one.wrapped_key)}::text[])
      as copy (id, content, wrapped)`.execute(context.db);
}
