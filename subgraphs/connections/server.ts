import { runServer } from '@liftos/core/serve/serve-subgraph.ts';
import { connections } from './subgraph.ts';

await runServer(connections);
