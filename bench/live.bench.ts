import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { buildSchema, parse, type GraphQLSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocket, WebSocketServer } from 'ws';
import { readConfig } from '@liftos/core/config.ts';
import { systemPrincipal } from '@liftos/core/context.ts';
import { createContext, transaction } from '@liftos/core/create-context.ts';
import { emit } from '@liftos/core/events/events.ts';
import { liveEvents } from '@liftos/core/events/live-events.ts';
import { newId } from '@liftos/core/ids.ts';
import { startRuntime } from '@liftos/core/start-runtime.ts';
import { createLog } from '@liftos/core/telemetry/log.ts';
import { createMetrics } from '@liftos/core/telemetry/metrics.ts';
import { createGateway, type Gateway } from '@liftos/gateway/gateway.ts';
import { embeddedSource, type EmbeddedOptions } from '@liftos/gateway/sources/embedded-source.ts';
import type { BenchResult } from './bench-result.ts';

const subscriberCount = 200;
const commits = 200;
const eventCount = 1000;
const roundCount = 3;
const subscription = 'subscription { happened { sequence at summary topic } }';
const typeDefs = `type Query { nothing: Int }
  type Subscription { happened(after: Int): Happened! }
  type Happened { sequence: Int! at: String! summary: String! topic: String! }`;

interface Happened {
  sequence: number;
  at: string;
  summary: string;
  topic: string;
}

/** How fast events reach sockets: after a commit, and when there are many of them. */
export async function run(): Promise<BenchResult[]> {
  return [await measureLatency(), await measureFanOut()];
}

const clock = (): number => performance.timeOrigin + performance.now();

async function measureLatency(): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), 'liftos-bench-'));
  const config = readConfig({ LIFTOS_DATA_DIR: folder, LOG_LEVEL: 'silent', LIFTOS_WORKERS: 'false' });
  const runtime = await startRuntime({ config, subgraphs: [] });
  const organizationId = newId();
  const principal = systemPrincipal(organizationId);
  const schema = happening(async function* (context) {
    for await (const { sequence, at, summary, topic } of liveEvents(context as never)) {
      yield { happened: { sequence, at: String(at), summary: summary ?? '', topic } };
    }
  });
  const gateway = await startGateway(organizationId, {
    schema,
    contextFor: (request) => createContext({ runtime, ...request }),
  });
  const clients = await startClients(gateway.port);
  const context = createContext({ runtime, principal });
  const committed = new Map<number, number>();
  const commit = (index: number): Promise<void> =>
    transaction(context, async (tx) => {
      tx.afterCommit(() => void committed.set(index, clock()));
      await emit(tx, { topic: 'bench', summary: String(index) });
    });
  for (let index = 0; index < 20; index++) await commit(1000 + index);
  await clients.received(20 * subscriberCount);
  clients.forget();
  for (let index = 1; index <= commits; index++) {
    await commit(index);
    await clients.received(index * subscriberCount);
  }
  const arrivals = await clients.arrivals();
  const delays = arrivals.map(([index, at]) => at - (committed.get(index) ?? 0));
  clients.stop();
  await gateway.close();
  await runtime.close();
  rmSync(folder, { recursive: true, force: true });
  const value = delays.sort((a, b) => a - b)[Math.floor(delays.length * 0.95)] ?? Number.POSITIVE_INFINITY;
  return {
    name: `live: commit to socket, p95 of ${subscriberCount} subscribers`,
    value,
    unit: 'ms',
    reference: null,
    referenceValue: null,
    ratio: null,
    bar: 'value < 50',
    holds: value < 50,
  };
}

async function measureFanOut(): Promise<BenchResult> {
  const ours = await fanOut(async (source) => {
    const { port, close } = await startGateway('o1', { schema: happening(source), contextFor: (request) => request });
    return { port, close };
  });
  const bare = await fanOut(startBare);
  return {
    name: `live: events to ${subscriberCount} sockets`,
    value: ours,
    unit: 'deliveries per s',
    reference: 'a bare graphql-ws server',
    referenceValue: bare,
    ratio: ours / bare,
    bar: 'ratio >= 0.5',
    holds: ours / bare >= 0.5,
  };
}

type Source = (context: unknown) => AsyncGenerator<{ happened: Happened }>;

/** Deliveries per second while events come as fast as they can be passed on; the best of some rounds. */
async function fanOut(start: (source: Source) => Promise<{ port: number; close(): Promise<void> }>): Promise<number> {
  const stream = broadcast();
  const server = await start(() => stream.listen());
  const clients = await startClients(server.port);
  let best = 0;
  let total = 0;
  for (let round = 0; round <= roundCount; round++) {
    const started = performance.now();
    for (let index = 0; index < eventCount; index++) {
      stream.send();
      // As events of a real source do, these come one after the other and leave room for the sockets.
      if (index % 10 === 9) await new Promise((resolve) => setImmediate(resolve));
    }
    total += eventCount * subscriberCount;
    await clients.received(total);
    if (round > 0) best = Math.max(best, (eventCount * subscriberCount) / ((performance.now() - started) / 1000));
  }
  clients.stop();
  await server.close();
  return best;
}

/** Events for everybody who listens. */
function broadcast() {
  const listeners = new Set<(event: { happened: Happened }) => void>();
  let sequence = 0;
  return {
    send() {
      sequence++;
      const event = { sequence, at: '2026-11-20T00:00:00.000Z', summary: `Event ${sequence} of many`, topic: 'bench' };
      for (const listener of listeners) listener({ happened: event });
    },
    async *listen(): AsyncGenerator<{ happened: Happened }> {
      const waiting: { happened: Happened }[] = [];
      let wake = (): void => undefined;
      const listener = (event: { happened: Happened }): void => {
        waiting.push(event);
        wake();
      };
      listeners.add(listener);
      try {
        for (;;) {
          for (let event = waiting.shift(); event; event = waiting.shift()) yield event;
          await new Promise<void>((resolve) => (wake = resolve));
        }
      } finally {
        listeners.delete(listener);
      }
    },
  };
}

function happening(source: Source): GraphQLSchema {
  const schema = buildSchema(typeDefs);
  Object.assign(schema.getSubscriptionType()?.getFields().happened ?? {}, {
    subscribe: (_: unknown, __: unknown, context: unknown) => source(context),
  });
  return schema;
}

async function startGateway(organizationId: string, source: EmbeddedOptions): Promise<Gateway & { port: number }> {
  const composed = composeServices([{ name: 'events', typeDefs: parse(typeDefs), url: 'liftos://events' }]);
  const supergraphPath = join(mkdtempSync(join(tmpdir(), 'liftos-bench-')), 'supergraph.graphql');
  writeFileSync(supergraphPath, composed.supergraphSdl ?? '');
  const ada = { kind: 'user', id: 'u1', name: 'Ada', organizationId, scopes: ['*'] } as const;
  const gateway = await createGateway({
    supergraphPath,
    sources: new Map([['events', embeddedSource(source)]]),
    authenticator: { authenticate: () => Promise.resolve(ada), stillValid: () => Promise.resolve(true) },
    uploads: { receive: () => Promise.reject(new Error('none')) },
    config: {
      LIFTOS_FETCH_TIMEOUT: 5,
      LIFTOS_OPERATION_TIMEOUT: 10,
      LIFTOS_RATE_LIMIT: 1e9,
      LIFTOS_UPLOAD_MAX_BYTES: 1,
      PUBLIC_URL: undefined,
    },
    log: createLog('silent'),
    metrics: createMetrics(),
    socketLimits: { perPrincipal: subscriberCount, perAddress: subscriberCount, waitingBytes: 2 ** 26 },
  });
  return Object.assign(gateway, { port: await gateway.listen(0) });
}

async function startBare(source: Source): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer();
  const sockets = new WebSocketServer({ server, path: '/graphql', perMessageDeflate: false });
  const running = useServer({ schema: happening(source) }, sockets);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      await running.dispose();
      server.close();
    },
  };
}

/** Which commit, and when its event came. */
type Arrival = [index: number, at: number];

/** Subscribers, all in one process of their own. */
async function startClients(port: number) {
  const child: ChildProcess = fork(import.meta.filename, ['--subscribe', String(port)]);
  let count = 0;
  let forgotten = 0;
  let told: (() => void) | undefined;
  let answered: ((arrivals: Arrival[]) => void) | undefined;
  child.on('message', (message: { count?: number; arrivals?: Arrival[] }) => {
    count = message.count ?? count;
    told?.();
    if (message.arrivals) answered?.(message.arrivals);
  });
  await once(child, 'message');
  return {
    async received(wanted: number): Promise<void> {
      const isMissing = (): boolean => count - forgotten < wanted;
      while (isMissing()) await new Promise<void>((resolve) => (told = resolve));
    },
    forget(): void {
      forgotten = count;
      child.send('forget');
    },
    arrivals(): Promise<Arrival[]> {
      child.send('arrivals');
      return new Promise((resolve) => (answered = resolve));
    },
    stop: () => void child.kill(),
  };
}

async function subscribeAll(port: number): Promise<void> {
  let count = 0;
  let reported = 0;
  let arrivals: Arrival[] = [];
  const begin = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws', {
        perMessageDeflate: false,
      });
      socket.on('open', () => socket.send('{"type":"connection_init"}'));
      socket.on('error', reject);
      socket.on('message', (data: Buffer) => {
        if (data.includes('connection_ack')) {
          socket.send(JSON.stringify({ id: crypto.randomUUID(), type: 'subscribe', payload: { query: subscription } }));
          return resolve();
        }
        count++;
        const summary = data.indexOf('"summary":"') + 11;
        const index = Number(data.toString('latin1', summary, data.indexOf('"', summary)));
        if (index > 0) arrivals.push([index, clock()]);
        if (count % subscriberCount === 0) process.send?.({ count });
        return undefined;
      });
    });
  await Promise.all(Array.from({ length: subscriberCount }, begin));
  setInterval(() => {
    if (count !== reported) process.send?.({ count });
    reported = count;
  }, 5);
  process.on('message', (message) => {
    if (message === 'arrivals') process.send?.({ arrivals });
    arrivals = [];
  });
  // Subscriptions are under way once a moment has passed without anything to do.
  setTimeout(() => process.send?.({ count: 0 }), 500);
}

if (process.argv[2] === '--subscribe') await subscribeAll(Number(process.argv[3]));
