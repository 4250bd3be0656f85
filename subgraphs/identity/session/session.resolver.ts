import type { Context } from '@liftos/core/context.ts';
import { loaderById } from '@liftos/core/subgraph.ts';
import type {
  MutationChangePasswordArgs,
  MutationEndSessionArgs,
  MutationRedeemSignInLinkArgs,
  MutationSignInArgs,
} from '../schema.generated.ts';
import type { SessionRow } from '../tables.ts';
import { colleaguesById } from '../members/members.service.ts';
import { changePassword } from './password.service.ts';
import { redeemSignInLink } from './sign-in-link.service.ts';
import {
  endSession,
  endSessionsOf,
  listSessions,
  refreshSession,
  signIn,
  signOut,
  type SignedIn,
} from './session.service.ts';
import { viewerOf } from './viewer.ts';

export function sessionPayload({ accessToken, expiresAt, context }: SignedIn) {
  return { accessToken, expiresAt, viewer: viewerOf(context) };
}

export const sessionResolvers = {
  Query: {
    viewer: (_: unknown, __: unknown, context: Context) =>
      context.principal.kind === 'anonymous' ? null : viewerOf(context),
    sessions: async (_: unknown, __: unknown, context: Context) =>
      (await listSessions(context)).map((row) => ({ ...row, current: row.id === context.principal.sessionId })),
  },
  Mutation: {
    signIn: async (_: unknown, { input }: MutationSignInArgs, context: Context) =>
      sessionPayload(await signIn(context, input)),
    redeemSignInLink: async (_: unknown, { input }: MutationRedeemSignInLinkArgs, context: Context) =>
      sessionPayload(await redeemSignInLink(context, input)),
    refreshSession: async (_: unknown, __: unknown, context: Context) => sessionPayload(await refreshSession(context)),
    signOut: async (_: unknown, __: unknown, context: Context) => ({ ended: await signOut(context) }),
    endSession: async (_: unknown, { id }: MutationEndSessionArgs, context: Context) => ({
      ended: await endSession(context, id),
    }),
    signOutEverywhere: async (_: unknown, __: unknown, context: Context) => {
      context.session.setRefreshToken(null);
      return { ended: await endSessionsOf(context, context.principal.id) };
    },
    changePassword: async (_: unknown, { input }: MutationChangePasswordArgs, context: Context) => {
      await changePassword(context, input);
      return { viewer: viewerOf(context) };
    },
  },
  // Compiled execution does not wait for functions among plain data; resolvers it waits for.
  Viewer: {
    user: (viewer: ReturnType<typeof viewerOf>) => viewer.user(),
    organization: (viewer: ReturnType<typeof viewerOf>) => viewer.organization(),
  },
  User: {
    __resolveReference: ({ id }: { id: string }, context: Context) =>
      loaderById(context, 'User', colleaguesById).load(id),
  },
  Session: {
    createdAt: (row: SessionRow) => row.created_at,
    lastUsedAt: (row: SessionRow) => row.last_used_at,
    userAgent: (row: SessionRow) => row.user_agent,
  },
};
