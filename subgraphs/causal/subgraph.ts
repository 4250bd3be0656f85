import { defineSubgraph } from '@liftos/core/subgraph.ts';
import { abResolvers } from './ab/ab.resolver.ts';
import { attributionJob } from './attribution/attribution.jobs.ts';
import { attributionResolvers } from './attribution/attribution.resolver.ts';
import { experimentAgreementResolvers } from './attribution/experiment-agreement.resolver.ts';
import { budgetResolvers } from './budget/budget.resolver.ts';
import { calibrationResolvers } from './calibration/calibration.resolver.ts';
import { liftJob } from './lift/lift.jobs.ts';
import { liftResolvers } from './lift/lift.resolver.ts';
import { experimentResolvers } from './experiments/experiment.resolver.ts';
import { marketSelectionJob } from './experiments/market-selection.jobs.ts';
import { marketSelectionResolvers } from './experiments/market-selection.resolver.ts';
import { mixExplorationJob } from './mix-exploration/mix-exploration.jobs.ts';
import { mixExplorationResolvers } from './mix-exploration/mix-exploration.resolver.ts';
import { mixModelJob } from './mix-model/mix-model.jobs.ts';
import { mixModelResolvers } from './mix-model/mix-model.resolver.ts';
import { accuracyConsumer, modelAccuracyJob } from './models/accuracy.jobs.ts';
import { modelVersionJob } from './models/model-version.jobs.ts';
import { modelsResolvers } from './models/models.resolver.ts';
import { reproductionJob } from './reproduction/reproduction.jobs.ts';
import { reproductionResolvers } from './reproduction/reproduction.resolver.ts';

export const causal = defineSubgraph({
  name: 'causal',
  folder: import.meta.dirname,
  resolvers: [
    abResolvers,
    attributionResolvers,
    budgetResolvers,
    calibrationResolvers,
    experimentAgreementResolvers,
    experimentResolvers,
    marketSelectionResolvers,
    liftResolvers,
    mixExplorationResolvers,
    mixModelResolvers,
    modelsResolvers,
    reproductionResolvers,
  ],
  jobs: [
    attributionJob,
    marketSelectionJob,
    liftJob,
    mixExplorationJob,
    mixModelJob,
    modelAccuracyJob,
    modelVersionJob,
    reproductionJob,
  ],
  consumers: [accuracyConsumer],
});
