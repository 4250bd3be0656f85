import { readConfig } from '@liftos/core/config.ts';
import type { MemoryPort } from '@liftos/core/ports/memory.ts';
import { startRuntime } from '@liftos/core/start-runtime.ts';
import { connections } from '../subgraph.ts';
import { keepRows } from './kept-rows.ts';

// One process of an installation: a scheduler, and with LIFTOS_WORKERS a worker, until it is killed.
const runtime = await startRuntime({
  config: readConfig(),
  subgraphs: [connections],
  remotePorts: { memory: { ingest: keepRows } as Partial<MemoryPort> as MemoryPort },
});
process.send?.('ready');
process.once('SIGTERM', () => void runtime.close().then(() => process.exit(0)));
