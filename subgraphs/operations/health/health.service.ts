import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { subgraphAddresses } from '@liftos/core/config.ts';
import type { Context } from '@liftos/core/context.ts';
import { probe, type HealthCheck } from '@liftos/core/health.ts';
import type { Runtime } from '@liftos/core/runtime.ts';

/** How often a subscriber is told. */
const everyMillis = 5000;

/** A check made this recently is given again: many screens look at once. */
const freshMillis = 1000;

const recent = new WeakMap<Runtime, { at: number; checks: Promise<HealthCheck[]> }>();

/** The state of every part LiftOS stands on, seen from this process. */
export async function readHealth({ runtime }: Context) {
  const known = recent.get(runtime);
  const now = performance.now();
  const checks = known && now - known.at < freshMillis ? known.checks : checkAll(runtime);
  if (checks !== known?.checks) recent.set(runtime, { at: now, checks });
  const list = await checks;
  return {
    state: worst(list).toUpperCase(),
    checks: list,
    version: runtime.version,
    uptimeSeconds: (Date.now() - runtime.startedAt.getTime()) / 1000,
    mode: runtime.database.driver.kind === 'embedded' ? 'embedded' : 'distributed',
  };
}

function worst(checks: readonly HealthCheck[]): HealthCheck['state'] {
  if (checks.some((check) => check.state === 'down')) return 'down';
  return checks.some((check) => check.state === 'degraded') ? 'degraded' : 'healthy';
}

function checkAll(runtime: Runtime): Promise<HealthCheck[]> {
  const { database, bus, config } = runtime;
  const ping = async (address: string): Promise<void> => {
    const response = await fetch(new URL('/health/ready', address), { signal: AbortSignal.timeout(2000) });
    if (!response.ok) throw new Error(`It answered with status ${response.status}.`);
  };
  return Promise.all([
    probe(runtime, 'database', () => database.driver.query(null, 'select 1', [])),
    probe(runtime, 'jobs', () => sql`select 1 from queue.job limit 1`.execute(database.system)),
    ...(config.REDIS_URL ? [probe(runtime, 'redis', () => bus.ping())] : []),
    ...[...subgraphAddresses(config)].map(([name, address]) => probe(runtime, `subgraph:${name}`, () => ping(address))),
  ]);
}

/** The state now and every few seconds, until the reader leaves. */
export async function* liveHealth(context: Context) {
  while (!context.signal.aborted) {
    yield await readHealth(context);
    await delay(everyMillis, undefined, { signal: context.signal }).catch(() => undefined);
  }
}
