import type { Context } from '@liftos/core/context.ts';
import { loaderById, referenceById } from '@liftos/core/subgraph.ts';
import { cancelRun, followRuns, listRuns, runsById, type RunEvent } from '../runs/run-view.ts';
import type {
  MutationCancelLiftEvaluationArgs,
  MutationEvaluateLiftArgs,
  QueryLiftEvaluationArgs,
  QueryLiftEvaluationsArgs,
  SubscriptionLiftEvaluationProgressArgs,
} from '../schema.generated.ts';
import { calibrationOfLift } from './calibration-of-lift.pure.ts';
import { liftEvaluations, type StoredLift } from './lift.runs.ts';
import { startEvaluation } from './lift.service.ts';

const byIds = (context: Context, ids: readonly string[]) => runsById(liftEvaluations, context, ids);

export const liftResolvers = {
  Query: {
    liftEvaluation: (_: unknown, { id }: QueryLiftEvaluationArgs, context: Context) =>
      loaderById(context, 'LiftEvaluation', byIds).load(id),
    liftEvaluations: (_: unknown, args: QueryLiftEvaluationsArgs, context: Context) =>
      listRuns(liftEvaluations, context, args),
  },
  Mutation: {
    evaluateLift: async (_: unknown, { input }: MutationEvaluateLiftArgs, context: Context) => ({
      evaluation: await startEvaluation(context, input),
    }),
    cancelLiftEvaluation: async (_: unknown, { id }: MutationCancelLiftEvaluationArgs, context: Context) => ({
      evaluation: await cancelRun(liftEvaluations, context, id),
    }),
  },
  Subscription: {
    liftEvaluationProgress: {
      subscribe: (_: unknown, args: SubscriptionLiftEvaluationProgressArgs, context: Context) =>
        followRuns(liftEvaluations, context, args),
      resolve: ({ sequence, at, run }: RunEvent<StoredLift>) => ({ sequence, at, evaluation: run }),
    },
  },
  LiftEvaluation: {
    __resolveReference: referenceById('LiftEvaluation', byIds),
    calibration: ({ settings: choice, inputs, result }: StoredLift) =>
      inputs && result ? calibrationOfLift({ choice, inputs, result }) : null,
  },
};
