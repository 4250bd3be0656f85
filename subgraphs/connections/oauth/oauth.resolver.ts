import type { Context } from '@liftos/core/context.ts';
import type {
  MutationDeleteOAuthAppArgs,
  MutationSetOAuthAppArgs,
  MutationStartAuthorizationArgs,
} from '../schema.generated.ts';
import { deleteOAuthApp, listOAuthApps, setOAuthApp } from './oauth-app.ts';
import { startAuthorization } from './start-authorization.ts';

export const oauthResolvers = {
  Query: {
    oauthApps: (_: unknown, __: unknown, context: Context) => listOAuthApps(context),
  },
  Mutation: {
    setOAuthApp: (_: unknown, { input }: MutationSetOAuthAppArgs, context: Context) => setOAuthApp(context, input),
    deleteOAuthApp: async (_: unknown, { platform }: MutationDeleteOAuthAppArgs, context: Context) => ({
      platform: await deleteOAuthApp(context, platform),
    }),
    startAuthorization: (_: unknown, { input }: MutationStartAuthorizationArgs, context: Context) =>
      startAuthorization(context, input),
  },
};
