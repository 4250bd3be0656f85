import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { startDoubles } from '@liftos/connections/doubles/start-doubles.ts';
import { startProduct, type Product } from '../e2e/testing/product.ts';
import type { Api } from '../e2e/testing/api.ts';
import type { BenchResult } from './bench-result.ts';
import { scratchDatabase } from './scratch-database.ts';

const platform = 'tiktok';
const crowd = 200;
const days = 30;
/** Each connection must have brought something by then. */
const patienceSeconds = 30;
/** What is not over then is told as it is. */
const limitSeconds = Number(process.env.BENCH_CROWD_SECONDS ?? 60);
/** Connections that are started by one request. */
const atOnce = 50;
/** How often somebody looks at the connections meanwhile. */
const lookMs = 250;

/** Lets the product be profiled, e.g. with `--cpu-prof`. */
const profiling: Record<string, string> = process.env.BENCH_NODE_OPTIONS
  ? { NODE_OPTIONS: process.env.BENCH_NODE_OPTIONS }
  : {};

const createText = `mutation ($input: CreateConnectionInput!) { createConnection(input: $input) { connection { id } } }`;
const startText = `mutation ($ids: [ID!]!) { startSyncs(connectionIds: $ids) { problem syncRun { id } } }`;
const lookText = `{ connections(first: 50) { edges { node { id name activity authState syncs(first: 1) { edges { node { state
  progress { fraction rowsAccepted } } } } } } } }`;
const runsText = `query ($after: String) { syncRuns(first: 100, after: $after) { edges { node { id state startedAt
  progress { rowsAccepted } } } pageInfo { hasNextPage endCursor } } }`;

interface Run {
  id: string;
  state: string;
  progress: { rowsAccepted: number };
}

/** Two hundred connections that sync at once: whether all get on, and what it does to others; on both databases. */
export async function run(): Promise<BenchResult[]> {
  const doubles = fork(import.meta.filename, ['--doubles']);
  try {
    const [{ url }] = (await once(doubles, 'message')) as [{ url: string }];
    const found = results('embedded', await measure(url, {}));
    if (!process.env.DATABASE_URL) return found;
    const { url: database, drop } = await scratchDatabase(process.env.DATABASE_URL);
    try {
      return [...found, ...results('postgres', await measure(url, { DATABASE_URL: database }))];
    } finally {
      await drop();
    }
  } finally {
    doubles.kill();
  }
}

interface Measured {
  /** Until the last run was over, or the limit. */
  seconds: number;
  /** Connections that had brought rows by the end, and until the last of them had. */
  started: number;
  allStarted: number;
  over: number;
  latencies: number[];
  /** The 99th percentile of the event loop's delay in ms, as the product measures it itself. */
  lag: number;
  /** What the product's process used of the processors meanwhile. */
  cpuSeconds: number;
}

async function measure(url: string, env: Record<string, string>): Promise<Measured> {
  const product = await startProduct({ LIFTOS_PLATFORMS_URL: url, LOG_LEVEL: 'error', ...profiling, ...env });
  try {
    const api = await product.signIn();
    const ids = await connect(api);
    // What is read starts the delays anew.
    const before = await metricsOf(product);
    const begin = performance.now();
    for (let from = 0; from < crowd; from += atOnce) await api.ask(startText, { ids: ids.slice(from, from + atOnce) });
    const watched = await watch(api, begin);
    const after = await metricsOf(product);
    return { ...watched, lag: after.lag, cpuSeconds: after.cpuSeconds - before.cpuSeconds };
  } finally {
    await product.dispose();
  }
}

async function watch(api: Api, begin: number): Promise<Omit<Measured, 'lag' | 'cpuSeconds'>> {
  const latencies: number[] = [];
  let seconds = 0;
  let started = 0;
  let over = 0;
  let allStarted = Number.POSITIVE_INFINITY;
  for (let looks = 1; over < crowd && seconds < limitSeconds; looks += 1) {
    const asked = performance.now();
    await api.ask(lookText);
    latencies.push(performance.now() - asked);
    if (looks % 4 === 0) {
      const runs = await allRuns(api);
      started = runs.filter(({ progress }) => progress.rowsAccepted > 0).length;
      over = runs.filter(({ state }) => state !== 'QUEUED' && state !== 'RUNNING').length;
    }
    seconds = (performance.now() - begin) / 1000;
    if (started === crowd) allStarted = Math.min(allStarted, seconds);
    await pause(lookMs);
  }
  return { seconds, started, allStarted, over, latencies };
}

async function connect(api: Api): Promise<string[]> {
  const from = new Date(Date.now() - (days - 1) * 86_400_000).toISOString().slice(0, 10);
  const secrets = [
    { name: 'token', value: 'tiktok-double-access-token' },
    { name: 'appId', value: 'liftos-demo' },
    { name: 'appSecret', value: 'liftos-demo-secret' },
  ];
  const ids: string[] = [];
  for (let i = 0; i < crowd; i += 1) {
    const input = { platform, name: `Shop ${i}`, mode: 'LIVE', method: 'token', settings: [], secrets, from };
    const { createConnection } = await api.ask<{ createConnection: { connection: { id: string } } }>(createText, {
      input,
    });
    ids.push(createConnection.connection.id);
  }
  return ids;
}

interface RunPage {
  syncRuns: { edges: { node: Run }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}

async function allRuns(api: Api): Promise<Run[]> {
  const runs: Run[] = [];
  let after: string | null = null;
  for (;;) {
    const { syncRuns }: RunPage = await api.ask<RunPage>(runsText, { after });
    runs.push(...syncRuns.edges.map(({ node }) => node));
    if (!syncRuns.pageInfo.hasNextPage) return runs;
    after = syncRuns.pageInfo.endCursor;
  }
}

async function metricsOf({ address }: Product): Promise<{ lag: number; cpuSeconds: number }> {
  const text = await (await fetch(`${address}/metrics`)).text();
  const read = (name: string): number => Number(new RegExp(`^liftos_${name} (\\S+)`, 'm').exec(text)?.[1]);
  return { lag: read('nodejs_eventloop_lag_p99_seconds') * 1000, cpuSeconds: read('process_cpu_seconds_total') };
}

function results(mode: string, measured: Measured): BenchResult[] {
  const { seconds, started, allStarted, over, latencies, lag, cpuSeconds } = measured;
  const p95 = latencies.sort((a, b) => a - b)[Math.floor(latencies.length * 0.95)] ?? Number.POSITIVE_INFINITY;
  const plain = { reference: null, referenceValue: null, ratio: null };
  const state = `${started} had rows and ${over} were done after ${seconds.toFixed(0)} s, ${cpuSeconds.toFixed(0)} CPU s`;
  return [
    {
      name: `crowd: ${crowd} connections at once, until each has brought rows, ${mode} (${state})`,
      value: allStarted,
      unit: 's',
      ...plain,
      bar: `value <= ${patienceSeconds}`,
      holds: allStarted <= patienceSeconds,
    },
    {
      name: `crowd: a query of 50 connections with their syncs meanwhile, p95, ${mode}`,
      value: p95,
      unit: 'ms',
      ...plain,
      bar: 'value <= 100',
      holds: p95 <= 100,
    },
    {
      name: `crowd: delay of the event loop meanwhile, p99, ${mode}`,
      value: lag,
      unit: 'ms',
      ...plain,
      bar: 'value <= 50',
      holds: lag <= 50,
    },
  ];
}

if (process.argv.includes('--doubles')) {
  const doubles = await startDoubles({ platforms: [platform], now: new Date() });
  // One app may send 3,000 requests a minute; what is measured is the product, not how it waits at the limit.
  doubles.control({ action: 'quota', calls: Number.MAX_SAFE_INTEGER });
  process.send!({ url: doubles.url });
}
