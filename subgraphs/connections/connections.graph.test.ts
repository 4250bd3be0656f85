import { mkdtemp, readdir, readFile, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createContext } from '@liftos/core/create-context.ts';
import type { Principal } from '@liftos/core/context.ts';
import { golden } from '@liftos/core/testing/golden.ts';
import { ask, answer, listenTo } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import { connections as subgraph } from './subgraph.ts';
import { fakeMemory, type FakeMemory } from './testing/fake-memory.ts';
import { startDue } from './sync/scheduler.ts';
import { cleanUp } from './upload/clean-up.ts';

let runtime: TestRuntime;
let memory: FakeMemory;
let folder: string;
let clock = new Date('2026-03-15T12:00:00Z');
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liftos-connections-'));
  memory = fakeMemory();
  runtime = await testRuntime([subgraph], {
    env: { LIFTOS_DATA_DIR: folder, LIFTOS_UPLOAD_MAX_BYTES: '4000000' },
    remotePorts: { memory },
  });
});
afterAll(async () => {
  await runtime.close();
  await rm(folder, { recursive: true });
});

interface Person {
  principal: Principal;
  get<T>(text: string, variables?: Record<string, unknown>): Promise<T>;
  refused(text: string, variables?: Record<string, unknown>): Promise<string>;
  upload(content: string | Uint8Array, fileName?: string): Promise<string>;
}

function person(organizationId = runtime.newOrganization()): Person {
  const principal = testPrincipal(organizationId);
  return {
    principal,
    get: <T>(text: string, variables?: Record<string, unknown>) =>
      answer<T>(subgraph, text, { runtime, principal, ...(variables ? { variables } : {}) }),
    async refused(text, variables) {
      const { errors } = await ask(subgraph, text, { runtime, principal, ...(variables ? { variables } : {}) });
      return `${String(errors?.[0]?.extensions.code)} ${String(errors?.[0]?.extensions.field ?? '')}`.trim();
    },
    async upload(content, fileName = 'data.csv') {
      const context = createContext({ runtime, principal });
      const stream = Readable.from([Buffer.from(content)]);
      return (await runtime.ports.uploads.receive(context, { fileName, contentType: 'text/csv', stream })).id;
    },
  };
}

const createText = `mutation ($input: CreateMockConnectionInput!) { createMockConnection(input: $input) { connection { id } } }`;
const startText = `mutation ($id: ID!) { startSync(connectionId: $id) { syncRun { id state progress { slicesTotal fraction } } } }`;
const runText = `query ($id: ID!) { syncRun(id: $id) { id state trigger reasons notes startedAt finishedAt
  progress { slicesTotal slicesDone rowsRead rowsAccepted rowsRejected fraction }
  slices { stream from to state attempts rowsAccepted rowsRejected reason }
  connection { id lastResult activity lastSyncAt }
  rejectedRows(first: 2) { edges { cursor node { line column code message value } } pageInfo { hasNextPage endCursor } } } }`;

interface Run {
  id: string;
  state: string;
  trigger: string;
  reasons: string[];
  notes: string[];
  progress: {
    slicesTotal: number;
    slicesDone: number;
    rowsRead: number;
    rowsAccepted: number;
    rowsRejected: number;
    fraction: number;
  };
  slices: { stream: string; from: string; to: string; state: string; attempts: number; reason: string | null }[];
  connection: { id: string; lastResult: string; activity: string };
  rejectedRows: {
    edges: { cursor: string; node: { line: number; column: string | null; code: string } }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  };
}

async function createMock(who: Person, input: Record<string, unknown> = {}): Promise<string> {
  const full = { platform: 'google_ads', name: 'Ads', from: '2026-02-01', ...input };
  const data = await who.get<{ createMockConnection: { connection: { id: string } } }>(createText, { input: full });
  return data.createMockConnection.connection.id;
}

async function start(who: Person, id: string): Promise<string> {
  return (await who.get<{ startSync: { syncRun: Run } }>(startText, { id })).startSync.syncRun.id;
}

async function over(who: Person, id: string): Promise<Run> {
  return until(async () => {
    const { syncRun } = await who.get<{ syncRun: Run }>(runText, { id });
    return ['QUEUED', 'RUNNING'].includes(syncRun.state) ? undefined : syncRun;
  });
}

async function importFile(who: Person, content: string | Uint8Array, input: Record<string, unknown>) {
  const uploadId = await who.upload(content);
  const { importUpload } = await who.get<{ importUpload: { connection: { id: string }; syncRun: { id: string } } }>(
    `mutation ($input: ImportUploadInput!) { importUpload(input: $input) { connection { id name platform { id } } syncRun { id trigger } } }`,
    { input: { uploadId, ...input } },
  );
  return { connectionId: importUpload.connection.id, run: await over(who, importUpload.syncRun.id) };
}

function mapping(meanings: Record<string, string>) {
  return Object.entries(meanings).map(([column, meaning]) => ({ column, meaning }));
}

const daily = mapping({ date: 'DATE', channel: 'CHANNEL', spend: 'SPEND' });

describe('a mock connection', () => {
  it('syncs every stream up to yesterday and succeeds', async () => {
    const who = person();
    const id = await createMock(who);
    const run = await over(who, await start(who, id));
    expect(run).toMatchObject({
      state: 'SUCCEEDED',
      trigger: 'MANUAL',
      reasons: [],
      connection: { id, lastResult: 'SUCCEEDED', activity: 'IDLE' },
    });
    expect(run.progress).toMatchObject({ fraction: 1, rowsRejected: 0 });
    expect(new Set(run.slices.map(({ stream }) => stream))).toEqual(new Set(['ad_daily', 'journeys']));
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    expect(
      run.slices
        .map(({ to }) => to)
        .toSorted()
        .at(-1),
    ).toBe(yesterday);
    expect(memory.rows(id, 'ad_daily') + memory.rows(id, 'journeys')).toBe(run.progress.rowsAccepted);
    const sent = 'select topic from runtime.event where audited order by sequence';
    const { rows } = await runtime.database.driver.query(who.principal.organizationId, sent, []);
    expect(rows.map(({ topic }) => topic)).toEqual(['connection.created', 'sync.started']);
  });

  it('adds no row when synced again, and reads only the last days again', async () => {
    const who = person();
    const id = await createMock(who, { from: '2025-06-01' });
    const first = await over(who, await start(who, id));
    const before = memory.rows(id, 'ad_daily');
    const second = await over(who, await start(who, id));
    expect(memory.rows(id, 'ad_daily')).toBe(before);
    expect(second.state).toBe('SUCCEEDED');
    expect(second.progress.rowsRead).toBeLessThan(first.progress.rowsRead);
    expect(second.slices).toHaveLength(2);
  });

  it('tells the truth it was made from', async () => {
    const who = person();
    const id = await createMock(who, { seed: 5 });
    const { connection } = await who.get<{
      connection: { knownTruth: { seed: number; journeys: { channels: unknown[] } } };
    }>(`query ($id: ID!) { connection(id: $id) { knownTruth } }`, { id });
    expect(connection.knownTruth.seed).toBe(5);
    expect(connection.knownTruth.journeys.channels).toHaveLength(4);
  });

  it('is split by market when asked for, with a planned test whose effect it tells', async () => {
    const who = person();
    const dayBefore = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
    const test = {
      channel: 'Google Shopping',
      regions: ['New York', 'Washington'],
      from: dayBefore(20),
      to: dayBefore(10),
      factor: 2,
    };
    const id = await createMock(who, { from: dayBefore(40), regions: { count: 10, tests: [] } });
    const run = await over(who, await start(who, id));
    expect(new Set(run.slices.map(({ stream }) => stream))).toEqual(new Set(['ad_daily', 'journeys', 'market_sales']));
    expect(memory.rows(id, 'market_sales')).toBe(40 * 10);
    // Google Ads has eight campaigns.
    expect(memory.rows(id, 'ad_daily')).toBe(40 * 10 * 8);
    expect(new Set(memory.list(id, 'market_sales').map(({ region }) => region)).size).toBe(10);
    const update = `mutation ($input: UpdateConnectionInput!) {
      updateConnection(input: $input) { connection { from knownTruth } } }`;
    const bad = { id, regionTests: [{ ...test, channel: 'TV' }] };
    expect(await who.refused(update, { input: bad })).toBe('BAD_USER_INPUT input.regionTests.0.channel');
    const { updateConnection } = await who.get<{
      updateConnection: { connection: { from: string; knownTruth: { regions: { tests: { conversions: number }[] } } } };
    }>(update, { input: { id, regionTests: [test] } });
    expect(updateConnection.connection.from).toBe(dayBefore(40));
    expect(updateConnection.connection.knownTruth.regions.tests[0]!.conversions).toBeGreaterThan(0);
    const spent = () => memory.list(id, 'ad_daily').reduce((sum, { spend }) => sum + Number(spend), 0);
    const before = spent();
    await over(who, await start(who, id));
    expect(spent()).toBeGreaterThan(before);
    const whole = await createMock(who, {});
    const refusedText = await who.refused(update, { input: { id: whole, regionTests: [test] } });
    expect(refusedText).toBe('BAD_USER_INPUT input.regionTests');
  });

  it('refuses input that cannot be, naming the field', async () => {
    const who = person();
    const refused = (input: Record<string, unknown>) =>
      who.refused(createText, { input: { platform: 'klaviyo', name: 'K', ...input } });
    expect(await refused({ platform: 'file' })).toBe('BAD_USER_INPUT input.platform');
    expect(await refused({ name: '  ' })).toBe('BAD_USER_INPUT input.name');
    expect(await refused({ currency: 'EURO' })).toBe('BAD_USER_INPUT input.currency');
    expect(await refused({ timeZone: 'Mars/Olympus' })).toBe('BAD_USER_INPUT input.timeZone');
    expect(await refused({ schedule: 'often' })).toBe('BAD_USER_INPUT input.schedule');
    expect(await refused({ from: '2999-01-01' })).toBe('BAD_USER_INPUT input.from');
    expect(await refused({ from: '1990-01-01' })).toBe('BAD_USER_INPUT input.from');
  });

  it('refuses a second sync while one runs', async () => {
    const who = person();
    const id = await createMock(who);
    const release = memory.hold(id);
    const run = await start(who, id);
    expect(await who.refused(startText, { id })).toBe('CONFLICT');
    release();
    await over(who, run);
  });
});

describe('cancelSync', () => {
  it('ends the run at once and keeps what was stored', async () => {
    const who = person();
    const id = await createMock(who, { from: '2024-01-01' });
    memory.holdAfter(id, 2);
    const runId = await start(who, id);
    await until(() => memory.waiting(id) > 0);
    // Memory has rows a moment before the run counts them.
    await until(
      async () => (await who.get<{ syncRun: Run }>(runText, { id: runId })).syncRun.progress.rowsAccepted > 0,
    );
    const began = performance.now();
    await who.get(`mutation ($id: ID!) { cancelSync(syncRunId: $id) { syncRun { id state } } }`, { id: runId });
    memory.release(id);
    const run = await over(who, runId);
    expect(performance.now() - began).toBeLessThan(1000);
    expect(run.state).toBe('CANCELLED');
    expect(run.connection).toMatchObject({ lastResult: 'CANCELLED', activity: 'IDLE' });
    expect(run.progress.rowsAccepted).toBeGreaterThan(0);
    expect(
      await who.refused(`mutation ($id: ID!) { cancelSync(syncRunId: $id) { syncRun { id } } }`, { id: runId }),
    ).toBe('CONFLICT');
    const next = await over(who, await start(who, id));
    expect(next.state).toBe('SUCCEEDED');
  });
});

describe('faults', () => {
  it('a page that memory refuses once is sent again, and nothing is doubled', async () => {
    const who = person();
    const id = await createMock(who);
    memory.failOnce(id);
    const run = await over(who, await start(who, id));
    expect(run.state).toBe('SUCCEEDED');
    expect(Math.max(...run.slices.map(({ attempts }) => attempts))).toBe(2);
    expect(memory.rows(id, 'ad_daily') + memory.rows(id, 'journeys')).toBe(run.progress.rowsAccepted);
  });

  it('a crash between rows and checkpoint sends the same batch under the same id', async () => {
    const who = person();
    const id = await createMock(who);
    memory.failAfterStoring(id);
    const run = await over(who, await start(who, id));
    expect(run.state).toBe('SUCCEEDED');
    expect(memory.repeated(id)).toBe(1);
    expect(memory.rows(id, 'ad_daily') + memory.rows(id, 'journeys')).toBe(run.progress.rowsAccepted);
  });
});

describe('syncProgress', () => {
  it('replays what was missed and ends with the result', async () => {
    const who = person();
    const id = await createMock(who);
    const other = await createMock(who);
    await over(who, await start(who, other));
    const runId = await start(who, id);
    await over(who, runId);
    const stop = new AbortController();
    const events = await listenTo<{ syncProgress: { sequence: number; syncRun: Run } }>(
      subgraph,
      `subscription ($id: ID) { syncProgress(connectionId: $id, after: 0) { sequence at syncRun { id state progress { fraction rowsAccepted } connection { id activity } } } }`,
      { runtime, principal: who.principal, variables: { id }, signal: stop.signal },
    );
    const seen: { sequence: number; syncRun: Run }[] = [];
    for await (const { data } of events) {
      seen.push(data!.syncProgress);
      if (data!.syncProgress.syncRun.state === 'SUCCEEDED') break;
    }
    stop.abort();
    expect(seen[0]?.syncRun).toMatchObject({ id: runId, state: 'QUEUED', progress: { fraction: 0 } });
    expect(seen.at(-1)?.syncRun.progress.fraction).toBe(1);
    expect(seen.every(({ syncRun }) => syncRun.connection.id === id)).toBe(true);
    const sequences = seen.map(({ sequence }) => sequence);
    expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
  });
});

describe('schedules', () => {
  it('show the next five runs and start when due, once', async () => {
    const who = person();
    const id = await createMock(who, { schedule: '0 6 * * *', timeZone: 'Europe/Berlin' });
    const { connection } = await who.get<{ connection: { nextRuns: string[]; schedule: string } }>(
      `query ($id: ID!) { connection(id: $id) { nextRuns schedule } }`,
      { id },
    );
    expect(connection.nextRuns).toHaveLength(5);
    clock = new Date(new Date(connection.nextRuns[0]!).getTime() + 1000);
    const later = { ...runtime, now: () => clock };
    // As several processes do that look at the same time, and once more.
    await Promise.all(Array.from({ length: 4 }, () => startDue(later)));
    await startDue(later);
    const { connection: after } = await who.get<{ connection: { syncs: { edges: { node: Run }[] } } }>(
      `query ($id: ID!) { connection(id: $id) { syncs { edges { node { id trigger } } } } }`,
      { id },
    );
    expect(after.syncs.edges.map(({ node }) => node.trigger)).toEqual(['SCHEDULE']);
    await over(who, after.syncs.edges[0]!.node.id);
    await who.get(`mutation ($id: ID!) { updateConnection(input: { id: $id, schedule: "" }) { connection { id } } }`, {
      id,
    });
    await startDue({ ...runtime, now: () => new Date(clock.getTime() + 90_000_000) });
    const { connection: off } = await who.get<{ connection: { nextRuns: string[]; syncs: { edges: unknown[] } } }>(
      `query ($id: ID!) { connection(id: $id) { nextRuns syncs { edges { node { id } } } } }`,
      { id },
    );
    expect(off).toEqual({ nextRuns: [], syncs: { edges: [expect.anything()] } });
  });
});

describe('uploads', () => {
  it('are previewed with guesses, problems and notes', async () => {
    const who = person();
    const uploadId = await who.upload(
      'Datum;Kanal;Kosten (EUR);Farbe\n03.01.2026;Meta;1,50;rot\n',
      '../../etc/Zahlen.csv',
    );
    const { uploadPreview } = await who.get<{ uploadPreview: unknown }>(
      `query ($id: ID!) { uploadPreview(uploadId: $id) { upload { fileName bytes sha256 } encoding delimiter decimalSeparator dateFormat currency kind columns { name guess samples } rows problems notes } }`,
      { id: uploadId },
    );
    expect(uploadPreview).toMatchObject({
      upload: { fileName: 'Zahlen.csv', bytes: 56 },
      encoding: 'utf-8',
      delimiter: ';',
      decimalSeparator: ',',
      dateFormat: 'DD.MM.YYYY',
      currency: 'EUR',
      kind: 'RECORDS',
      columns: [{ guess: 'DATE' }, { guess: 'CHANNEL' }, { guess: 'SPEND', samples: ['1,50'] }, { guess: 'IGNORE' }],
      problems: [],
      notes: ['Left out, as their meaning is unknown: Farbe.'],
    });
  });

  it('a dry run counts and stores nothing', async () => {
    const who = person();
    const uploadId = await who.upload('date,channel,spend\n2026-01-01,a,1\n2026-01-01,a,2\n2026-02-30,a,3\n');
    const { dryRunImport } = await who.get<{ dryRunImport: unknown }>(
      `mutation ($input: ImportUploadInput!) { dryRunImport(input: $input) { rowsRead rowsAccepted rowsRejected duplicates complete errors { line column code value } } }`,
      { input: { uploadId, kind: 'RECORDS', mapping: daily } },
    );
    expect(dryRunImport).toEqual({
      rowsRead: 3,
      rowsAccepted: 2,
      rowsRejected: 1,
      duplicates: 1,
      complete: true,
      errors: [{ line: 4, column: 'date', code: 'IMPOSSIBLE_DATE', value: '2026-02-30' }],
    });
  });

  it('are imported; refused rows are kept and paged, and the result is partial', async () => {
    const who = person();
    const rows = ['2026-01-01,a,1', '2026-01-02,a,-1', '2026-01-03,a,NaN', '2026-13-03,a,1', '2026-01-05,a,1'];
    const { run, connectionId } = await importFile(who, `date,channel,spend\n${rows.join('\n')}\n`, {
      kind: 'RECORDS',
      mapping: daily,
    });
    expect(run).toMatchObject({ state: 'PARTIAL', trigger: 'UPLOAD', reasons: ['3 rows were refused.'] });
    expect(run.progress).toMatchObject({ rowsRead: 5, rowsAccepted: 2, rowsRejected: 3, fraction: 1 });
    expect(run.rejectedRows.edges.map(({ node }) => `${node.line} ${node.column} ${node.code}`)).toEqual([
      '3 spend NEGATIVE',
      '4 spend NOT_A_NUMBER',
    ]);
    expect(run.rejectedRows.pageInfo.hasNextPage).toBe(true);
    const { syncRun } = await who.get<{ syncRun: Run }>(
      `query ($id: ID!, $after: String) { syncRun(id: $id) { rejectedRows(after: $after) { edges { node { line } } pageInfo { hasNextPage } } } }`,
      { id: run.id, after: run.rejectedRows.pageInfo.endCursor },
    );
    expect(syncRun.rejectedRows.edges.map(({ node }) => node.line)).toEqual([5]);
    expect(memory.rows(connectionId, 'records')).toBe(2);
  });

  it('keep the rows of each region apart, as the preview guessed the column', async () => {
    const who = person();
    const content = 'date,geo,channel,spend\n2026-01-01,US-CA,a,1\n2026-01-01,US-NY,a,2\n2026-01-01,,a,4\n';
    const id = await who.upload(content);
    const look = 'query ($id: ID!) { uploadPreview(uploadId: $id) { columns { guess } } }';
    const { uploadPreview } = await who.get<{ uploadPreview: { columns: { guess: string }[] } }>(look, { id });
    expect(uploadPreview.columns.map(({ guess }) => guess)).toEqual(['DATE', 'REGION', 'CHANNEL', 'SPEND']);
    const { connectionId, run } = await importFile(who, content, {
      kind: 'RECORDS',
      mapping: mapping({ date: 'DATE', geo: 'REGION', channel: 'CHANNEL', spend: 'SPEND' }),
    });
    expect(run.progress).toMatchObject({ rowsAccepted: 3, rowsRejected: 0 });
    expect(memory.rows(connectionId, 'records')).toBe(3);
    expect(memory.list(connectionId, 'records').map(({ region }) => region)).toEqual(['US-CA', 'US-NY', null]);
  });

  it('the same file again changes nothing', async () => {
    const who = person();
    const content = `date,channel,spend\n${Array.from({ length: 300 }, (_, i) => `2026-01-0${1 + (i % 9)},c${i},1`).join('\n')}\n`;
    const first = await importFile(who, content, { kind: 'RECORDS', mapping: daily });
    const contents = memory.snapshot(first.connectionId);
    const again = await importFile(who, content, { kind: 'RECORDS', mapping: daily, connectionId: first.connectionId });
    expect(again.connectionId).toBe(first.connectionId);
    expect(memory.snapshot(first.connectionId)).toEqual(contents);
  });

  it('an import with a mapping that cannot work is refused, naming the field', async () => {
    const who = person();
    const uploadId = await who.upload('date,channel,spend\n2026-01-01,a,1\n');
    const refused = (input: Record<string, unknown>) =>
      who.refused(`mutation ($input: ImportUploadInput!) { importUpload(input: $input) { syncRun { id } } }`, {
        input: { uploadId, kind: 'RECORDS', mapping: daily, ...input },
      });
    expect(await refused({ mapping: mapping({ nope: 'DATE' }) })).toBe('BAD_USER_INPUT input.mapping');
    expect(await refused({ mapping: mapping({ date: 'DATE' }) })).toBe('BAD_USER_INPUT input.mapping');
    expect(await refused({ dateFormat: 'YY' })).toBe('BAD_USER_INPUT input.dateFormat');
    expect(await refused({ currency: 'X' })).toBe('BAD_USER_INPUT input.currency');
    expect(await refused({ uploadId: await who.upload('') })).toBe('BAD_USER_INPUT input.uploadId');
    expect(await refused({ connectionId: await createMock(who) })).toBe('BAD_USER_INPUT input.connectionId');
  });

  it('what is no text, or too large, is refused and leaves nothing', async () => {
    const who = person();
    const kept = () => readdir(join(folder, 'uploads', who.principal.organizationId));
    await expect(who.upload(Buffer.from('504b030414000600', 'hex'))).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await expect(who.upload(Buffer.from('1f8b0800', 'hex'))).rejects.toThrow('compressed');
    await expect(who.upload('x'.repeat(4_000_001))).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' });
    expect(await kept()).toEqual([]);
  });

  it('an upload that breaks off leaves nothing', async () => {
    const who = person();
    const context = createContext({ runtime, principal: who.principal });
    async function* broken() {
      yield Buffer.from('date,channel\n');
      await Promise.resolve();
      throw new Error('connection reset');
    }
    const stream = Readable.from(broken());
    await expect(runtime.ports.uploads.receive(context, { fileName: 'x', contentType: '', stream })).rejects.toThrow(
      'reset',
    );
    expect(await readdir(join(folder, 'uploads', who.principal.organizationId))).toEqual([]);
  });

  it('are limited per organisation', async () => {
    const who = person();
    for (let i = 0; i < 6; i += 1) await who.upload(`${i}${'x'.repeat(3_500_000)}`);
    await expect(who.upload('x')).rejects.toMatchObject({ code: 'QUOTA_EXCEEDED' });
  });

  it('are removed after a week, with stray files', async () => {
    const who = person();
    const id = await who.upload('date\n');
    const path = join(folder, 'uploads', who.principal.organizationId, id);
    const long = new Date(Date.now() + 8 * 86_400_000);
    await utimes(path, new Date(0), new Date(0));
    await cleanUp({ ...runtime, now: () => long });
    expect(await readdir(join(folder, 'uploads', who.principal.organizationId))).toEqual([]);
    expect(await who.refused(`query ($id: ID!) { uploadPreview(uploadId: $id) { encoding } }`, { id })).toBe(
      'NOT_FOUND',
    );
  });

  const paths = golden('causal/pathdata/PathData.csv.gz');
  it.skipIf(!paths)('the golden paths arrive whole', async () => {
    const who = person();
    const { run, connectionId } = await importFile(who, gunzipSync(await readFile(paths!)), {
      kind: 'JOURNEYS',
      mapping: mapping({
        path: 'PATH',
        total_conversions: 'CONVERSIONS',
        total_conversion_value: 'REVENUE',
        total_null: 'NULLS',
      }),
    });
    expect(run).toMatchObject({ state: 'SUCCEEDED', progress: { rowsAccepted: 10_000 } });
    expect(memory.rows(connectionId, 'journeys')).toBe(10_000);
    expect(memory.sum(connectionId, 'conversions')).toBe(19_785);
    expect(memory.sum(connectionId, 'nulls')).toBe(68_602);
  });
});

describe('deleteConnection', () => {
  it('removes it with its runs and what it brought in, also while it syncs', async () => {
    const who = person();
    const id = await createMock(who);
    memory.holdAfter(id, 1);
    const runId = await start(who, id);
    await until(() => memory.waiting(id) > 0);
    await who.get(`mutation ($id: ID!) { deleteConnection(id: $id) { connectionId } }`, { id });
    memory.release(id);
    expect(
      await who.get(`query ($id: ID!, $run: ID!) { connection(id: $id) { id } syncRun(id: $run) { id } }`, {
        id,
        run: runId,
      }),
    ).toEqual({ connection: null, syncRun: null });
    await until(() => memory.forgotten(id) > 0 && memory.rows(id, 'ad_daily') + memory.rows(id, 'journeys') === 0);
  });
});

describe('another organisation', () => {
  it('sees nothing and can do nothing with ids that are not its own', async () => {
    const owner = person();
    const stranger = person();
    const id = await createMock(owner);
    const runId = await start(owner, id);
    await over(owner, runId);
    const uploadId = await owner.upload('date,channel,spend\n2026-01-01,a,1\n');
    expect(
      await stranger.get(
        `query ($id: ID!, $run: ID!) { connection(id: $id) { id } syncRun(id: $run) { id } connections { totalCount edges { node { id } } } }`,
        { id, run: runId },
      ),
    ).toEqual({ connection: null, syncRun: null, connections: { totalCount: 0, edges: [] } });
    expect(await stranger.refused(startText, { id })).toBe('NOT_FOUND');
    expect(await stranger.refused(startText, { id: "x' or 1=1" })).toBe('NOT_FOUND');
    expect(
      await stranger.refused(`mutation ($id: ID!) { cancelSync(syncRunId: $id) { syncRun { id } } }`, { id: runId }),
    ).toBe('NOT_FOUND');
    expect(await stranger.refused(`mutation ($id: ID!) { deleteConnection(id: $id) { connectionId } }`, { id })).toBe(
      'NOT_FOUND',
    );
    expect(
      await stranger.refused(
        `mutation ($id: ID!) { updateConnection(input: { id: $id, name: "mine" }) { connection { id } } }`,
        { id },
      ),
    ).toBe('NOT_FOUND');
    const input = { uploadId, kind: 'RECORDS', mapping: daily };
    expect(
      await stranger.refused(`query ($id: ID!) { uploadPreview(uploadId: $id) { encoding } }`, { id: uploadId }),
    ).toBe('NOT_FOUND');
    expect(
      await stranger.refused(`mutation ($input: ImportUploadInput!) { dryRunImport(input: $input) { rowsRead } }`, {
        input,
      }),
    ).toBe('NOT_FOUND');
    expect(
      await stranger.refused(
        `mutation ($input: ImportUploadInput!) { importUpload(input: $input) { syncRun { id } } }`,
        { input },
      ),
    ).toBe('NOT_FOUND');
    const own = await stranger.upload('date,channel,spend\n2026-01-01,a,1\n');
    expect(
      await stranger.refused(
        `mutation ($input: ImportUploadInput!) { importUpload(input: $input) { syncRun { id } } }`,
        { input: { ...input, uploadId: own, connectionId: id } },
      ),
    ).toBe('NOT_FOUND');
    const entities = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Connection { id } ... on SyncRun { id } ... on Upload { id } } }`;
    const r = [
      { __typename: 'Connection', id },
      { __typename: 'SyncRun', id: runId },
      { __typename: 'Upload', id: uploadId },
    ];
    expect(await stranger.get(entities, { r })).toEqual({ _entities: [null, null, null] });
    expect(await owner.get(entities, { r })).toEqual({ _entities: [{ id }, { id: runId }, { id: uploadId }] });
    const stop = new AbortController();
    const events = await listenTo(
      subgraph,
      `subscription ($id: ID) { syncProgress(connectionId: $id, after: 0) { sequence } }`,
      { runtime, principal: stranger.principal, variables: { id }, signal: stop.signal },
    );
    const next = events.next();
    await runtime.consumers.settle();
    stop.abort();
    expect((await next).done).toBe(true);
  });

  it('a reader may look and not touch', async () => {
    const owner = person();
    const id = await createMock(owner);
    const principal = testPrincipal(owner.principal.organizationId, ['data:read']);
    const reader: Person = {
      ...owner,
      principal,
      refused: async (text, variables) => {
        const { errors } = await ask(subgraph, text, { runtime, principal, ...(variables ? { variables } : {}) });
        return String(errors?.[0]?.extensions.code);
      },
    };
    expect(await reader.refused(startText, { id })).toBe('FORBIDDEN');
    expect(
      (await ask(subgraph, `{ connections { totalCount } platforms { id streams } }`, { runtime, principal })).errors,
    ).toBeUndefined();
  });
});

it('connections are listed in pages, newest first', async () => {
  const who = person();
  const ids = [];
  for (const name of ['a', 'b', 'c'])
    ids.push(await createMock(who, { name, platform: name === 'b' ? 'klaviyo' : 'google_ads' }));
  const list = `query ($after: String, $platform: ID) { connections(first: 2, after: $after, platform: $platform) { totalCount edges { node { id name platform { id name } } } pageInfo { hasNextPage endCursor } } }`;
  interface List {
    connections: {
      totalCount: number;
      edges: { node: { id: string; name: string } }[];
      pageInfo: { endCursor: string };
    };
  }
  const { connections } = await who.get<List>(list);
  expect(connections).toMatchObject({ totalCount: 3, edges: [{ node: { name: 'c' } }, { node: { name: 'b' } }] });
  const rest = await who.get<List>(list, { after: connections.pageInfo.endCursor });
  expect(rest.connections.edges.map(({ node }) => node.id)).toEqual([ids[0]]);
  expect((await who.get<List>(list, { platform: 'klaviyo' })).connections.totalCount).toBe(1);
});

it('a checkpoint is never ahead of memory, whatever the database says', async () => {
  const { rows } = await sql<{
    open: number;
  }>`select count(*) as open from connections.sync_slice where state = 'RUNNING'`.execute(runtime.database.system);
  expect(rows[0]?.open).toBe(0);
});
