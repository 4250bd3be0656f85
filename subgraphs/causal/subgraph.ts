import { defineSubgraph } from '@liftos/core/subgraph.ts';
import { attributionJob } from './attribution/attribution.jobs.ts';
import { attributionResolvers } from './attribution/attribution.resolver.ts';
import { budgetResolvers } from './budget/budget.resolver.ts';
import { calibrationResolvers } from './calibration/calibration.resolver.ts';
import { mixModelJob } from './mix-model/mix-model.jobs.ts';
import { mixModelResolvers } from './mix-model/mix-model.resolver.ts';

export const causal = defineSubgraph({
  name: 'causal',
  folder: import.meta.dirname,
  resolvers: [attributionResolvers, budgetResolvers, calibrationResolvers, mixModelResolvers],
  jobs: [attributionJob, mixModelJob],
});
