import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '@liftos/core/config.ts';
import { anonymous, systemPrincipal, type Context, type Principal } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import { internalTokens } from '@liftos/core/internal-token.ts';
import type { ExportPort } from '@liftos/core/ports/ports.ts';
import { remotePorts } from '@liftos/core/ports/remote-ports.ts';
import { serveSubgraph, type ServedSubgraph } from '@liftos/core/serve/serve-subgraph.ts';
import { answer, ask } from '@liftos/core/testing/ask.ts';
import { testPrincipal, testRuntime, type TestRuntime } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import type { DataExport, ExportFormat } from '../schema.generated.ts';
import { memory } from '../subgraph.ts';
import { journeyBatch, recordBatch, type TestJourney, type TestRow } from '../testing/batches.ts';
import { cleanUpExports } from './clean-up.ts';

const secret = 'a secret of the export test, long enough';
let runtime: TestRuntime;
let served: ServedSubgraph;
let remote: ExportPort;
let folder: string;
let clock = new Date('2026-11-21T12:00:00Z');
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'liftos-export-'));
  runtime = await testRuntime([memory], { now: () => clock, env: { LIFTOS_DATA_DIR: folder } });
  // The same database on a server; in memory a process of its own, which finds nothing.
  const config = {
    LIFTOS_DATA_DIR: join(folder, 'other'),
    LIFTOS_INTERNAL_SECRET: secret,
    PORT: '0',
    LOG_LEVEL: 'silent',
  };
  served = await serveSubgraph(memory, readConfig(config));
  const address = new Map([['memory', `http://127.0.0.1:${served.port}`]]);
  remote = remotePorts(address, internalTokens(secret)).exports!;
});
afterAll(async () => {
  await served.close();
  await runtime.close();
  await rm(folder, { recursive: true, force: true });
});

const newPrincipal = () => testPrincipal(runtime.newOrganization());
const contextOf = (principal: Principal, within = runtime as TestRuntime | ServedSubgraph['runtime']): Context =>
  createContext({ runtime: within, principal });

const shape =
  'id format state reason requestedBy createdAt expiresAt records journeys files { name rows bytes sha256 link }';
const start = `mutation ($format: ExportFormat!) { startExport(input: { format: $format }) { dataExport { ${shape} } } }`;

function graph<T>(principal: Principal, document: string, variables: Record<string, unknown> = {}, within = runtime) {
  return answer<T>(memory, document, { runtime: within, principal, variables });
}

async function exported(principal: Principal, format: ExportFormat, within = runtime): Promise<DataExport> {
  const { startExport } = await graph<{ startExport: { dataExport: DataExport } }>(
    principal,
    start,
    { format },
    within,
  );
  return until(async () => {
    const document = `query ($id: ID!) { dataExport(id: $id) { ${shape} } }`;
    const variables = { id: startExport.dataExport.id };
    const { dataExport } = await graph<{ dataExport: DataExport }>(principal, document, variables, within);
    return dataExport.state !== 'QUEUED' && dataExport.state !== 'RUNNING' && dataExport;
  });
}

async function read(principal: Principal, { id, files }: DataExport): Promise<Record<string, string>> {
  const contents = await Promise.all(
    files.map(async ({ name, bytes, sha256 }) => {
      const file = await runtime.ports.exports.open(contextOf(principal), { exportId: id, file: name });
      const content = await text(file.stream);
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
      expect(file).toMatchObject({ name, bytes, sha256 });
      expect(Buffer.byteLength(content)).toBe(bytes);
      return [name, content] as const;
    }),
  );
  return Object.fromEntries(contents);
}

const rows: TestRow[] = [
  {
    date: '2026-03-01',
    channel: '=HYPERLINK("x")',
    campaign: 'Bränd, "neu"',
    spend: 10.25,
    revenue: -3,
    conversions: 1.5,
  },
  { date: '2026-03-02', channel: 'Mail', spend: 9_007_199.740993, currency: 'USD', region: 'München, Süd' },
];
const journeys: TestJourney[] = [
  { key: 'a', date: '2026-03-01', path: ['Search', 'Mail'], ages: [12.5, 0], value: 19.99, campaigns: ['B', null] },
  { key: 'b', path: ['TV', 'Mail'], conversions: 20, nulls: 3, value: 1 },
  { key: 'c', date: '2026-03-05', path: ['Mail'], ages: [0], conversions: 0, nulls: 1 },
];

async function fill(principal: Principal) {
  const context = contextOf(principal);
  const records = recordBatch(rows);
  await context.ports.memory.ingest(context, records);
  const { connectionId } = records;
  await context.ports.memory.ingest(context, journeyBatch(journeys, { connectionId }));
  await context.ports.memory.ingest(context, journeyBatch([{ ...journeys[0]!, value: 20 }], { connectionId }));
  return connectionId;
}

describe('an export', () => {
  it('as CSV holds everything once, disarmed and counted', async () => {
    const principal = newPrincipal();
    const connection = await fill(principal);
    const done = await exported(principal, 'CSV');
    expect(done).toMatchObject({ state: 'SUCCEEDED', records: 2, journeys: 3, requestedBy: 'Test User' });
    const files = await read(principal, done);
    expect(files).toEqual({
      [`records-file-s-${connection}.csv`]:
        'date,channel,campaign,ad group,ad,currency,spend,impressions,clicks,conversions,revenue,region\r\n' +
        `2026-03-01,"'=HYPERLINK(""x"")","Bränd, ""neu""",,,EUR,10.25,100,0,1.5,-3,\r\n` +
        '2026-03-02,Mail,,,,USD,9007199.740993,100,0,0,0,"München, Süd"\r\n',
      [`journeys-file-paths-${connection}.csv`]:
        'path,conversions,nulls,revenue,currency,touch campaigns,touch ages\r\nTV > Mail,20,3,1,EUR,,\r\n',
      [`journeys-file-timed-touches-${connection}.csv`]: expect.stringMatching(
        new RegExp(
          [
            'journey id,touched at,converted at,channel,campaign,conversions,revenue,currency',
            '[0-9a-f-]{36}:2,2026-03-05T00:00:00.000Z,,Mail,,0,0,EUR',
            '[0-9a-f-]{36}:0,2026-02-16T12:00:00.000Z,2026-03-01T00:00:00.000Z,Search,B,1,20,EUR',
            '[0-9a-f-]{36}:0,2026-03-01T00:00:00.000Z,2026-03-01T00:00:00.000Z,Mail,,1,20,EUR',
            '$',
          ].join('\r\n'),
        ),
      ),
    });
    expect(done.files.map(({ rows: count }) => count)).toEqual([1, 3, 2]);
  });

  it('as JSON lines holds every field', async () => {
    const principal = newPrincipal();
    const connectionId = await fill(principal);
    const files = await read(principal, await exported(principal, 'JSON_LINES'));
    const lines = (name: string) =>
      files[name]!.trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines(`records-file-s-${connectionId}.jsonl`)[0]).toEqual({
      connectionId,
      sourceKind: 'FILE',
      stream: 's',
      date: '2026-03-01',
      channel: '=HYPERLINK("x")',
      campaign: 'Bränd, "neu"',
      adGroup: null,
      ad: null,
      currency: 'EUR',
      spend: 10.25,
      impressions: 100,
      clicks: 0,
      conversions: 1.5,
      revenue: -3,
      region: null,
    });
    expect(lines(`journeys-file-${connectionId}.jsonl`)[0]).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}:1$/),
      connectionId,
      sourceKind: 'FILE',
      date: null,
      currency: 'EUR',
      conversions: 20,
      nulls: 3,
      value: 1,
      touches: [
        { channel: 'TV', campaign: null, age: null },
        { channel: 'Mail', campaign: null, age: null },
      ],
    });
  });

  it('of thousands of records and of several blocks goes over page after page', async () => {
    const principal = newPrincipal();
    const context = contextOf(principal);
    const many = Array.from({ length: 11_000 }, (_, index) => ({ date: '2026-03-01', channel: `c${index}`, spend: 1 }));
    await context.ports.memory.ingest(context, recordBatch(many));
    const connectionId = crypto.randomUUID();
    for (let block = 0; block < 18; block += 1) {
      const paths = Array.from({ length: 3 }, (_, index) => ({ key: `${block}/${index}`, path: ['Mail'] }));
      await context.ports.memory.ingest(context, journeyBatch(paths, { connectionId }));
    }
    const done = await exported(principal, 'CSV');
    expect(done).toMatchObject({ records: 11_000, journeys: 54 });
    const files = Object.entries(await read(principal, done));
    const records = files
      .find(([name]) => name.startsWith('records'))![1]
      .split('\r\n')
      .slice(1, -1);
    expect(new Set(records).size).toBe(11_000);
  });

  it('of nothing has no files', async () => {
    expect(await exported(newPrincipal(), 'CSV')).toMatchObject({ state: 'SUCCEEDED', records: 0, files: [] });
  });

  it('is audited when it begins and with every download', async () => {
    const principal = newPrincipal();
    await fill(principal);
    const done = await exported(principal, 'CSV');
    await read(principal, { ...done, files: done.files.slice(0, 1) });
    const events = await sql<{ topic: string; name: string }>`
      select topic, actor->>'name' as name from runtime.event where audited order by sequence
    `.execute(contextOf(principal).db);
    expect(events.rows).toEqual([
      { topic: 'export.started', name: 'Test User' },
      { topic: 'export.downloaded', name: 'Test User' },
    ]);
  });

  it('waits for the one before, and is given to readers of data only', async () => {
    const principal = newPrincipal();
    await graph(principal, start, { format: 'CSV' });
    const stopped = testPrincipal(runtime.newOrganization(), ['connections:read']);
    const refused = await ask(memory, start, { runtime, principal: stopped, variables: { format: 'CSV' } });
    expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    const busy = newPrincipal();
    await sql`
      insert into memory.data_export (organization_id, id, format, state, requested_by, link_key, created_at, expires_at)
      values (${busy.organizationId}, ${crypto.randomUUID()}, 'CSV', 'RUNNING', 'x', 'x', ${clock},
        ${new Date(clock.getTime() + 1000)})`.execute(contextOf(busy).db);
    const second = await ask(memory, start, { runtime, principal: busy, variables: { format: 'CSV' } });
    expect(second.errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT' });
  });
});

describe('a file of an export', () => {
  const tokenOf = (link: string) => new URL(link, 'http://x').searchParams.get('token')!;
  const missing = { code: 'NOT_FOUND' };

  it('opens with its link alone, for ten minutes, and for that file only', async () => {
    const principal = newPrincipal();
    await fill(principal);
    const { id: exportId, files } = await exported(principal, 'CSV');
    const [one, other] = files as [DataExport['files'][number], DataExport['files'][number]];
    const { open } = runtime.ports.exports;
    const nobody = contextOf(anonymous);
    const token = tokenOf(one.link);
    const { stream, bytes } = await open(nobody, { exportId, file: one.name, token });
    expect(Buffer.byteLength(await text(stream))).toBe(bytes);
    await expect(open(nobody, { exportId, file: other.name, token })).rejects.toMatchObject(missing);
    await expect(open(nobody, { exportId, file: one.name })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    const begin = clock;
    clock = new Date(clock.getTime() + 600_000);
    await expect(open(nobody, { exportId, file: one.name, token })).rejects.toMatchObject(missing);
    clock = begin;
  });

  it('does not exist for another organisation, whatever it tries', async () => {
    const [mine, thief] = [newPrincipal(), newPrincipal()];
    await fill(mine);
    await fill(thief);
    const theirs = await exported(thief, 'CSV');
    const { id: exportId, files } = await exported(mine, 'CSV');
    const file = files[0]!.name;
    const { open } = runtime.ports.exports;
    await expect(open(contextOf(thief), { exportId, file })).rejects.toMatchObject(missing);
    const token = tokenOf(theirs.files[0]!.link);
    await expect(open(contextOf(thief), { exportId, file, token })).rejects.toMatchObject(missing);
    const document = `query ($id: ID!) { dataExport(id: $id) { id } dataExports { id } }`;
    expect(await graph(thief, document, { id: exportId })).toEqual({
      dataExport: null,
      dataExports: [{ id: theirs.id }],
    });
    for (const name of ['../../x', `../${theirs.id}/${file}`, '', '.']) {
      await expect(open(contextOf(mine), { exportId, file: name })).rejects.toMatchObject(missing);
      await expect(open(contextOf(mine), { exportId: name, file })).rejects.toMatchObject(missing);
    }
  });

  it('comes through another process', async () => {
    const principal = newPrincipal();
    const { runtime: there } = served;
    const context = contextOf(principal, there);
    await there.ports.memory.ingest(context, recordBatch(rows));
    const { id: exportId, files } = await exported(principal, 'CSV', there as TestRuntime);
    const { name, bytes, sha256 } = files[0]!;
    const file = await remote.open(contextOf(principal), { exportId, file: name });
    expect(file).toMatchObject({ name, bytes, sha256, contentType: 'text/csv; charset=utf-8' });
    expect(
      createHash('sha256')
        .update(await text(file.stream))
        .digest('hex'),
    ).toBe(sha256);
    const token = new URL(files[0]!.link, 'http://x').searchParams.get('token')!;
    const linked = await remote.open(contextOf(anonymous), { exportId, file: name, token });
    expect(Buffer.byteLength(await text(linked.stream))).toBe(bytes);
    await expect(remote.open(contextOf(newPrincipal()), { exportId, file: name })).rejects.toMatchObject(missing);
  });

  it('is gone after seven days, and strays with it', async () => {
    const principal = newPrincipal();
    await fill(principal);
    const { id: exportId, files } = await exported(principal, 'CSV');
    const own = join(folder, 'exports', principal.organizationId);
    expect(await readdir(join(own, exportId))).toHaveLength(files.length);
    await mkdir(join(own, 'stray'));
    await writeFile(join(own, 'stray', 'x'), 'x');
    await cleanUpExports(runtime);
    expect(await readdir(own)).toContain(exportId);
    const begin = clock;
    clock = new Date(Math.max(clock.getTime(), Date.now()) + 7 * 86_400_000);
    const { open } = runtime.ports.exports;
    const wanted = { exportId, file: files[0]!.name };
    await expect(open(contextOf(principal), wanted)).rejects.toMatchObject(missing);
    await cleanUpExports(runtime);
    expect(await readdir(join(folder, 'exports'))).not.toContain(principal.organizationId);
    expect(await graph(principal, '{ dataExports { id } }')).toEqual({ dataExports: [] });
    clock = begin;
  });
});

it('a system caller may open what its organisation has', async () => {
  const principal = newPrincipal();
  await fill(principal);
  const { id: exportId, files } = await exported(principal, 'CSV');
  const context = contextOf(systemPrincipal(principal.organizationId));
  const { stream } = await runtime.ports.exports.open(context, { exportId, file: files[0]!.name });
  expect(await text(stream)).not.toBe('');
});
