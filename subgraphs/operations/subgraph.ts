import { defineSubgraph } from '@liftos/core/subgraph.ts';
import { healthResolvers } from './health/health.resolver.ts';
import { jobResolvers } from './jobs/jobs.resolver.ts';

export const operations = defineSubgraph({
  name: 'operations',
  folder: import.meta.dirname,
  resolvers: [jobResolvers, healthResolvers],
});
