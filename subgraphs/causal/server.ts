import { runServer } from '@liftos/core/serve/serve-subgraph.ts';
import { causal } from './subgraph.ts';

await runServer(causal);
