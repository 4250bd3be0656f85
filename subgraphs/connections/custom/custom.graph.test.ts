import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContext } from '@liftos/core/create-context.ts';
import type { Principal } from '@liftos/core/context.ts';
import { answer, ask } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import { findConnector } from '../platforms/registry.ts';
import { connections as subgraph } from '../subgraph.ts';
import { addDays, dayIn } from '../sync/plan-slices.pure.ts';
import { startSync } from '../sync/sync.service.ts';
import { runsById, sliceLoader } from '../sync/sync.view.ts';
import { fakeMemory, type FakeMemory } from '../testing/fake-memory.ts';
import { startAcme, type AcmeServer } from './testing/acme-server.ts';
import { documentedConnector } from './testing/read-documentation.ts';

let acme: AcmeServer;
let memory: FakeMemory;
let runtime: TestRuntime;
beforeAll(async () => {
  acme = await startAcme();
  memory = fakeMemory();
  runtime = await testRuntime([subgraph], {
    env: { LIFTOS_PLATFORMS_URL: acme.url },
    remotePorts: { memory },
  });
});
afterAll(async () => {
  await runtime.close();
  await acme.close();
});

function person(organizationId = runtime.newOrganization()) {
  const principal: Principal = testPrincipal(organizationId);
  return {
    principal,
    context: () => createContext({ runtime, principal }),
    get: <T>(text: string, variables: Record<string, unknown> = {}) =>
      answer<T>(subgraph, text, { runtime, principal, variables }),
    async refused(text: string, variables: Record<string, unknown> = {}) {
      const { errors } = await ask(subgraph, text, { runtime, principal, variables });
      return errors?.[0]?.extensions;
    },
  };
}
type Person = ReturnType<typeof person>;

const fields = `id platformId name version publishedVersion errors { line column message } versions { version savedBy }
  usedBy { id name }`;
const saveText = `mutation ($input: SaveConnectorInput!) { saveConnector(input: $input) { customConnector { ${fields} } } }`;
const publishText = `mutation ($id: ID!) { publishConnector(id: $id) { customConnector { ${fields} } } }`;
const deleteText = `mutation ($id: ID!) { deleteConnector(id: $id) { customConnectorId } }`;
const tryText = `mutation ($input: TryConnectorInput!) { tryConnector(input: $input) { accounts { id state } accountId
  request status milliseconds rowCount rawRows mappedRows leftOut refusedRows { row column message value } nextPage
  failure { class message } } }`;

interface Saved {
  id: string;
  platformId: string;
  name: string;
  version: number;
  publishedVersion: number | null;
  errors: { line: number }[];
  versions: { version: number }[];
  usedBy: { name: string }[];
}

async function save(who: Person, text: string, input: Record<string, unknown> = {}): Promise<Saved> {
  const data = await who.get<{ saveConnector: { customConnector: Saved } }>(saveText, { input: { text, ...input } });
  return data.saveConnector.customConnector;
}

async function publish(who: Person, id: string): Promise<Saved> {
  const data = await who.get<{ publishConnector: { customConnector: Saved } }>(publishText, { id });
  return data.publishConnector.customConnector;
}

const connectText = `mutation ($input: CreateConnectionInput!) { createConnection(input: $input) { connection { id mode } } }`;

function connectionInput(platform: string, from: string) {
  return { platform, name: 'Our Acme', method: 'bearer', secrets: [{ name: 'token', value: acme.token }], from };
}

async function connect(who: Person, platform: string, from: string): Promise<string> {
  const input = connectionInput(platform, from);
  const data = await who.get<{ createConnection: { connection: { id: string; mode: string } } }>(connectText, {
    input,
  });
  expect(data.createConnection.connection.mode).toBe('LIVE');
  return data.createConnection.connection.id;
}

async function sync(who: Person, connectionId: string) {
  const context = who.context();
  const { id } = await startSync(context, connectionId, 'MANUAL', {});
  const run = await until(async () => {
    const [found] = await runsById(who.context(), [id]);
    return found && found.state !== 'QUEUED' && found.state !== 'RUNNING' && found;
  }, 60_000);
  return { run, slices: await sliceLoader(who.context()).load(id) };
}

const sample = documentedConnector();
const today = dayIn(new Date(), 'UTC');

function sum(rows: readonly Record<string, unknown>[], column: string): number {
  return rows.reduce((total, row) => total + Number(row[column]), 0);
}

describe('the documented connector', () => {
  it('syncs through the engine to the totals of the made-up platform, and adds nothing the second time', async () => {
    const who = person();
    const { id, platformId } = await save(who, sample);
    await publish(who, id);
    const connection = await connect(who, platformId, addDays(today, -40));
    acme.slowDown(2);
    const { run, slices } = await sync(who, connection);
    const failed = slices.filter(({ state }) => state === 'FAILED');
    expect(failed.map(({ account_name: name, failure }) => [name, failure])).toEqual([['Gloves', 'permission']]);
    expect(slices.filter(({ rows_rejected: refused }) => refused > 0)).toEqual([]);
    expect(run.state).toBe('PARTIAL');
    expect(run.reasons).toHaveLength(1);
    expect(run.reasons[0]).toContain('Gloves');
    const rows = memory.list(connection, 'ad_daily');
    // Each account has its own last day: it is tomorrow in Tokyo before it is in Berlin.
    const byCurrency = (wanted: string) => {
      const found = rows.filter(({ currency }) => currency === wanted);
      const days = found.map(({ date }) => String(date)).toSorted();
      return { rows: found, from: days[0]!, to: days.at(-1)! };
    };
    const [euros, yen] = [byCurrency('EUR'), byCurrency('JPY')];
    expect([euros.from, yen.from]).toEqual([addDays(today, -40), addDays(today, -40)]);
    const [shoes, hats] = [acme.sums('a1', euros.from, euros.to), acme.sums('a2', yen.from, yen.to)];
    expect(rows.length).toBe(shoes.rows + hats.rows);
    expect(rows.length).toBeGreaterThan(380);
    expect(sum(euros.rows, 'spend')).toBe(shoes.cost * 10_000);
    expect(sum(euros.rows, 'clicks')).toBe(shoes.clicks);
    expect(sum(yen.rows, 'spend')).toBe(hats.cost * 1_000_000);
    const orders = memory.list(connection, 'orders');
    const wanted = acme.orders.filter(({ test }) => !test);
    const refunds = wanted.flatMap((order) => order.refunds);
    expect(orders.length).toBe(wanted.length + refunds.length);
    const before = memory.snapshot(connection);
    await sync(who, connection);
    expect(memory.snapshot(connection)).toEqual(before);
  }, 90_000);
});

it('a row that cannot be read is put aside with its field, and the others are kept', async () => {
  const who = person();
  const text = sample.replace("'{{ row.sales.count }}'", "'{{ row.sales.count | default: row.ad.title }}'");
  const { id, platformId } = await save(who, text);
  await publish(who, id);
  const connection = await connect(who, platformId, addDays(today, -3));
  const { run } = await sync(who, connection);
  expect(run.state).toBe('PARTIAL');
  const refusedText = `query ($id: ID!) { syncRun(id: $id) { rejectedRows(first: 1) { edges { node { column code message value } } } } }`;
  expect(await who.get(refusedText, { id: run.id })).toMatchObject({
    syncRun: {
      rejectedRows: {
        edges: [{ node: { column: 'conversions', code: 'NOT_A_NUMBER', message: 'conversions: This is no number.' } }],
      },
    },
  });
  expect(memory.rows(connection, 'ad_daily')).toBeGreaterThan(5);
}, 60_000);

describe('a connector of the organisation', () => {
  it('is saved in versions, published without mistakes only, and then stands among the platforms', async () => {
    const who = person();
    const broken = sample.replace('body.data\n  id:', 'body..data\n  id:');
    const first = await save(who, broken);
    expect(first).toMatchObject({ name: 'Acme Ads', version: 1, publishedVersion: null, usedBy: [] });
    expect(first.errors).toHaveLength(1);
    expect(await who.refused(publishText, { id: first.id })).toMatchObject({
      code: 'BAD_USER_INPUT',
      errors: [{ line: first.errors[0]!.line }],
    });
    const second = await save(who, sample, { id: first.id, basedOn: 1 });
    expect(second).toMatchObject({ version: 2, errors: [], versions: [{ version: 2 }, { version: 1 }] });
    expect(await who.refused(saveText, { input: { id: first.id, text: broken, basedOn: 1 } })).toMatchObject({
      code: 'CONFLICT',
      version: 2,
    });
    expect((await save(who, sample, { id: first.id })).version).toBe(2);
    const platforms = `{ platforms { id name tier modes streams } }`;
    const listed = async () => (await who.get<{ platforms: { id: string }[] }>(platforms)).platforms;
    expect((await listed()).some(({ id }) => id === first.platformId)).toBe(false);
    expect((await publish(who, first.id)).publishedVersion).toBe(2);
    expect(await listed()).toContainEqual({
      id: first.platformId,
      name: 'Acme Ads',
      tier: null,
      modes: ['LIVE'],
      streams: ['campaigns', 'ad_daily', 'orders'],
    });
    await save(who, sample.replace('name: Acme Ads', 'name: Acme'), { id: first.id });
    expect((await findConnector(who.context(), first.platformId))?.name).toBe('Acme Ads');
    await publish(who, first.id);
    expect((await findConnector(who.context(), first.platformId))?.name).toBe('Acme');
  });

  it('whose version of the API ends is for its author to change, not for a new LiftOS', async () => {
    const who = person();
    const ends = addDays(dayIn(new Date(), 'UTC'), 9);
    const { id, platformId } = await save(who, `${sample}\nversion: { name: v2, sunset: '${ends}' }\n`);
    await publish(who, id);
    const platforms = '{ platforms { id live { versionWarning } } }';
    const listed = await who.get<{ platforms: { id: string; live: { versionWarning: string } }[] }>(platforms);
    expect(listed.platforms.find((platform) => platform.id === platformId)?.live.versionWarning).toBe(
      `Version v2 is switched off on ${ends}, in 9 days. Name a newer version in the YAML of the connector before.`,
    );
  });

  it('cannot be deleted as long as connections use it', async () => {
    const who = person();
    const { id, platformId } = await save(who, sample);
    await publish(who, id);
    const connection = await connect(who, platformId, addDays(today, -2));
    expect(await who.refused(deleteText, { id })).toMatchObject({
      code: 'CONFLICT',
      connections: [{ id: connection, name: 'Our Acme' }],
    });
    const shown = `query ($id: ID!) { connection(id: $id) { platform { id name } } customConnectors { usedBy { name } } }`;
    expect(await who.get(shown, { id: connection })).toEqual({
      connection: { platform: { id: platformId, name: 'Acme Ads' } },
      customConnectors: [{ usedBy: [{ name: 'Our Acme' }] }],
    });
    await who.get(`mutation ($id: ID!) { deleteConnection(id: $id) { connectionId } }`, { id: connection });
    await who.get(deleteText, { id });
    expect(await findConnector(who.context(), platformId)).toBeUndefined();
  });

  it('leaves traces in the audit log', async () => {
    const who = person();
    const { id } = await save(who, sample);
    await publish(who, id);
    await who.get(deleteText, { id });
    const sent = 'select topic from runtime.event where audited order by sequence';
    const { rows } = await runtime.database.driver.query(who.principal.organizationId, sent, []);
    expect(rows.map(({ topic }) => topic)).toEqual(['connector.created', 'connector.published', 'connector.deleted']);
  });

  it('does not exist for another organisation: not to see, change, publish, delete, try or run', async () => {
    const [owner, other] = [person(), person()];
    const { id, platformId } = await save(owner, sample);
    await publish(owner, id);
    const query = `query ($id: ID!) { customConnector(id: $id) { id } customConnectors { id } platforms { id } }`;
    const seen = await other.get<{ platforms: { id: string }[] }>(query, { id });
    expect(seen).toMatchObject({ customConnector: null, customConnectors: [] });
    expect(seen.platforms.some((platform) => platform.id === platformId)).toBe(false);
    expect(await findConnector(other.context(), platformId)).toBeUndefined();
    expect(await findConnector(owner.context(), platformId)).toBeDefined();
    for (const [text, variables] of [
      [saveText, { input: { id, text: sample } }],
      [publishText, { id }],
      [deleteText, { id }],
      [tryText, { input: { id } }],
    ] as const) {
      expect(await other.refused(text, variables)).toMatchObject({ code: 'NOT_FOUND' });
    }
    const input = connectionInput(platformId, addDays(today, -2));
    expect(await other.refused(connectText, { input })).toMatchObject({
      code: 'BAD_USER_INPUT',
      field: 'input.platform',
    });
  });
});

interface Tried {
  tryConnector: {
    request: string;
    rowCount: number;
    mappedRows: unknown[];
    failure: { class: string; message: string } | null;
    [key: string]: unknown;
  };
}

describe('a try', () => {
  const secrets = () => [{ name: 'token', value: acme.token }];

  it('shows what came, what becomes of it and where it goes on, and stores nothing', async () => {
    const who = person();
    const input = { text: sample, stream: 'ad_daily', secrets: secrets(), from: '2026-01-01', to: '2026-01-20' };
    const { tryConnector } = await who.get<Tried>(tryText, { input });
    expect(tryConnector).toMatchObject({
      accountId: 'a1',
      accounts: [
        { id: 'a1', state: 'ok' },
        { id: 'a2', state: 'ok' },
        { id: 'a3', state: 'forbidden' },
      ],
      request: 'GET https://api.acmeads.com/v2/advertisers/a1/stats?from=2026-01-01&to=2026-01-20&limit=100',
      status: 200,
      rowCount: 40,
      leftOut: 0,
      refusedRows: [],
      nextPage: { cursor: 'p40' },
      failure: null,
    });
    expect(tryConnector['rawRows']).toHaveLength(5);
    expect(tryConnector.mappedRows).toHaveLength(40);
    expect(tryConnector.mappedRows[0]).toMatchObject({
      facts: [{ date: '2026-01-01', entity: 'a1/1', channel: 'Acme Ads', ad: 'Ad 1' }],
    });
  });

  it('names rows that would be refused, with the field and the reason', async () => {
    const text = sample.replace("date: '{{ row.day }}'", "date: '{{ row.ad.title }}'");
    const input = { text, stream: 'ad_daily', secrets: secrets() };
    const { tryConnector } = await person().get<Tried>(tryText, { input });
    expect(tryConnector['refusedRows']).toContainEqual({
      row: 1,
      column: 'date',
      message: 'date: This is no day.',
      value: 'Ad 1',
    });
  });

  it('says what the platform says, without the secret that it repeats', async () => {
    const input = { text: sample, secrets: [{ name: 'token', value: 'wrong-token-123' }] };
    const { tryConnector } = await person().get<Tried>(tryText, { input });
    expect(tryConnector.failure).toEqual({ class: 'auth', message: 'Acme Ads refuses the token: not Bearer ***' });
  });

  it('asks for what is missing', async () => {
    const who = person();
    expect(await who.refused(tryText, { input: { text: sample } })).toMatchObject({ field: 'input.secrets.token' });
    expect(await who.refused(tryText, { input: {} })).toMatchObject({ field: 'input.text' });
    expect(await who.refused(tryText, { input: { text: 'liftos: 2' } })).toMatchObject({ field: 'input.text' });
  });
});

it('a text is checked with places of mistakes, and summed up when there are none', async () => {
  const text = `query ($text: String!) { validateConnector(text: $text) { errors { line column path message }
    summary { name hosts auth { id kind fields { name secret } } streams { name delivers cursor } } } }`;
  const who = person();
  expect(await who.get(text, { text: sample })).toMatchObject({
    validateConnector: {
      errors: [],
      summary: {
        name: 'Acme Ads',
        hosts: ['api.acmeads.com'],
        auth: [{ id: 'bearer', kind: 'key', fields: [{ name: 'token', secret: true }] }],
        streams: [
          { name: 'campaigns', delivers: ['entities'], cursor: 'none' },
          { name: 'ad_daily', delivers: ['facts'], cursor: 'day' },
          { name: 'orders', delivers: ['items'], cursor: 'update' },
        ],
      },
    },
  });
  const long = `${sample}# ${'x'.repeat(20_000)}\nbase: 1\n`;
  expect(await who.get(text, { text: long })).toMatchObject({
    validateConnector: { errors: [{ line: long.split('\n').length - 1, column: 1, path: 'base' }], summary: null },
  });
});
