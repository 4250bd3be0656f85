import type { Context } from '@liftos/core/context.ts';
import { keyUse, removeOldKeys, rotateKeys } from './rotate-keys.ts';

export const keyResolvers = {
  Query: {
    encryptionKeys: (_: unknown, __: unknown, context: Context) => keyUse(context.runtime),
  },
  Mutation: {
    rotateKeys: (_: unknown, __: unknown, context: Context) => rotateKeys(context),
    removeOldKeys: (_: unknown, __: unknown, context: Context) => removeOldKeys(context),
  },
};
