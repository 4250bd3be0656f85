import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { readConfig } from '@liftos/core/config.ts';
import { systemPrincipal, type Context } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import { newId } from '@liftos/core/ids.ts';
import { startRuntime } from '@liftos/core/start-runtime.ts';
import type { SubgraphDefinition } from '@liftos/core/subgraph.ts';

/** The interval at which the event loop is looked at, which its histogram counts as delay. */
const resolution = 5;

/** Gives a new organisation on a new embedded database, and removes everything afterwards. */
export async function withRuntime<T>(
  subgraphs: readonly SubgraphDefinition[],
  use: (context: Context) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'liftos-bench-'));
  const config = readConfig({ LIFTOS_DATA_DIR: folder, LOG_LEVEL: 'error' });
  const runtime = await startRuntime({ config, subgraphs: [...subgraphs] });
  try {
    return await use(createContext({ runtime, principal: systemPrincipal(newId()) }));
  } finally {
    await runtime.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** How long something took, and the event loop's delay meanwhile in the 99th percentile, both in ms. */
export async function watched<T>(work: () => Promise<T>): Promise<{ result: T; millis: number; delayMillis: number }> {
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  const begin = performance.now();
  const result = await work();
  const millis = performance.now() - begin;
  delay.disable();
  return { result, millis, delayMillis: Math.max(0, delay.percentile(99) / 1e6 - resolution) };
}
