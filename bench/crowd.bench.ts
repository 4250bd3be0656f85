import { fork } from 'node:child_process';
import { once } from 'node:events';
import { startDoubles } from '@liftos/connections/doubles/start-doubles.ts';
import { startProduct } from '../e2e/testing/product.ts';
import type { Api } from '../e2e/testing/api.ts';
import type { BenchResult } from './bench-result.ts';

const platform = 'tiktok';
const crowd = 200;
const days = 30;
/** Each connection must have brought something by then. */
const patienceSeconds = 30;

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

/** Two hundred connections that sync at once: whether all get on, and what it does to others. */
export async function run(): Promise<BenchResult[]> {
  const doubles = fork(import.meta.filename, ['--doubles']);
  const [{ url }] = (await once(doubles, 'message')) as [{ url: string }];
  const product = await startProduct({ LIFTOS_PLATFORMS_URL: url, LOG_LEVEL: 'error' });
  try {
    const api = await product.signIn();
    const ids = await connect(api);
    await api.ask(startText, { ids });
    const begin = performance.now();
    const latencies: number[] = [];
    let started = 0;
    let allStarted = Number.POSITIVE_INFINITY;
    for (let over = 0; over < crowd;) {
      const asked = performance.now();
      await api.ask(lookText);
      latencies.push(performance.now() - asked);
      const runs = await allRuns(api);
      started = runs.filter(({ progress }) => progress.rowsAccepted > 0).length;
      over = runs.filter(({ state }) => state !== 'QUEUED' && state !== 'RUNNING').length;
      if (started === crowd) allStarted = Math.min(allStarted, (performance.now() - begin) / 1000);
    }
    const seconds = (performance.now() - begin) / 1000;
    return results({ seconds, allStarted, latencies, lag: await eventLoopLag(product.address) });
  } finally {
    await product.dispose();
    doubles.kill();
  }
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

/** The 99th percentile of the event loop's delay, in ms, as the product measures it itself. */
async function eventLoopLag(address: string): Promise<number> {
  const text = await (await fetch(`${address}/metrics`)).text();
  return Number(/^nodejs_eventloop_lag_p99_seconds (\S+)/m.exec(text)?.[1]) * 1000;
}

interface Measured {
  seconds: number;
  allStarted: number;
  latencies: number[];
  lag: number;
}

function results({ seconds, allStarted, latencies, lag }: Measured): BenchResult[] {
  const p95 = latencies.sort((a, b) => a - b)[Math.floor(latencies.length * 0.95)] ?? Number.POSITIVE_INFINITY;
  const plain = { reference: null, referenceValue: null, ratio: null };
  return [
    {
      name: `crowd: ${crowd} connections at once, until each has brought rows (all done after ${seconds.toFixed(0)} s)`,
      value: allStarted,
      unit: 's',
      ...plain,
      bar: `value <= ${patienceSeconds}`,
      holds: allStarted <= patienceSeconds,
    },
    {
      name: 'crowd: a query of 50 connections with their syncs meanwhile, p95',
      value: p95,
      unit: 'ms',
      ...plain,
      bar: 'value <= 100',
      holds: p95 <= 100,
    },
    {
      name: 'crowd: delay of the event loop meanwhile, p99',
      value: lag,
      unit: 'ms',
      ...plain,
      bar: 'value <= 50',
      holds: lag <= 50,
    },
  ];
}

if (process.argv.includes('--doubles')) {
  const { url } = await startDoubles({ platforms: [platform], now: new Date() });
  process.send!({ url });
}
