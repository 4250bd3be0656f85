import { tables, type Context } from '@liftos/core/context.ts';
import { loaderById, referenceById } from '@liftos/core/subgraph.ts';
import { showCalibration, type Calibration } from '../calibration/calibration.view.ts';
import type { CalibrationTables } from '../calibration/tables.ts';
import type {
  MutationCompleteExperimentArgs,
  MutationCreateExperimentArgs,
  MutationDecideExperimentArgs,
  MutationDesignExperimentArgs,
  MutationRecordObservationsArgs,
  MutationStartExperimentArgs,
  MutationStopExperimentArgs,
  MutationUpdateExperimentArgs,
  QueryExperimentArgs,
  QueryExperimentAssignmentArgs,
  QueryExperimentsArgs,
  SubscriptionExperimentProgressArgs,
} from '../schema.generated.ts';
import { analyseExperiment } from './analyse-experiment.ts';
import { assignExperiment } from './assign-experiment.ts';
import { decideExperiment } from './decide-experiment.ts';
import { designExperiment } from './design-experiment.ts';
import {
  completeExperiment,
  createExperiment,
  startExperiment,
  stopExperiment,
  updateExperiment,
} from './experiment.service.ts';
import {
  experimentsById,
  followExperiments,
  listExperiments,
  type Experiment,
  type ExperimentEvent,
} from './experiment.view.ts';
import { recordObservations } from './record-observations.ts';

const payload = async (experiment: Promise<Experiment>) => ({ experiment: await experiment });

export const experimentResolvers = {
  Query: {
    experiment: (_: unknown, { id }: QueryExperimentArgs, context: Context) =>
      loaderById(context, 'Experiment', experimentsById).load(id),
    experiments: (_: unknown, args: QueryExperimentsArgs, context: Context) => listExperiments(context, args),
    experimentAssignment: (_: unknown, args: QueryExperimentAssignmentArgs, context: Context) =>
      assignExperiment(context, args),
  },
  Mutation: {
    createExperiment: (_: unknown, { input }: MutationCreateExperimentArgs, context: Context) =>
      payload(createExperiment(context, input)),
    updateExperiment: (_: unknown, { id, input }: MutationUpdateExperimentArgs, context: Context) =>
      payload(updateExperiment(context, id, input)),
    designExperiment: (_: unknown, { id, geo }: MutationDesignExperimentArgs, context: Context) =>
      payload(designExperiment(context, id, geo)),
    startExperiment: (_: unknown, args: MutationStartExperimentArgs, context: Context) =>
      payload(startExperiment(context, args)),
    recordObservations: (_: unknown, { input }: MutationRecordObservationsArgs, context: Context) =>
      recordObservations(context, input),
    stopExperiment: (_: unknown, { id }: MutationStopExperimentArgs, context: Context) =>
      payload(stopExperiment(context, id)),
    completeExperiment: (_: unknown, { id }: MutationCompleteExperimentArgs, context: Context) =>
      payload(completeExperiment(context, id)),
    decideExperiment: (_: unknown, { input }: MutationDecideExperimentArgs, context: Context) =>
      payload(decideExperiment(context, input)),
  },
  Subscription: {
    experimentProgress: {
      subscribe: (_: unknown, args: SubscriptionExperimentProgressArgs, context: Context) =>
        followExperiments(context, args),
      resolve: (event: ExperimentEvent) => event,
    },
  },
  Experiment: {
    __resolveReference: referenceById('Experiment', experimentsById),
    analysis: (experiment: Experiment, _: unknown, context: Context) =>
      experiment.result ?? analyseExperiment(context, experiment),
    calibrations: (experiment: Experiment, _: unknown, context: Context) =>
      context
        .loader<string, Calibration[]>('CalibrationsOfExperiment', (ids) => calibrationsOf(context, ids))
        .load(experiment.id),
  },
};

async function calibrationsOf(context: Context, ids: readonly string[]): Promise<Calibration[][]> {
  const rows = await tables<CalibrationTables>(context)
    .selectFrom('causal.calibration')
    .selectAll()
    .where('origin', '=', 'EXPERIMENT')
    .where('origin_id', 'in', ids)
    .orderBy('id')
    .execute();
  const shown = rows.map(showCalibration);
  return ids.map((id) => shown.filter(({ originId }) => originId === id));
}
