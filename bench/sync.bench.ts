import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { insertConnection } from '@liftos/connections/connection/connection.service.ts';
import { storeCredential } from '@liftos/connections/credentials/credential-store.ts';
import { startDoubles } from '@liftos/connections/doubles/start-doubles.ts';
import { connectorOf } from '@liftos/connections/platforms/registry.ts';
import { connections } from '@liftos/connections/subgraph.ts';
import { startSync } from '@liftos/connections/sync/sync.service.ts';
import { runsById } from '@liftos/connections/sync/sync.view.ts';
import { readConfig } from '@liftos/core/config.ts';
import type { Context } from '@liftos/core/context.ts';
import { createContext, transaction } from '@liftos/core/create-context.ts';
import { newId } from '@liftos/core/ids.ts';
import { startRuntime, type StartedRuntime } from '@liftos/core/start-runtime.ts';
import { testPrincipal } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import { memory } from '@liftos/memory/subgraph.ts';
import type { BenchResult } from './bench-result.ts';
import { scratchDatabase } from './scratch-database.ts';

const platform = 'tiktok';
const token = 'tiktok-double-access-token';
const days = 365;
/** Makes about a thousand advertisements of what the generator has. */
const size = Number(process.env.BENCH_SYNC_SIZE ?? 41);

interface Measured {
  rows: number;
  pages: number;
  seconds: number;
  /** The same requests sent by a plain client, one after the other. */
  doubleSeconds: number;
  /** The same rows upserted into a bare table. */
  upsertSeconds: number;
  /** Growth of resident memory over the most that a week took, and of its second half. */
  growth: number;
  lateGrowth: number;
  /** From the time of a schedule to its run. */
  startSeconds: number;
}

/** A year of a thousand advertisements of one platform, through the whole engine into memory; and how late schedules start. */
export async function run(): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'liftos-bench-sync-'));
  const doubles = fork(import.meta.filename, ['--doubles']);
  try {
    const [{ url }] = (await once(doubles, 'message')) as [{ url: string }];
    const found = results('embedded', await inChild(url, join(folder, 'embedded'), ''));
    if (!process.env.DATABASE_URL) return found;
    const database = await scratchDatabase(process.env.DATABASE_URL);
    try {
      return [...found, ...results('postgres', await inChild(url, join(folder, 'postgres'), database.url))];
    } finally {
      await database.drop();
    }
  } finally {
    doubles.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

function results(mode: string, measured: Measured): BenchResult[] {
  const { rows, pages, seconds, doubleSeconds, upsertSeconds } = measured;
  const reference = doubleSeconds + upsertSeconds;
  return [
    {
      name: `sync: ${rows} rows in ${pages} pages, ${mode}`,
      value: seconds,
      unit: 's',
      reference: 'the answers alone and a bare upsert of the same rows',
      referenceValue: reference,
      ratio: seconds / reference,
      bar: 'ratio <= 2',
      holds: seconds / reference <= 2,
    },
    {
      name: `sync: growth of memory from a week to a year, ${mode}`,
      value: measured.growth / 2 ** 20,
      unit: 'MB',
      reference: 'of which in the second half',
      referenceValue: measured.lateGrowth / 2 ** 20,
      ratio: measured.lateGrowth / measured.growth,
      bar: 'value <= 300',
      holds: measured.growth <= 300 * 2 ** 20,
    },
    {
      name: `sync: from the time of a schedule to its run, ${mode}`,
      value: measured.startSeconds,
      unit: 's',
      reference: null,
      referenceValue: null,
      ratio: null,
      bar: 'value <= 2',
      holds: measured.startSeconds <= 2,
    },
  ];
}

/** A process of its own, so that its memory is that of the product alone. */
async function inChild(url: string, dataDir: string, database: string): Promise<Measured> {
  const child: ChildProcess = fork(import.meta.filename, ['--sync', url, dataDir, database]);
  const ended = once(child, 'exit');
  const [measured] = (await Promise.race([once(child, 'message'), ended.then(() => [null])])) as [Measured | null];
  await ended;
  if (!measured) throw new Error('The sync failed.');
  return measured;
}

async function syncHere(url: string, dataDir: string, database: string): Promise<Measured> {
  const config = readConfig({
    LIFTOS_DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    LIFTOS_PLATFORMS_URL: url,
    DATABASE_URL: database || undefined,
  });
  // What is measured is the engine, not the platform's ten requests a second.
  Object.assign(connectorOf(platform)!.live!.limits, { requestsPerSecond: undefined });
  const runtime = await startRuntime({ config, subgraphs: [connections, memory] });
  try {
    const context = createContext({ runtime, principal: testPrincipal(newId()) });
    await syncOnce(context, await connect(context, 7));
    // Memory that was idle may have been taken back by the machine: what a week takes, not what is resident just now.
    const week = await syncOnce(context, await connect(context, 7));
    const id = await connect(context, days);
    const before = Math.max(...week.map(({ rss }) => rss));
    const begin = performance.now();
    const samples = await syncOnce(context, id);
    const seconds = (performance.now() - begin) / 1000;
    const growth = Math.max(...samples.map(({ rss }) => rss)) - before;
    const firstHalf = Math.max(...samples.slice(0, samples.length / 2).map(({ rss }) => rss)) - before;
    return {
      seconds,
      growth,
      lateGrowth: growth - firstHalf,
      ...(await answersAlone(context, id, url)),
      ...(await bareUpsert(runtime, context)),
      startSeconds: await scheduleDelay(context, id),
    };
  } finally {
    await runtime.close();
  }
}

async function connect(context: Context, back: number): Promise<string> {
  const from = new Date(Date.now() - (back - 1) * 86_400_000).toISOString().slice(0, 10);
  return transaction(context, async (tx) => {
    const { id } = await insertConnection(tx, {
      name: 'Bench',
      platform,
      mode: 'LIVE',
      settings: { from, seed: 1, values: {}, method: 'token' },
      currency: 'EUR',
      time_zone: 'UTC',
      schedule: null,
    });
    const values = { token, appId: 'liftos-demo', appSecret: 'liftos-demo-secret' };
    await storeCredential(tx, id, { values, extra: {} });
    return id;
  });
}

/** Syncs to the end and tells how memory grew meanwhile. */
async function syncOnce(context: Context, connectionId: string): Promise<{ rss: number }[]> {
  const { id } = await startSync(context, connectionId, 'MANUAL');
  const samples: { rss: number }[] = [];
  await until(async () => {
    samples.push({ rss: process.memoryUsage().rss });
    const [run] = await runsById(context, [id]);
    if (run?.state === 'FAILED') throw new Error(run.reasons.join(' '));
    return run?.finished_at;
  }, 1_800_000);
  return samples;
}

async function answersAlone(
  context: Context,
  id: string,
  url: string,
): Promise<{ doubleSeconds: number; pages: number }> {
  const { rows } = await sql<{ request: string }>`
    select request from connections.raw_page where connection_id = ${id}`.execute(context.db);
  const begin = performance.now();
  for (const { request } of rows) {
    const address = new URL(request.slice(request.indexOf(' ') + 1));
    const answer = await fetch(`${url}/${address.host}${address.pathname}${address.search}`, {
      headers: { 'access-token': token },
    });
    await answer.arrayBuffer();
  }
  return { doubleSeconds: (performance.now() - begin) / 1000, pages: rows.length };
}

const rowsAtOnce = 1000;

async function bareUpsert(runtime: StartedRuntime, context: Context): Promise<{ upsertSeconds: number; rows: number }> {
  const { driver } = runtime.database;
  await driver.script(`create table public.bare (like memory.fact including indexes)`);
  const { rows } = await driver.query(null, 'select * from memory.fact where organization_id = $1', [
    context.organizationId,
  ]);
  const columns = [
    'date',
    'entity_id',
    'currency',
    'spend',
    'impressions',
    'clicks',
    'conversions',
    'revenue',
  ] as const;
  const types = ['date', 'uuid', 'text', 'bigint', 'float8', 'float8', 'float8', 'bigint'];
  const batchId = newId();
  const begin = performance.now();
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const chunk = rows.slice(from, from + rowsAtOnce);
    const lists = columns.map((name) => `{${chunk.map((row) => JSON.stringify(String(row[name]))).join(',')}}`);
    await driver.query(
      null,
      `insert into public.bare (organization_id, batch_id, ingested_at, ${columns.join(', ')})
       select $1::uuid, $2::uuid, now(), ${columns.join(', ')}
       from unnest(${types.map((type, i) => `$${i + 3}::text::${type}[]`).join(', ')}) as r (${columns.join(', ')})
       on conflict (organization_id, date, entity_id) do update set spend = excluded.spend, clicks = excluded.clicks,
         impressions = excluded.impressions, conversions = excluded.conversions, revenue = excluded.revenue`,
      [context.organizationId, batchId, ...lists],
    );
  }
  return { upsertSeconds: (performance.now() - begin) / 1000, rows: rows.length };
}

/** The worst of five. */
async function scheduleDelay(context: Context, id: string): Promise<number> {
  const delays: number[] = [];
  for (let i = 0; i < 5; i += 1) {
    const due = new Date(Date.now() + 700 + 130 * i);
    await sql`update connections.connection set schedule = '0 0 1 1 *', next_run_at = ${due} where id = ${id}`.execute(
      context.db,
    );
    const created = await until(async () => {
      const { rows } = await sql<{ created_at: Date; finished_at: Date | null }>`
        select created_at, finished_at from connections.sync_run where connection_id = ${id} and created_at >= ${due}
        order by created_at limit 1`.execute(context.db);
      return rows[0]?.finished_at ? rows[0].created_at : undefined;
    }, 120_000);
    delays.push((created.getTime() - due.getTime()) / 1000);
  }
  return Math.max(...delays);
}

const [task, ...rest] = process.argv.slice(2);
if (task === '--doubles') {
  const { url } = await startDoubles({ platforms: [platform], size, now: new Date() });
  process.send!({ url });
} else if (task === '--sync') {
  process.send!(await syncHere(...(rest as [string, string, string])));
  process.disconnect();
}
