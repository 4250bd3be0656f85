import { runServer } from '@liftos/core/serve/serve-subgraph.ts';
import { identity } from './subgraph.ts';

await runServer(identity);
