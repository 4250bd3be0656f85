import type { Context } from '@liftos/core/context.ts';
import type { MutationSetRetentionArgs } from '../schema.generated.ts';
import { retentionOf, setRetention } from './retention.service.ts';

export const retentionResolvers = {
  Query: { retention: (_: unknown, __: unknown, context: Context) => retentionOf(context) },
  Mutation: {
    setRetention: async (_: unknown, { input }: MutationSetRetentionArgs, context: Context) => ({
      retention: await setRetention(context, input),
    }),
  },
};
