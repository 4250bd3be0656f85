import { readdir } from 'node:fs/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { until } from '@liftos/core/testing/until.ts';
import { api, type Api } from './testing/api.ts';
import { createMock } from './testing/follow-sync.ts';
import { hostileCalls, hostileValues, readSchema } from './testing/hostile-values.ts';
import { owner as credentials, startProduct, type Product } from './testing/product.ts';

let product: Product;
let owner: Api;
beforeAll(async () => {
  product = await startProduct({ LOG_LEVEL: 'debug' });
  owner = await product.signIn();
});
afterAll(() => product.dispose());

/** Bytes of a request to the graph at the most. */
const longestRequest = 2 ** 20;

const codeOf = ({ errors }: { errors?: { extensions: { code: string } }[] }) => errors?.[0]?.extensions.code;
const many = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');

describe('hostile values', () => {
  it.each(hostileValues)('never break an operation: $name', async (hostile) => {
    const schema = await readSchema(owner);
    const broken: string[] = [];
    for (const { name, text, variables } of hostileCalls(schema, hostile)) {
      // What is longer than the gateway takes is refused before it is read, by closing the connection.
      if (JSON.stringify({ query: text, variables }).length > longestRequest) continue;
      const answer = await owner.send(text, variables);
      const unexpected = answer.errors?.filter(({ extensions }) =>
        ['INTERNAL', 'UNAVAILABLE'].includes(extensions.code),
      );
      if (unexpected?.length) broken.push(`${name}: ${JSON.stringify(unexpected[0])}`);
    }
    expect(broken).toEqual([]);
    // They were tried by somebody who may do everything, to the end.
    expect(await owner.ask('{ viewer { role } }')).toEqual({ viewer: { role: 'OWNER' } });
  });

  it('leave the log readable: each line is JSON without a control character', () => {
    const lines = product.output().split('\n');
    const logged = lines.filter((line) => line.startsWith('{'));
    expect(logged.length).toBeGreaterThan(50);
    for (const line of logged) expect(() => JSON.parse(line)).not.toThrow();
    // oxlint-disable-next-line no-control-regex
    expect(lines.filter((line) => /[\u0000-\u0008\u000b-\u001f\u007f]/.test(line))).toEqual([]);
    expect(lines.filter((line) => line.startsWith('Set-Cookie'))).toEqual([]);
  });
});

describe('a document that costs much to check', () => {
  const deep = 'connections { edges { node { syncs { edges { node { connection { id } } } } } } }';
  it.each([
    ['the same field again and again', `{ viewer { ${many(490, () => 'organization { id name }')} } }`],
    [
      'an operation beside the one that runs',
      `query A { viewer { role } } query B { ${many(900, () => 'viewer { role }')} }`,
    ],
    ['a fragment that nothing uses', `query A { viewer { role } } fragment F on Query { ${many(100, () => deep)} }`],
    [
      'fragments against each other',
      `query A { ${many(250, (i) => `...F${i}`)} } ${many(250, (i) => `fragment F${i} on Query { viewer { role } }`)}`,
    ],
    ['introspection in depth', `{ __schema { types { ${'fields { type { '.repeat(6)}name${' } }'.repeat(6)} } } }`],
  ])('is refused before that: %s', async (_title, query) => {
    const started = performance.now();
    const response = await fetch(`${product.address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, operationName: query.startsWith('query A') ? 'A' : undefined }),
    });
    const { errors } = (await response.json()) as Awaited<ReturnType<Api['send']>>;
    expect(errors?.[0]?.message).toMatch(/^The operation is too large|^Maximum introspection depth/);
    expect(performance.now() - started).toBeLessThan(400);
  });
});

describe('who is let in no more', () => {
  /** A socket of somebody, the code it was closed with, and when. */
  async function openSocket(authorization: string) {
    const socket = new WebSocket(`${product.address.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const closed = new Promise<number>((resolve) => socket.on('close', resolve));
    const acknowledged = new Promise<void>((resolve) => socket.once('message', () => resolve()));
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } })));
    await Promise.race([acknowledged, closed]);
    return { socket, closed };
  }

  const ways: [string, () => Promise<{ victim: Api; end(): Promise<unknown> }>][] = [
    [
      'signed out',
      async () => {
        const victim = await product.signIn();
        return { victim, end: () => victim.ask('mutation { signOut { ended } }') };
      },
    ],
    [
      'whose key was revoked',
      async () => {
        const text = `mutation { createApiKey(input: { name: "k", scopes: ["data:read"] }) { secret apiKey { id } } }`;
        const { createApiKey: made } = await owner.ask<{ createApiKey: { secret: string; apiKey: { id: string } } }>(
          text,
        );
        const revoke = 'mutation ($id: ID!) { revokeApiKey(id: $id) { apiKey { revokedAt } } }';
        return { victim: owner.as(`Bearer ${made.secret}`), end: () => owner.ask(revoke, { id: made.apiKey.id }) };
      },
    ],
    [
      'who was removed',
      async () => {
        const { victim, id } = await newMember('VIEWER');
        return { victim, end: () => owner.ask('mutation ($id: ID!) { removeMember(id: $id) { memberId } }', { id }) };
      },
    ],
    [
      'whose role was lowered, until signing in again',
      async () => {
        const { victim, id } = await newMember('ANALYST');
        const text =
          'mutation ($input: ChangeMemberRoleInput!) { changeMemberRole(input: $input) { member { role } } }';
        return { victim, end: () => owner.ask(text, { input: { memberId: id, role: 'VIEWER' } }) };
      },
    ],
  ];

  /** Somebody new in the organisation. */
  async function newMember(role: string): Promise<{ victim: Api; id: string }> {
    const email = `${crypto.randomUUID()}@example.com`;
    const invite = 'mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { link } }';
    const { inviteMember } = await owner.ask<{ inviteMember: { link: string } }>(invite, { input: { email, role } });
    const token = new URL(inviteMember.link, product.address).searchParams.get('token');
    const accept = 'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { accessToken } }';
    const input = { token, name: 'Grace', password: 'another fine secret' };
    const { acceptInvitation } = await owner
      .as('')
      .ask<{ acceptInvitation: { accessToken: string } }>(accept, { input });
    const { members } = await owner.ask<{ members: { id: string; user: { email: string } }[] }>(
      '{ members { id user { email } } }',
    );
    const id = members.find(({ user }) => user.email === email)?.id ?? '';
    return { victim: owner.as(`Bearer ${acceptInvitation.accessToken}`), id };
  }

  it.each(ways)('%s, within five seconds: by no request, and not over the open socket', async (_title, prepare) => {
    const { victim, end } = await prepare();
    const { closed } = await openSocket(victim.authorization);
    expect(codeOf(await victim.send('{ connections { totalCount } }'))).toBeUndefined();
    await end();
    const since = performance.now();
    await until(async () => codeOf(await victim.send('{ connections { totalCount } }')) === 'UNAUTHENTICATED', 5000);
    expect(await closed).toBe(4403);
    expect(performance.now() - since).toBeLessThan(5000);
  });
});

describe('guessing a password', () => {
  it('is over after ten tries, whatever address the request claims to come from', async () => {
    const query = `mutation { signIn(input: { email: "victim@example.com", password: "x" }) { accessToken } }`;
    const codes = await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const response = await fetch(`${product.address}/graphql`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'x-forwarded-for': `203.0.113.${index}`,
            'x-real-ip': `203.0.113.${index}`,
            forwarded: `for=203.0.113.${index}`,
          },
          body: JSON.stringify({ query }),
        });
        return codeOf((await response.json()) as never);
      }),
    );
    expect(codes.filter((code) => code === 'UNAUTHENTICATED')).toHaveLength(10);
    expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(20);
  });
});

describe('a page of another site', () => {
  it.each([
    ['http://evil.example', 403],
    ['null', 403],
    ['SELF.evil.example', 403],
    ['SELF', 101],
  ])('with the origin %s gets %i for a socket', async (origin, status) => {
    const { port, hostname } = new URL(product.address);
    const upgrade = httpRequest({
      port,
      hostname,
      path: '/graphql',
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        origin: origin.replace('SELF', product.address),
        'sec-websocket-version': '13',
        'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
        'sec-websocket-protocol': 'graphql-transport-ws',
      },
    });
    const got = new Promise<number | undefined>((resolve, reject) => {
      upgrade.on('upgrade', (response, socket) => {
        socket.destroy();
        resolve(response.statusCode);
      });
      upgrade.on('response', (response) => resolve(response.resume().statusCode));
      upgrade.on('error', reject);
    });
    upgrade.end();
    expect(await got).toBe(status);
  });
});

describe('the name that a request gives the server', () => {
  /** What a request with this `Host` is answered. */
  async function answerTo(host: string, path: string, body?: string) {
    const { port, hostname } = new URL(product.address);
    const forwarded = { 'x-forwarded-host': host.replaceAll(/[^\w.]/g, ''), 'x-forwarded-proto': 'https' };
    const headers = { host, ...forwarded, authorization: owner.authorization, 'content-type': 'application/json' };
    const asking = httpRequest({ port, hostname, path, method: body ? 'POST' : 'GET', headers });
    const answered = new Promise<IncomingMessage>((resolve, reject) =>
      asking.on('response', resolve).on('error', reject),
    );
    asking.end(body);
    const response = await answered;
    return { response, content: await text(response) };
  }

  it('is in no link that is handed over', async () => {
    const query = `mutation { inviteMember(input: { email: "host@example.com", role: VIEWER }) { link } }`;
    const { content } = await answerTo('evil.example', '/graphql', JSON.stringify({ query }));
    expect(content).toContain('token=');
    expect(content).not.toContain('evil.example');
  });

  it('adds nothing to what pages may load', async () => {
    const { response } = await answerTo('evil.example; script-src *', '/explorer');
    expect(response.statusCode).toBe(200);
    const page = await answerTo('evil.example; script-src *', '/');
    expect([200, 404]).toContain(page.response.statusCode);
    for (const { headers } of [response, page.response]) {
      expect(String(headers['content-security-policy'])).not.toContain('script-src *');
    }
  });
});

describe('cursors', () => {
  it('that were changed are refused, and so are pages that are too large', async () => {
    await createMock(owner, '2026-11-01', 1);
    await createMock(owner, '2026-11-01', 2);
    const list =
      'query ($first: Int, $after: String) { connections(first: $first, after: $after) { pageInfo { endCursor } } }';
    const { connections } = await owner.ask<{ connections: { pageInfo: { endCursor: string } } }>(list, { first: 1 });
    const cursor = connections.pageInfo.endCursor;
    const [signature = '', key = ''] = cursor.split('.');
    expect((await owner.send(list, { after: cursor })).errors).toBeUndefined();
    const forged = Buffer.from(`${Buffer.from(key, 'base64url').toString()}0`).toString('base64url');
    for (const after of [
      `${signature}.${forged}`,
      `.${key}`,
      `${'A'.repeat(12)}.${key}`,
      '',
      '.',
      'x'.repeat(50_000),
    ]) {
      expect(codeOf(await owner.send(list, { after })), after.slice(0, 60)).toBe('BAD_USER_INPUT');
    }
    for (const first of [0, -1, 501, 1_000_000_000]) {
      expect(codeOf(await owner.send(list, { first })), String(first)).toBe('BAD_USER_INPUT');
    }
  });
});

describe('an upload that breaks off', () => {
  const stored = async () =>
    (await readdir(join(product.dataDir, 'uploads'), { recursive: true, withFileTypes: true }).catch(() => [])).filter(
      (entry) => entry.isFile(),
    );

  it.each([
    ['a file', { 'content-type': 'text/csv', 'content-length': '50000000' }, ''],
    [
      'a form',
      { 'content-type': 'multipart/form-data; boundary=b' },
      '--b\r\ncontent-disposition: form-data; name="f"; filename="a.csv"\r\n\r\n',
    ],
  ])('leaves nothing behind: %s', async (_title, headers, head) => {
    const before = (await stored()).length;
    const sending = httpRequest(`${product.address}/upload`, {
      method: 'POST',
      headers: { ...headers, authorization: owner.authorization },
    });
    sending.on('error', () => undefined);
    sending.write(head + 'date,channel,spend\n2026-01-01,search,1\n'.repeat(50_000));
    await until(async () => (await stored()).length === before + 1);
    sending.destroy();
    await until(async () => (await stored()).length === before);
    const id = await owner.upload('', 'whole.csv', new TextEncoder().encode('date,channel,spend\n2026-01-01,a,1\n'));
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect((await stored()).length).toBe(before + 1);
  });
});

describe('secrets', () => {
  it('appear in no log line, however the operation ends', async () => {
    const marker = `marker${crypto.randomUUID().slice(0, 8)}`;
    const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }';
    await owner.as('').send(signIn, { input: { email: 'nobody@example.com', password: marker } });
    await owner.as('').send(signIn, { input: { email: { wrong: marker }, password: marker } });
    await owner.as(`Bearer ${marker}`).send('{ viewer { role } }');
    await owner.send('mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { viewer { role } } }', {
      input: { current: marker, next: `${marker}${marker}` },
    });
    await fetch(`${product.address}/graphql?authorization=${marker}`, { method: 'POST', body: '{' });
    const invite = 'mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { link } }';
    const input = { email: `${marker}@example.com`, role: 'VIEWER' };
    const { inviteMember } = await owner.ask<{ inviteMember: { link: string } }>(invite, { input });
    const token = new URL(inviteMember.link, product.address).searchParams.get('token') ?? '';
    const accept = 'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { accessToken } }';
    // Several at once run into each other's rows.
    const sent = await Promise.all(
      Array.from({ length: 5 }, () =>
        owner.as('').send<{ acceptInvitation: { accessToken: string } }>(accept, {
          input: { token, name: marker, password: `${marker} a fine secret` },
        }),
      ),
    );
    const accessToken = sent.find(({ data }) => data)?.data?.acceptInvitation.accessToken ?? '';
    const made = await owner.ask<{ createApiKey: { secret: string } }>(
      'mutation { createApiKey(input: { name: "k", scopes: ["data:read"] }) { secret } }',
    );
    expect(sent.filter(({ errors }) => codeOf({ errors }) === 'INTERNAL')).toEqual([]);
    await owner.send('{ notAField }');
    await until(() => product.output().includes('operation failed in part'));
    const secrets = { marker, token, accessToken, key: made.createApiKey.secret, password: credentials.password };
    for (const [name, secret] of Object.entries(secrets)) {
      expect(secret.length, name).toBeGreaterThan(8);
      expect(product.output().includes(secret), `${name} was logged`).toBe(false);
    }
    const statements = /(insert into|update|delete from|select .* from) "?(identity|connections|memory|runtime)\b/i;
    expect(product.output()).not.toMatch(statements);
  });

  it('are not read from the address', async () => {
    const token = owner.authorization.replace('Bearer ', '');
    const response = await fetch(`${product.address}/graphql?access_token=${token}&authorization=Bearer%20${token}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ viewer { role } }' }),
    });
    expect(await response.json()).toEqual({ data: { viewer: null } });
  });
});

describe('strangers', () => {
  it.each([
    '{ __schema { types { name } } }',
    '{ __type(name: "User") { name } }',
    '{ ... on Query { a: __schema { queryType { name } } } }',
  ])('may not read the schema: %s', async (query) => {
    expect(codeOf(await api(product.address).send(query))).toBe('UNAUTHENTICATED');
  });

  it('are told nothing by a misspelt name', async () => {
    const answers = [
      await api(product.address).send('{ conections { totalCount } }'),
      await api(product.address).send('mutation { signIn(input: { emial: "a", password: "b" }) { accessToken } }'),
      await api(product.address).send('mutation ($i: SignInInput!) { signIn(input: $i) { accessToken } }', {
        i: { emial: 'a', email: 'a', password: 'b' },
      }),
    ];
    for (const answer of answers) {
      expect(codeOf(answer)).toBe('BAD_USER_INPUT');
      expect(JSON.stringify(answer)).not.toContain('Did you mean');
    }
  });
});
