import type { Context } from '@liftos/core/context.ts';
import { loaderById, referenceById } from '@liftos/core/subgraph.ts';
import type {
  MutationCancelMixModelArgs,
  MutationReproduceMixModelArgs,
  MutationTrainMixModelArgs,
  QueryMixModelArgs,
  QueryMixModelsArgs,
  SubscriptionMixModelProgressArgs,
} from '../schema.generated.ts';
import {
  cancelTraining,
  followTrainings,
  reproduceTraining,
  startTraining,
  type MixEvent,
} from './mix-model.service.ts';
import { listMixes, mixesById } from './mix-model.view.ts';

export const mixModelResolvers = {
  Query: {
    mixModel: (_: unknown, { id }: QueryMixModelArgs, context: Context) =>
      loaderById(context, 'MixModel', mixesById).load(id),
    mixModels: (_: unknown, { first, after }: QueryMixModelsArgs, context: Context) => listMixes(context, first, after),
  },
  Mutation: {
    trainMixModel: async (_: unknown, { input }: MutationTrainMixModelArgs, context: Context) => ({
      model: await startTraining(context, input),
    }),
    cancelMixModel: async (_: unknown, { id }: MutationCancelMixModelArgs, context: Context) => ({
      model: await cancelTraining(context, id),
    }),
    reproduceMixModel: (_: unknown, { id }: MutationReproduceMixModelArgs, context: Context) =>
      reproduceTraining(context, id),
  },
  Subscription: {
    mixModelProgress: {
      subscribe: (_: unknown, args: SubscriptionMixModelProgressArgs, context: Context) =>
        followTrainings(context, args),
      resolve: (event: MixEvent) => event,
    },
  },
  MixModel: {
    __resolveReference: referenceById('MixModel', mixesById),
  },
};
