import { runServer } from '@liftos/core/serve/serve-subgraph.ts';
import { subgraph } from './subgraph.ts';

await runServer(subgraph);
