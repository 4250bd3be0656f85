import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { makeFixture } from '../testing/fixture.ts';
import { marketing, type MarketingWorld } from '../testing/marketing.ts';
import { startGateway, type TestGateway } from '../testing/test-gateway.ts';
import type { UploadSink } from './upload-route.ts';

let edge: TestGateway;
let world: MarketingWorld;
const received = { started: 0, finished: 0, broken: 0 };

/** Reads everything, keeps nothing, and says when a stream broke off. */
const sink: UploadSink = {
  async receive({ principal }, { fileName, contentType, stream }) {
    received.started++;
    const hash = createHash('sha256');
    let bytes = 0;
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        bytes += chunk.length;
        hash.update(chunk);
      }
    } catch (error) {
      received.broken++;
      throw error;
    }
    received.finished++;
    return { id: `${principal.id} ${fileName} ${contentType}`, bytes, sha256: hash.digest('hex') };
  },
};

const clientPath = mkdtempSync(join(tmpdir(), 'liftos-client-'));

beforeAll(async () => {
  mkdirSync(join(clientPath, 'assets'));
  writeFileSync(join(clientPath, 'index.html'), '<!doctype html><title>LiftOS</title>');
  writeFileSync(join(clientPath, 'assets/main-abc.js'), 'export {};');
  writeFileSync(join(clientPath, '.secret'), 'secret');
  const made = marketing();
  world = made.world;
  const fixture = makeFixture(made.subgraphs);
  edge = await startGateway(fixture.supergraph, fixture.sources, { clientPath, uploads: sink });
});

afterAll(() => edge.close());
afterEach(() => void world.calls.clear());

const post = (path: string, init: RequestInit & { duplex?: 'half' }): Promise<Response> =>
  fetch(new URL(path, edge.url), { method: 'POST', ...init });

describe('access', () => {
  test('is refused before anything runs: not signed in', async () => {
    const { status, body } = await edge.ask('{ open again: mine }');
    expect({ status, body }).toEqual({
      status: 401,
      body: { errors: [{ message: 'Sign in first.', path: ['again'], extensions: { code: 'UNAUTHENTICATED' } }] },
    });
  });

  test('is refused to who lacks a scope, and given to who holds one of the sets whole', async () => {
    const refused = await edge.ask('{ secret }', { as: 'reader' });
    expect(refused.body.errors[0].extensions.code).toBe('FORBIDDEN');
    expect((await edge.ask('{ secret }', { headers: { 'x-api-key': 'root' } })).body).toEqual({
      data: { secret: 'secret' },
    });
  });

  test('is refused for a fragment as for a plain field', async () => {
    const { body } = await edge.ask('query { ...F } fragment F on Query { hidden: secret @include(if: false) }', {
      as: 'reader',
    });
    expect(body.errors[0].extensions.code).toBe('FORBIDDEN');
  });

  test('ends with credentials that do not hold', async () => {
    const { status, body } = await edge.ask('{ open }', { as: 'nobody' });
    expect([status, body.errors[0].extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  test('is not had by credentials in the address', async () => {
    const response = await post('/graphql?authorization=Bearer%20ada&api_key=root', {
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ mine }"}',
    });
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  test('to the schema is for those who have signed in', async () => {
    for (const query of ['{ __schema { types { name } } }', '{ __type(name: "Query") { name } }']) {
      expect((await edge.ask(query)).body.errors[0].extensions.code).toBe('UNAUTHENTICATED');
      expect((await edge.ask(query, { as: 'reader' })).body.data).toBeTruthy();
    }
    expect((await edge.ask('{ __typename }')).body).toEqual({ data: { __typename: 'Query' } });
  });

  test('gives no hints about the schema to strangers', async () => {
    const stranger = await edge.ask('{ campain }');
    expect(stranger.status).toBe(400);
    expect(JSON.stringify(stranger.body)).not.toContain('campaign');
    expect(JSON.stringify((await edge.ask('{ campain }', { as: 'ada' })).body)).toContain('Did you mean');
    const value = await edge.ask('query($first: Int) { campaigns(first: $first) { id } }', {
      variables: { fist: 1, first: 'x' },
    });
    expect(JSON.stringify(value.body)).not.toContain('Did you mean');
  });
});

describe('an operation that is too large is refused quickly:', () => {
  const many = (count: number, text: (index: number) => string): string =>
    Array.from({ length: count }, (_, index) => text(index)).join(' ');
  const chain = many(50, (index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`);
  test.each([
    ['a thousand aliases', `{ ${many(1000, (index) => `a${index}: open`)} }`],
    ['fragments that double fifty times', `query { ...F0 } ${chain} fragment F50 on Query { open }`],
    ['fragments in a circle', 'query { ...A } fragment A on Query { ...B } fragment B on Query { ...A }'],
    ['ten thousand directives', `{ open ${many(10_000, () => '@include(if: true)')} }`],
    ['a field ten thousand times', `{ ${many(10_000, () => 'open')} }`],
    ['nesting', `{ campaign(id: "c1") { ${'owner { managed { '.repeat(12)}id${' } }'.repeat(12)} } }`],
    ['two megabytes', `{ open } # ${'x'.repeat(2_000_000)}`],
    ['cost', '{ campaigns(first: 1000) { owner { managed { owner { managed { owner { name } } } } } } }'],
    ['many root fields', `{ ${many(21, () => 'open')} }`],
  ])('%s', async (_title, query) => {
    const started = performance.now();
    const { status, body } = await edge.ask(query, { as: 'ada' });
    expect([400, 413]).toContain(status);
    expect(body.errors[0].extensions.code).toBe('BAD_USER_INPUT');
    expect(performance.now() - started).toBeLessThan(500);
  });

  test('cost that hides in a variable', async () => {
    const query = 'query($n: Int) { campaigns(first: $n) { owner { managed { owner { managed { id } } } } } }';
    expect((await edge.ask(query, { as: 'ada', variables: { n: 2 } })).status).toBe(200);
    expect(
      (await edge.ask(query, { as: 'ada', variables: { n: 1_000_000_000 } })).body.errors[0].extensions,
    ).toMatchObject({
      limit: 'cost',
    });
  });

  test('a batch', async () => {
    const body = JSON.stringify(Array.from({ length: 100 }, () => ({ query: '{ open }' })));
    expect((await post('/graphql', { headers: { 'content-type': 'application/json' }, body })).status).toBe(400);
  });

  test('a hundred sign-ins in one request, of which none is tried', async () => {
    const query = `mutation { ${many(20, (index) => `a${index}: signIn(name: "x")`)} }`;
    expect((await edge.ask(query)).status).toBe(400);
    expect(world.calls.get('signIn')).toBeUndefined();
  });
});

describe('a request that is no operation', () => {
  const headers = { 'content-type': 'application/json' };
  test.each([
    ['JSON that breaks off', '{"query":', headers, 400, 'Unparsable JSON body'],
    ['no query', '{}', headers, 400, 'Missing query'],
    ['another type', '{}', { 'content-type': 'text/plain' }, 415, 'Send JSON, with content-type: application/json.'],
  ])('is told so with a code: %s', async (_title, body, given, status, message) => {
    const response = await post('/graphql', { headers: given, body });
    expect([response.status, await response.json()]).toEqual([
      status,
      { errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] },
    ]);
  });
});

describe('a request that a foreign page could send', () => {
  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    'as %s is refused',
    async (type) => {
      const response = await post('/graphql', { headers: { 'content-type': type }, body: '{"query":"{ open }"}' });
      expect(response.status).toBe(415);
    },
  );

  test.each(['?query={open}', '?query=mutation{signIn(name:"x")}'])('by GET %s is refused', async (query) => {
    const response = await fetch(edge.url + query);
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    expect(world.calls.get('signIn')).toBeUndefined();
  });
});

describe('errors', () => {
  test('that are meant for people pass with their code and place', async () => {
    const { body } = await edge.ask('{ open refused }', { as: 'ada' });
    expect(body).toEqual({
      data: { open: 'open', refused: null },
      errors: [
        { message: 'Somebody else was first.', path: ['refused'], extensions: { code: 'CONFLICT', field: 'name' } },
      ],
    });
  });

  test('that are not are masked; a correlation id leads to the log', async () => {
    const { body, headers } = await edge.ask('{ broken }', {
      as: 'ada',
      headers: { 'x-correlation-id': 'my-request-17' },
    });
    expect(body).toEqual({
      data: { broken: null },
      errors: [
        {
          message: 'Something went wrong on our side.',
          path: ['broken'],
          extensions: { code: 'INTERNAL', correlationId: 'my-request-17' },
        },
      ],
    });
    expect(headers.get('x-correlation-id')).toBe('my-request-17');
  });

  test('that make validation throw are answered', async () => {
    const { status } = await edge.ask('subscription S($x: Boolean!) { tick @include(if: $x) }', {
      as: 'ada',
      variables: { x: true },
    });
    expect(status).toBe(400);
  });

  test('tell who subscribes over HTTP how to', async () => {
    const { body } = await edge.ask('subscription { tick }', { as: 'ada' });
    expect(body.errors[0].message).toContain('WebSocket');
  });
});

describe('time', () => {
  test('ends a part that takes too long, and what it started', async () => {
    const { body } = await edge.ask('{ slow campaign(id: "c1") { name } }', { as: 'ada' });
    expect(body.errors[0].extensions.code).toBe('TIMEOUT');
    await vi.waitFor(() => expect(world.calls.get('slow aborted')).toBe(1));
  });

  test('ends the work for a client that has left', async () => {
    const leaving = new AbortController();
    const asked = edge.ask('{ slow }', { as: 'ada', signal: leaving.signal }).catch(() => 'left');
    await vi.waitFor(() => expect(world.calls.get('slow')).toBe(1));
    leaving.abort();
    expect(await asked).toBe('left');
    await vi.waitFor(() => expect(world.calls.get('slow aborted')).toBe(1));
  });
});

describe('the refresh cookie', () => {
  test('is set for scripts not to see, for this host and path', async () => {
    const { headers } = await edge.ask('mutation { signIn(name: "ada") }');
    expect(headers.get('set-cookie')).toMatch(/^liftos=refresh-ada; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  test('is read, and taken away', async () => {
    const { body } = await edge.ask('{ cookie }', { headers: { cookie: 'liftos=refresh-7' } });
    expect(body.data.cookie).toBe('refresh-7');
    expect((await edge.ask('mutation { signOut }')).headers.get('set-cookie')).toMatch(
      /^liftos=; .*Expires=Thu, 01 Jan 1970/,
    );
  });
});

describe('POST /upload', () => {
  const authorization = 'Bearer ada';

  test('takes a body of any kind as a file', async () => {
    const body = Buffer.alloc(3_000_000, 'a,b\n');
    const response = await post('/upload', {
      headers: { authorization, 'content-type': 'text/csv', 'x-file-name': 'spend%20%C3%A9.csv' },
      body,
    });
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({
      id: 'u1 spend é.csv text/csv',
      bytes: body.length,
      sha256: createHash('sha256').update(body).digest('hex'),
    });
  });

  test('takes the file of a form, byte by byte the same', async () => {
    const body = Buffer.from('x,y\r\n--not-the-end\r\n1,2\r\n'.repeat(50_000));
    const form = new FormData();
    form.append('note', 'before');
    form.append('file', new Blob([body], { type: 'text/csv' }), '../../etc/pass wd.csv');
    const response = await post('/upload', { headers: { authorization }, body: form });
    expect(await response.json()).toEqual({
      id: 'u1 pass wd.csv text/csv',
      bytes: body.length,
      sha256: createHash('sha256').update(body).digest('hex'),
    });
  });

  test('refuses strangers and who may not write', async () => {
    expect((await post('/upload', { body: 'x' })).status).toBe(401);
    expect((await post('/upload', { headers: { authorization: 'Bearer reader' }, body: 'x' })).status).toBe(403);
  });

  test('refuses what is too large, announced or not', async () => {
    const announced = await post('/upload', { headers: { authorization }, body: Buffer.alloc(11_000_000) }).catch(
      () => null,
    );
    expect([413, undefined]).toContain(announced?.status);
    const broken = received.broken;
    expect([413, 'closed']).toContain(await endless());
    await vi.waitFor(() => expect(received.broken).toBe(broken + 1));
  });

  /** Sends without an end until the server has had enough; at most forty megabytes. */
  const endless = (): Promise<number | string> =>
    new Promise((resolve) => {
      const { port } = new URL(edge.url);
      const sending = httpRequest({ port, path: '/upload', method: 'POST', headers: { authorization } });
      let sent = 0;
      let over = false;
      const finish = (result: number | string): void => {
        over = true;
        resolve(result);
      };
      const more = (): void => {
        if (over || sent++ >= 40) return;
        if (sending.write(Buffer.alloc(1_000_000))) setImmediate(more);
        else sending.once('drain', more);
      };
      sending.on('response', (response) => finish(response.resume().statusCode ?? 0));
      sending.on('error', () => finish('closed'));
      more();
    });

  test('tells the sink when an upload breaks off', async () => {
    const { broken, finished, started } = received;
    const { port } = new URL(edge.url);
    const sending = httpRequest({
      port,
      path: '/upload',
      method: 'POST',
      headers: { authorization, 'content-length': 5_000_000 },
    });
    sending.on('error', () => undefined);
    sending.write(Buffer.alloc(100_000));
    await vi.waitFor(() => expect(received.started).toBe(started + 1));
    sending.destroy();
    await vi.waitFor(() => expect(received.broken).toBe(broken + 1));
    expect(received.finished).toBe(finished);
  });

  test('refuses a form that breaks off or holds no file', async () => {
    const headers = { authorization, 'content-type': 'multipart/form-data; boundary=b' };
    const cut = await post('/upload', {
      headers,
      body: '--b\r\ncontent-disposition: form-data; name="f"; filename="a.csv"\r\n\r\nx,y',
    });
    expect(cut.status).toBe(400);
    const empty = await post('/upload', {
      headers,
      body: '--b\r\ncontent-disposition: form-data; name="f"\r\n\r\nx\r\n--b--',
    });
    expect(empty.status).toBe(400);
  });
});

describe('the web client', () => {
  const get = (path: string): Promise<Response> => fetch(new URL(path, edge.url));

  test.each(['/', '/connections/42', '/sign-in?token=x.y'])(
    'is given for the view %s, never to be kept',
    async (path) => {
      const response = await get(path);
      expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-cache']);
      expect(await response.text()).toContain('LiftOS');
      expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    },
  );

  test('has files that never change', async () => {
    const response = await get('/assets/main-abc.js');
    expect([response.status, response.headers.get('cache-control')]).toEqual([
      200,
      'public, max-age=31536000, immutable',
    ]);
  });

  test.each([
    '/assets/main-old.js',
    '/.secret',
    '/assets/..%2f..%2f.secret',
    '/..%2f..%2fetc/passwd',
    '/robots.txt',
    '/a%00b.js',
  ])('has nothing at %s', async (path) => {
    const response = await get(path);
    expect([404, 400]).toContain(response.status);
    expect(await response.text()).not.toContain('secret');
  });
});

describe('those who run it', () => {
  test('see that it is alive, ready and how it does', async () => {
    const get = async (path: string): Promise<[number, string]> => {
      const response = await fetch(new URL(path, edge.url));
      return [response.status, await response.text()];
    };
    expect((await get('/health/live'))[0]).toBe(200);
    expect(await get('/health/ready')).toEqual([200, '{"ready":true,"parts":{"gateway":"ok"}}']);
    expect((await get('/metrics'))[1]).toContain('liftos_graphql_operation_seconds_count{type="query",outcome="ok"}');
  });

  test('find an explorer that loads nothing from elsewhere', async () => {
    const response = await fetch(new URL('/explorer', edge.url));
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/script-src 'sha256-[\w+/=]+'/);
    expect(policy).toContain("default-src 'none'");
    const page = await response.text();
    const script = page.slice(
      page.indexOf('<script>', page.indexOf('<div id="root">')) + 8,
      page.lastIndexOf('</script>'),
    );
    expect(policy).toContain(createHash('sha256').update(script).digest('base64'));
    expect(page).not.toMatch(/<(script|link|img)[^>]+(src|href)="https?:/);
    const again = await fetch(new URL('/explorer', edge.url), {
      headers: { 'if-none-match': response.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });
});

describe('stopping', () => {
  test('shows first that it is not ready, lets what runs finish, and takes nothing new', async () => {
    const made = marketing();
    const fixture = makeFixture(made.subgraphs);
    const other = await startGateway(fixture.supergraph, fixture.sources);
    const running = other.ask('{ slow }', { as: 'ada' });
    await vi.waitFor(() => expect(made.world.calls.get('slow')).toBe(1));
    const closed = other.gateway.close(100);
    await delay(10);
    expect((await fetch(new URL('/health/ready', other.url))).status).toBe(503);
    expect((await running).body.errors[0].extensions.code).toBe('TIMEOUT');
    await closed;
    await expect(fetch(other.url)).rejects.toThrow('fetch failed');
  });
});

describe('rate limits', () => {
  test('are counted per caller and say when to come back', async () => {
    const made = marketing();
    const fixture = makeFixture(made.subgraphs);
    const limited = await startGateway(fixture.supergraph, fixture.sources, {
      config: {
        LIFTOS_FETCH_TIMEOUT: 1,
        LIFTOS_OPERATION_TIMEOUT: 2,
        LIFTOS_RATE_LIMIT: 10,
        LIFTOS_UPLOAD_MAX_BYTES: 1,
      },
      attemptsPerMinute: 2,
    });
    const all = await Promise.all(Array.from({ length: 20 }, () => limited.ask('{ open }', { as: 'ada' })));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(10);
    const refused = all.find(({ status }) => status === 429);
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await limited.ask('{ open }', { as: 'eve' })).status).toBe(200);
    const attempts = await Promise.all(
      Array.from({ length: 6 }, (_, index) =>
        limited.ask('mutation { signIn(name: "x") }', { headers: { 'x-forwarded-for': `10.0.0.${index}` } }),
      ),
    );
    expect(attempts.filter(({ body }) => body.data)).toHaveLength(2);
    expect((await limited.ask('mutation { signOut }')).body.data).toEqual({ signOut: true });
    await limited.close();
  });
});
