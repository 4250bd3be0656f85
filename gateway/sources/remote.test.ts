import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeFixture, type Fixture } from '../testing/fixture.ts';
import { marketing, type MarketingWorld } from '../testing/marketing.ts';
import { serveFixture, tokens, type ServedFixture } from '../testing/serve-fixture.ts';
import { startGateway, type TestGateway } from '../testing/test-gateway.ts';
import type { DataSource } from './data-source.ts';
import { createBreaker } from './breaker.ts';
import { remoteSource } from './remote-source.ts';

const query = '{ campaign(id: "c1") { name spend owner { name } } }';
const whole = { campaign: { name: 'Autumn', spend: 100, owner: { name: 'Person p1' } } };
const without = { campaign: { name: 'Autumn', spend: null, owner: { name: 'Person p1' } } };

let world: MarketingWorld;
let fixture: Fixture;
let served: Map<string, ServedFixture>;
let edge: TestGateway;
let now = 0;

beforeEach(async () => {
  const made = marketing();
  world = made.world;
  fixture = makeFixture(made.subgraphs);
  served = new Map();
  const sources = new Map<string, DataSource>();
  for (const [name, schema] of fixture.schemas) {
    const one = await serveFixture(schema);
    served.set(name, one);
    sources.set(name, remoteSource({ name, address: one.address, tokens, breaker: { now: () => now } }));
  }
  edge = await startGateway(fixture.supergraph, sources, {
    config: {
      LIFTOS_FETCH_TIMEOUT: 0.2,
      LIFTOS_OPERATION_TIMEOUT: 2,
      LIFTOS_RATE_LIMIT: 1e6,
      LIFTOS_UPLOAD_MAX_BYTES: 1,
    },
  });
});

afterEach(async () => {
  await edge.close();
  await Promise.all([...served.values()].map((one) => one.stop()));
});

const missing = (code: string) => [
  expect.objectContaining({ path: ['campaign', 'spend'], extensions: expect.objectContaining({ code }) }),
];

describe('subgraphs in processes of their own', () => {
  test('answer one query together', async () => {
    expect((await edge.ask(query, { as: 'ada' })).body).toEqual({ data: whole });
  });

  test('of which one is down: the rest is answered, the error names the part, and it recovers by itself', async () => {
    const { address, stop } = served.get('ledger')!;
    await stop();
    expect((await edge.ask(query, { as: 'ada' })).body).toEqual({ data: without, errors: missing('UNAVAILABLE') });
    served.set('ledger', await serveFixture(fixture.schemas.get('ledger')!, Number(new URL(address).port)));
    expect((await edge.ask(query, { as: 'ada' })).body).toEqual({ data: whole });
  });

  test('of which one is slow: it is not waited for, nor asked after five failures, until ten seconds have passed', async () => {
    world.ledger.hang = true;
    const first = await edge.ask(query, { as: 'ada' });
    expect(first.body).toEqual({ data: without, errors: missing('TIMEOUT') });
    for (let index = 0; index < 4; index++) await edge.ask(query, { as: 'ada' });
    const calls = world.calls.get('ledger');
    const spared = await edge.ask(query, { as: 'ada' });
    expect(spared.body).toEqual({ data: without, errors: missing('UNAVAILABLE') });
    expect(world.calls.get('ledger')).toBe(calls);
    world.ledger.hang = false;
    now += 10_000;
    expect((await edge.ask(query, { as: 'ada' })).body).toEqual({ data: whole });
  });

  test('keep the code and the place of what they report', async () => {
    const { body } = await edge.ask('{ campaigns(first: 2) { owner { name fails } } refused broken }', { as: 'ada' });
    expect(body.data.campaigns).toEqual([
      { owner: { name: 'Person p1', fails: null } },
      { owner: { name: 'Person p2', fails: null } },
    ]);
    const found = body.errors.map(
      ({ path, extensions: { code } }: { path: unknown[]; extensions: { code: string } }) => [path.join('.'), code],
    );
    expect(found.sort()).toEqual([
      ['broken', 'INTERNAL'],
      ['campaigns.0.owner.fails', 'NOT_FOUND'],
      ['campaigns.1.owner.fails', 'NOT_FOUND'],
      ['refused', 'CONFLICT'],
    ]);
    expect(JSON.stringify(body)).not.toContain('hunter2');
  });

  test('read and set the refresh cookie through the gateway', async () => {
    const { headers, body } = await edge.ask('mutation { signIn(name: "ada") }');
    expect(body).toEqual({ data: { signIn: 'ada' } });
    expect(headers.get('set-cookie')).toContain('liftos=refresh-ada');
    expect((await edge.ask('{ cookie }', { headers: { cookie: 'liftos=refresh-9' } })).body.data.cookie).toBe(
      'refresh-9',
    );
  });

  test('are told who asks by a signed token, never by a header alone', async () => {
    expect((await edge.ask('{ mine }', { as: 'ada' })).body).toEqual({ data: { mine: 'Ada' } });
    const response = await fetch(`${served.get('campaigns')!.address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer ada' },
      body: '{"query":"{ _entities(representations: []) { __typename } }"}',
    });
    expect(response.status).toBe(401);
  });
});

describe('a subgraph that answers nonsense', () => {
  let server: Server;
  const answers = { body: '<html>', status: 200 };
  beforeEach(async () => {
    server = createServer((_, response) => response.writeHead(answers.status).end(answers.body));
    await new Promise<void>((resolve) => server.listen(0, resolve));
  });
  afterEach(() => void server.close());

  test.each([
    ['<html>', 200],
    ['', 200],
    ['null', 200],
    ['{"data":', 200],
    ['{"errors":[]}', 502],
    ['{"data":{"_entities":[]}}', 200],
    ['{"data":{"_entities":null}}', 200],
  ])('%s with status %i leaves the rest whole', async (body, status) => {
    Object.assign(answers, { body, status });
    const { port } = server.address() as AddressInfo;
    const sources = new Map(fixture.sources);
    sources.set('ledger', remoteSource({ name: 'ledger', address: `http://127.0.0.1:${port}`, tokens }));
    const other = await startGateway(fixture.supergraph, sources);
    const answer = await other.ask(query, { as: 'ada' });
    expect(answer.body).toEqual({ data: without, errors: missing('UNAVAILABLE') });
    await other.close();
  });
});

describe('a breaker', () => {
  test('opens after five failures in a row, lets one trial through after the pause, and closes when it succeeds', () => {
    let time = 0;
    const breaker = createBreaker('x', { now: () => time });
    for (let index = 0; index < 4; index++) breaker.failed();
    breaker.succeeded();
    for (let index = 0; index < 5; index++) {
      breaker.enter();
      breaker.failed();
    }
    expect(() => breaker.enter()).toThrow('cannot be reached');
    time += 10_000;
    breaker.enter();
    expect(() => breaker.enter()).toThrow('cannot be reached');
    breaker.failed();
    expect(breaker.state).toBe('open');
    time += 10_000;
    breaker.enter();
    breaker.succeeded();
    expect(breaker.state).toBe('closed');
    breaker.enter();
  });

  test('lets another trial through when one ends without an answer', () => {
    let time = 0;
    const breaker = createBreaker('x', { failures: 1, now: () => time });
    breaker.failed();
    time += 10_000;
    breaker.enter();
    breaker.abandoned();
    expect(vi.fn(() => breaker.enter())).not.toThrow();
  });
});
