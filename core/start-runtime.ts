import { join } from 'node:path';
import type { Config } from './config.ts';
import { openDatabase, type Database } from './database/database.ts';
import { migrate, readMigrations } from './database/migrations.ts';
import { AppError } from './errors.ts';
import { createLocalBus, createRedisBus, type Bus } from './events/bus.ts';
import { Consumers } from './events/consumers.ts';
import { jobEnds } from './jobs/job-ends.ts';
import { Jobs } from './jobs/jobs.ts';
import { TicketQueue } from './jobs/queue.ts';
import type { Ports } from './ports/ports.ts';
import type { Runtime } from './runtime.ts';
import type { SubgraphDefinition } from './subgraph.ts';
import { createLog, type Logger } from './telemetry/log.ts';
import { createMetrics } from './telemetry/metrics.ts';
import { closePools } from './worker-pool.ts';

export interface StartOptions {
  config: Config;
  subgraphs: readonly SubgraphDefinition[];
  /** Opened elsewhere, e.g. by tests; it is then left open. */
  database?: Database;
  log?: Logger;
  /** Ports of subgraphs that run in other processes. */
  remotePorts?: Partial<Ports>;
  now?: () => Date;
}

export interface StartedRuntime extends Runtime {
  consumers: Consumers;
  close(): Promise<void>;
}

/** Time that running jobs are given at a shutdown. */
const stopMillis = 10_000;

export const version = '0.1.0';

/**
 * Starts what the subgraphs of one process share: database at the newest migration, jobs, event consumers, ports.
 * `close` stops them in the opposite order.
 */
export async function startRuntime(options: StartOptions): Promise<StartedRuntime> {
  const { config, subgraphs } = options;
  const log = options.log ?? createLog(config.LOG_LEVEL);
  const database = options.database ?? (await openDatabase(config));
  const bus = openBus(config, log);
  const works = config.LIFTOS_WORKERS;
  const jobs = new Jobs(new TicketQueue(database, log, works));
  const runtime: Runtime = {
    config,
    database,
    bus,
    jobs,
    log,
    metrics: createMetrics(),
    ports: portsOf(options.remotePorts ?? {}),
    now: options.now ?? (() => new Date()),
    startedAt: new Date(),
    version,
  };
  await migrate(database, [
    ...readMigrations('runtime', join(import.meta.dirname, 'migrations')),
    ...subgraphs.flatMap(({ name, folder }) => readMigrations(name, join(folder, 'migrations'))),
  ]);
  const consumers = register(subgraphs, runtime);
  await jobs.start(runtime, works);
  if (works) consumers.start(runtime);
  const stops = works ? await startAll(subgraphs, runtime) : [];
  return Object.assign(runtime, {
    consumers,
    async close() {
      for (const stop of stops) await stop();
      await jobs.stop(stopMillis);
      await consumers.stop();
      await bus.close();
      await closePools();
      if (!options.database) await database.close();
    },
  });
}

function register(subgraphs: readonly SubgraphDefinition[], runtime: Runtime): Consumers {
  const consumers = new Consumers();
  for (const subgraph of subgraphs) {
    Object.assign(runtime.ports, subgraph.ports?.(runtime));
    for (const job of subgraph.jobs ?? []) runtime.jobs.define(job);
    if (subgraph.jobs?.length) consumers.add(jobEnds(subgraph.name, subgraph.jobs));
    for (const consumer of subgraph.consumers ?? []) consumers.add(consumer);
  }
  return consumers;
}

function openBus(config: Config, log: Logger): Bus {
  if (!config.REDIS_URL) return createLocalBus();
  return createRedisBus(config.REDIS_URL, (error) => log.warn({ error }, 'Redis cannot be reached.'));
}

async function startAll(subgraphs: readonly SubgraphDefinition[], runtime: Runtime): Promise<(() => Promise<void>)[]> {
  const stops: (() => Promise<void>)[] = [];
  for (const subgraph of subgraphs) {
    const stop = await subgraph.onStart?.(runtime);
    if (stop) stops.push(stop);
  }
  return stops;
}

/** Ports that are in neither this process nor a remote one fail by name instead of as undefined. */
function portsOf(remote: Partial<Ports>): Ports {
  return new Proxy({ ...remote } as Ports, {
    get(target, name) {
      const port = Reflect.get(target, name) as unknown;
      if (port === undefined) throw new AppError('UNAVAILABLE', `The module behind ${String(name)} does not run here.`);
      return port;
    },
  });
}
