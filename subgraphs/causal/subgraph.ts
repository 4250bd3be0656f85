import { defineSubgraph } from '@liftos/core/subgraph.ts';
import { attributionJob } from './attribution/attribution.jobs.ts';
import { attributionResolvers } from './attribution/attribution.resolver.ts';

export const causal = defineSubgraph({
  name: 'causal',
  folder: import.meta.dirname,
  resolvers: attributionResolvers,
  jobs: [attributionJob],
});
