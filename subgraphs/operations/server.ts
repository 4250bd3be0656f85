import { runServer } from '@liftos/core/serve/serve-subgraph.ts';
import { operations } from './subgraph.ts';

await runServer(operations);
