import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connections } from '@liftos/connections/subgraph.ts';
import { readConfig } from '@liftos/core/config.ts';
import { anonymous, type Principal } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import { startRuntime, type StartedRuntime } from '@liftos/core/start-runtime.ts';
import { createLog } from '@liftos/core/telemetry/log.ts';
import { createMetrics } from '@liftos/core/telemetry/metrics.ts';
import { answer } from '@liftos/core/testing/ask.ts';
import { testPrincipal } from '@liftos/core/testing/runtime.ts';
import { createGateway, type Gateway } from '@liftos/gateway/gateway.ts';
import { memory } from '@liftos/memory/subgraph.ts';
import type { BenchResult } from './bench-result.ts';

const singles = 100;
const burst = 2000;
const atOnce = 50;
const day = '2026-11-20';

interface Bench {
  runtime: StartedRuntime;
  gateway: Gateway;
  who: Principal;
  url: string;
  secret: string;
}

/** From the request of a webhook at the gateway until a query of memory gives its record, on the embedded database. */
export async function run(): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), 'liftos-bench-webhook-'));
  const config = readConfig({ LIFTOS_DATA_DIR: folder, LOG_LEVEL: 'silent' });
  const runtime = await startRuntime({ config, subgraphs: [connections, memory] });
  const gateway = await createGateway({
    supergraphPath: join(import.meta.dirname, '../schema/supergraph.graphql'),
    sources: new Map(),
    authenticator: { authenticate: () => Promise.resolve(anonymous), stillValid: () => Promise.resolve(true) },
    uploads: {
      receive: (request, file) => runtime.ports.uploads.receive(createContext({ runtime, ...request }), file),
    },
    webhooks: runtime.ports.webhooks,
    config,
    log: createLog('silent'),
    metrics: createMetrics(),
  });
  try {
    const port = await gateway.listen(0);
    const bench = await openEndpoint(runtime, gateway, port);
    await one(bench, 'warm-up');
    return [await latency(bench), await throughput(bench)];
  } finally {
    await gateway.close();
    await runtime.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function openEndpoint(runtime: StartedRuntime, gateway: Gateway, port: number): Promise<Bench> {
  const who = testPrincipal('019a0000-0000-7000-8000-000000000001');
  const text = 'mutation { createWebhookEndpoint(input: { kind: CUSTOM, name: "Bench" }) { secret endpoint { url } } }';
  const { createWebhookEndpoint: made } = await answer<{
    createWebhookEndpoint: { secret: string; endpoint: { url: string } };
  }>(connections, text, { runtime, principal: who });
  const url = `http://127.0.0.1:${port}${new URL(made.endpoint.url).pathname}`;
  return { runtime, gateway, who, url, secret: made.secret };
}

async function send({ url, secret }: Bench, id: string): Promise<void> {
  const row = { id, occurredAt: `${day}T10:00:00Z`, amount: '12.50', channel: 'shop' };
  const body = JSON.stringify({ orders: [row] });
  const time = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
  const headers = { 'liftos-signature': `t=${time},v1=${signature}`, 'idempotency-key': id };
  const { status } = await fetch(url, { method: 'POST', body, headers });
  if (status !== 202) throw new Error(`The gateway answered ${status}.`);
}

/** Orders in the daily figures. */
async function queryable({ runtime, who }: Bench): Promise<number> {
  const context = createContext({ runtime, principal: who });
  const query = { from: day, to: day, sourceKinds: ['live'] as const, unit: 'channel' as const };
  const [total] = await runtime.ports.memory.totals(context, query);
  return total?.conversions ?? 0;
}

/** Milliseconds from sending until it is counted. */
async function one(bench: Bench, id: string): Promise<number> {
  const before = await queryable(bench);
  const begin = performance.now();
  await send(bench, id);
  while ((await queryable(bench)) === before) await pause(5);
  return performance.now() - begin;
}

async function latency(bench: Bench): Promise<BenchResult> {
  const delays: number[] = [];
  for (let index = 0; index < singles; index += 1) delays.push(await one(bench, `single-${index}`));
  const value = delays.sort((a, b) => a - b)[Math.floor(delays.length * 0.95)]!;
  return {
    name: 'webhook: request to queryable record, p95, embedded',
    value,
    unit: 'ms',
    reference: null,
    referenceValue: null,
    ratio: null,
    bar: 'value < 1000',
    holds: value < 1000,
  };
}

async function throughput(bench: Bench): Promise<BenchResult> {
  const before = await queryable(bench);
  const begin = performance.now();
  let next = 0;
  const sender = async (): Promise<void> => {
    while (next < burst) await send(bench, `burst-${(next += 1)}`);
  };
  await Promise.all(Array.from({ length: atOnce }, sender));
  const accepted = performance.now();
  while ((await queryable(bench)) < before + burst) await pause(20);
  const value = performance.now() - accepted;
  const perSecond = (burst / (performance.now() - begin)) * 1000;
  return {
    name: `webhook: burst of ${burst} (${perSecond.toFixed(0)}/s), the last one accepted until all are queryable, embedded`,
    value,
    unit: 'ms',
    reference: null,
    referenceValue: null,
    ratio: null,
    bar: 'value < 1000',
    holds: value < 1000,
  };
}
