import { publicUrl } from '@liftos/core/config.ts';
import type { Context } from '@liftos/core/context.ts';
import { loaderById } from '@liftos/core/subgraph.ts';
import type {
  MutationAcceptInvitationArgs,
  MutationChangeMemberRoleArgs,
  MutationInviteMemberArgs,
  MutationRemoveMemberArgs,
  MutationRevokeInvitationArgs,
} from '../schema.generated.ts';
import { sessionPayload } from '../session/session.resolver.ts';
import type { InvitationRow, MemberRow } from '../tables.ts';
import { acceptInvitation, inviteMember, listInvitations, revokeInvitation } from './invitation.service.ts';
import { changeMemberRole, listMembers, membersById, removeMember } from './members.service.ts';

/** The address of the web client's page for an invitation. */
function invitationLink(context: Context, token: string): string {
  return new URL(`/join?token=${token}`, publicUrl(context.runtime.config)).href;
}

export const memberResolvers = {
  Query: {
    members: (_: unknown, __: unknown, context: Context) => listMembers(context),
    invitations: (_: unknown, __: unknown, context: Context) => listInvitations(context),
  },
  Mutation: {
    inviteMember: async (_: unknown, { input }: MutationInviteMemberArgs, context: Context) => {
      const { invitation, token } = await inviteMember(context, input);
      return { invitation, link: invitationLink(context, token) };
    },
    revokeInvitation: async (_: unknown, { id }: MutationRevokeInvitationArgs, context: Context) => {
      await revokeInvitation(context, id);
      return { invitationId: id };
    },
    acceptInvitation: async (_: unknown, { input }: MutationAcceptInvitationArgs, context: Context) =>
      sessionPayload(await acceptInvitation(context, input)),
    changeMemberRole: async (_: unknown, { input }: MutationChangeMemberRoleArgs, context: Context) => ({
      member: await changeMemberRole(context, input),
    }),
    removeMember: async (_: unknown, { id }: MutationRemoveMemberArgs, context: Context) => {
      await removeMember(context, id);
      return { memberId: id };
    },
  },
  Member: {
    __resolveReference: ({ id }: { id: string }, context: Context) =>
      loaderById(context, 'Member', membersById).load(id),
    user: (row: MemberRow) => ({ id: row.account_id, email: row.email, name: row.name }),
    joinedAt: (row: MemberRow) => row.joined_at,
  },
  Invitation: {
    expiresAt: (row: InvitationRow) => row.expires_at,
    createdAt: (row: InvitationRow) => row.created_at,
  },
};
