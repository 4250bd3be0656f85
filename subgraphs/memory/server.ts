import { runServer } from '@liftos/core/serve/serve-subgraph.ts';
import { memory } from './subgraph.ts';

await runServer(memory);
