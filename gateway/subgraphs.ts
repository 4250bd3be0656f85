import { causal } from '@liftos/causal/subgraph.ts';
import { connections } from '@liftos/connections/subgraph.ts';
import type { SubgraphDefinition } from '@liftos/core/subgraph.ts';
import { identity } from '@liftos/identity/subgraph.ts';
import { memory } from '@liftos/memory/subgraph.ts';
import { operations } from '@liftos/operations/subgraph.ts';

/** Everything LiftOS consists of. */
export const subgraphs: readonly SubgraphDefinition[] = [identity, connections, memory, causal, operations];
