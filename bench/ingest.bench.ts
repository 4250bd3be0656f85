import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse';
import { connections } from '@liftos/connections/subgraph.ts';
import { readConfig } from '@liftos/core/config.ts';
import type { Context } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import { startRuntime, type StartedRuntime } from '@liftos/core/start-runtime.ts';
import { answer } from '@liftos/core/testing/ask.ts';
import { testPrincipal } from '@liftos/core/testing/runtime.ts';
import { until } from '@liftos/core/testing/until.ts';
import { memory } from '@liftos/memory/subgraph.ts';
import type { BenchResult } from './bench-result.ts';
import { scratchDatabase } from './scratch-database.ts';

/** Size of the file; `--full` takes a gigabyte. BENCH_INGEST_MB sets another one. */
const megabytes = Number(process.env.BENCH_INGEST_MB ?? (process.argv.includes('--full') ? 1024 : 64));
const warmUpRows = 20_000;
const entities = 500;
const header = 'date,channel,campaign,ad_group,ad,spend,impressions,clicks,conversions,revenue,currency\n';

interface Measured {
  rows: number;
  rowsPerSecond: number;
  /** Growth of resident memory after the first quarter of the file. */
  growth: number;
  /** Growth since before the import. */
  peak: number;
}

/** CSV records from the beginning of the upload until a query gives their sums, on both databases. */
export async function run(): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'liftos-bench-ingest-'));
  try {
    const path = join(folder, 'records.csv');
    const rows = await writeRecords(path, megabytes * 1024 * 1024);
    const parsing = await parseOnly(path);
    const results: BenchResult[] = [];
    for (const { mode, least } of [
      { mode: 'embedded', least: 20_000 },
      { mode: 'postgres', least: 30_000 },
    ]) {
      if (mode === 'postgres' && !process.env.DATABASE_URL) continue;
      const measured = await inChild(mode, path, rows, join(folder, mode));
      results.push(speed(mode, measured, parsing, least), flatness(mode, measured, (await stat(path)).size));
    }
    return results;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function speed(mode: string, { rowsPerSecond, rows }: Measured, parsing: number, least: number): BenchResult {
  return {
    name: `ingest: ${rows} CSV records, upload to queryable, ${mode}`,
    value: rowsPerSecond,
    unit: 'rows/s',
    reference: 'csv-parse alone',
    referenceValue: parsing,
    ratio: rowsPerSecond / parsing,
    bar: `value >= ${least}`,
    holds: rowsPerSecond >= least,
  };
}

function flatness(mode: string, { growth }: Measured, bytes: number): BenchResult {
  const value = growth / 2 ** 20;
  return {
    name: `ingest: growth of memory after the first quarter of the file, ${mode}`,
    value,
    unit: 'MB',
    reference: 'size of the file',
    referenceValue: bytes / 2 ** 20,
    ratio: growth / bytes,
    bar: 'value <= 100',
    holds: value <= 100,
  };
}

/** Daily figures of 500 advertisements, as many days as fill the size. Answers the number of rows. */
async function writeRecords(path: string, bytes: number): Promise<number> {
  const file = createWriteStream(path);
  let rows = 0;
  let written = file.write(header) ? header.length : 0;
  while (written < bytes) {
    const day = dayOf(rows);
    const lines = Array.from({ length: entities }, (_, i) => lineOf(day, i, rows + i)).join('');
    rows += entities;
    written += lines.length;
    if (!file.write(lines)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
  return rows;
}

/** Ten thousand days from 1990 on, then the same days with other advertisements. */
function dayOf(row: number): string {
  return new Date(Date.UTC(1990, 0, 1) + (Math.floor(row / entities) % 10_000) * 86_400_000).toISOString().slice(0, 10);
}

function lineOf(day: string, entity: number, row: number): string {
  const epoch = Math.floor(row / entities / 10_000);
  const spend = `${(row * 7919) % 900}.${String(row % 100).padStart(2, '0')}`;
  const names = `channel ${entity % 8},campaign ${entity % 40},group ${entity % 100},ad ${entity} ${epoch}`;
  return `${day},${names},${spend},${(row * 31) % 90_000},${(row * 17) % 900},${row % 13},${(row * 61) % 5000}.5,EUR\n`;
}

async function parseOnly(path: string): Promise<number> {
  const begin = performance.now();
  let rows = 0;
  for await (const _ of createReadStream(path).pipe(parse({ info: true }))) rows += 1;
  return (rows / (performance.now() - begin)) * 1000;
}

/** A process of its own, so that its memory is that of the product alone. */
async function inChild(mode: string, path: string, rows: number, dataDir: string): Promise<Measured> {
  const child = fork(import.meta.filename, ['--ingest', mode, path, String(rows), dataDir]);
  const ended = once(child, 'exit');
  const [measured] = (await Promise.race([once(child, 'message'), ended.then(() => [null])])) as [Measured | null];
  await ended;
  if (!measured) throw new Error(`The import into ${mode} failed.`);
  return measured;
}

async function ingestHere(mode: string, path: string, rows: number, dataDir: string): Promise<Measured> {
  await mkdir(dataDir, { recursive: true });
  const database = mode === 'postgres' ? await scratchDatabase(process.env.DATABASE_URL!) : undefined;
  const config = readConfig({
    LIFTOS_DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
    ...(database ? { DATABASE_URL: database.url } : {}),
  });
  const runtime = await startRuntime({ config, subgraphs: [connections, memory] });
  try {
    const warmUp = join(dataDir, 'warm-up.csv');
    await writeRecords(warmUp, warmUpRows * 100);
    await importFile(runtime, warmUp, '019a0000-0000-7000-8000-000000000001', () => undefined);
    return await measure(runtime, path, rows);
  } finally {
    await runtime.close();
    await database?.drop();
  }
}

async function measure(runtime: StartedRuntime, path: string, rows: number): Promise<Measured> {
  const organizationId = '019a0000-0000-7000-8000-000000000002';
  const before = process.memoryUsage().rss;
  const samples: { fraction: number; rss: number }[] = [];
  const begin = performance.now();
  const context = await importFile(runtime, path, organizationId, (fraction) =>
    samples.push({ fraction, rss: process.memoryUsage().rss }),
  );
  const query = { from: '1990-01-01', to: '2100-01-01', unit: 'channel', sourceKinds: ['file'] } as const;
  const totals = await runtime.ports.memory.totals(context, query);
  const seconds = (performance.now() - begin) / 1000;
  const expected = Array.from({ length: rows }, (_, row) => row % 13).reduce((sum, value) => sum + value, 0);
  const found = totals.reduce((sum, { conversions }) => sum + conversions, 0);
  if (found !== expected) throw new Error(`${found} conversions are stored, ${expected} were sent.`);
  // The most so far, as a machine may take back what was not used for a while.
  const early = samples.filter(({ fraction }) => fraction < 0.25);
  const settled = Math.max(before, ...early.map(({ rss }) => rss));
  const peak = Math.max(...samples.map(({ rss }) => rss));
  return { rows, rowsPerSecond: rows / seconds, growth: peak - settled, peak: peak - before };
}

const importText = `mutation ($input: ImportUploadInput!) { importUpload(input: $input) { syncRun { id } } }`;
const runText = `query ($id: ID!) { syncRun(id: $id) { state reasons progress { fraction } } }`;
const preview = `query ($id: ID!) { uploadPreview(uploadId: $id) { kind columns { name guess } } }`;

interface Preview {
  uploadPreview: { kind: string; columns: { name: string; guess: string }[] };
}

interface Run {
  syncRun: { state: string; reasons: string[]; progress: { fraction: number } };
}

/** Uploads and imports a file as a person would who takes the guessed mapping. */
async function importFile(
  runtime: StartedRuntime,
  path: string,
  organizationId: string,
  onProgress: (fraction: number) => void,
): Promise<Context> {
  const principal = testPrincipal(organizationId);
  const ask = <T>(text: string, variables: Record<string, unknown>) =>
    answer<T>(connections, text, { runtime, principal, variables });
  const context = createContext({ runtime, principal });
  const file = { fileName: 'records.csv', contentType: 'text/csv', stream: createReadStream(path) };
  const { id } = await runtime.ports.uploads.receive(context, file);
  const { uploadPreview } = await ask<Preview>(preview, { id });
  const mapping = uploadPreview.columns.map(({ name, guess }) => ({ column: name, meaning: guess }));
  const input = { uploadId: id, kind: uploadPreview.kind, mapping };
  const { importUpload } = await ask<{ importUpload: { syncRun: { id: string } } }>(importText, { input });
  await until(async () => {
    const { syncRun } = await ask<Run>(runText, { id: importUpload.syncRun.id });
    onProgress(syncRun.progress.fraction);
    if (['FAILED', 'PARTIAL', 'CANCELLED'].includes(syncRun.state)) throw new Error(syncRun.reasons.join(' '));
    return syncRun.state === 'SUCCEEDED';
  }, 3_600_000);
  return context;
}

const at = process.argv.indexOf('--ingest');
if (at !== -1) {
  const [mode, path, rows, dataDir] = process.argv.slice(at + 1) as [string, string, string, string];
  process.send!(await ingestHere(mode, path, Number(rows), dataDir));
  process.disconnect();
}
