import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { AppError, badInput, notFound } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import { isId } from '@liftos/core/subgraph.ts';
import type { AcceptInvitationInput, InviteMemberInput } from '../schema.generated.ts';
import type { AccountRow, IdentityTables, InvitationRow } from '../tables.ts';
import { checkPassword, hashPassword } from '../session/password.ts';
import { hashSecret, newSecret } from '../session/secrets.ts';
import { accountsOf, actingFor, openSession, provesAccount, type SignedIn } from '../session/session.service.ts';
import { throttle } from '../session/throttle.ts';
import { addMember } from './members.service.ts';
import { mayAssign } from './role-scopes.pure.ts';

const invitationDays = 7;
const email = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Invitations that can still be accepted, newest first. */
export function listInvitations(context: Context): Promise<InvitationRow[]> {
  return tables<IdentityTables>(context)
    .selectFrom('identity.invitation')
    .selectAll()
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', context.now())
    .orderBy('created_at', 'desc')
    .execute();
}

/** Invites somebody. Returns the invitation and the token that goes into the address to hand over. */
export function inviteMember(
  context: Context,
  input: InviteMemberInput,
): Promise<{ invitation: InvitationRow; token: string }> {
  const address = input.email.trim();
  if (!email.test(address) || address.length > 320) throw badInput('input.email', 'This is no e-mail address.');
  if (!mayAssign(context.principal.scopes, input.role)) throw badInput('input.role', 'Only an owner makes owners.');
  const token = newSecret();
  const now = context.now();
  const invitation: InvitationRow = {
    organization_id: context.organizationId,
    id: context.newId(),
    email: address,
    role: input.role,
    token_hash: hashSecret(token),
    created_at: now,
    expires_at: new Date(now.getTime() + invitationDays * 86_400_000),
    accepted_at: null,
    revoked_at: null,
  };
  return transaction(context, async (tx) => {
    await tables<IdentityTables>(tx).insertInto('identity.invitation').values(invitation).execute();
    await emit(tx, {
      topic: 'member.invited',
      subjectKind: 'invitation',
      subjectId: invitation.id,
      summary: `${address} was invited`,
      payload: { email: address, role: input.role },
      audit: true,
    });
    return { invitation, token };
  });
}

/** Takes an invitation back. Throws NOT_FOUND when it is not open. */
export async function revokeInvitation(context: Context, id: string): Promise<void> {
  if (!isId(id)) throw notFound('invitation');
  await transaction(context, async (tx) => {
    const update = tables<IdentityTables>(tx).updateTable('identity.invitation').set({ revoked_at: tx.now() });
    const open = update.where('id', '=', id).where('accepted_at', 'is', null).where('revoked_at', 'is', null);
    await open.returning('id').executeTakeFirstOrThrow(() => notFound('invitation'));
    await emit(tx, { topic: 'invitation.revoked', subjectKind: 'invitation', subjectId: id, audit: true });
  });
}

/**
 * Joins an organisation. Somebody who has an account already proves it with its password; anybody else gets one.
 * Throws UNAUTHENTICATED for an invitation that is not open or a wrong password.
 */
export async function acceptInvitation(context: Context, input: AcceptInvitationInput): Promise<SignedIn> {
  const { runtime } = context;
  await throttle(runtime, `invitation-from:${context.principal.ip ?? 'unknown'}`, 30, 900);
  const hash = hashSecret(input.token);
  const query = accountsOf(runtime).selectFrom('identity.invitation').selectAll().where('token_hash', '=', hash);
  const invitation = await query.executeTakeFirst();
  const isOpen =
    invitation && !invitation.accepted_at && !invitation.revoked_at && invitation.expires_at > context.now();
  if (!isOpen) throw new AppError('UNAUTHENTICATED', 'This invitation was used, taken back or is too old.');
  const account = await accountFor(context, invitation, input);
  const member = await transaction(actingFor(context, invitation.organization_id), async (tx) => {
    const update = tables<IdentityTables>(tx).updateTable('identity.invitation').set({ accepted_at: tx.now() });
    const taken = await update
      .where('id', '=', invitation.id)
      .where('accepted_at', 'is', null)
      .where('revoked_at', 'is', null)
      .returning('id')
      .execute();
    if (taken.length === 0) throw new AppError('CONFLICT', 'This invitation was just used or taken back.');
    const added = await addMember(tx, account, invitation.role);
    await emit(tx, {
      topic: 'member.joined',
      subjectKind: 'member',
      subjectId: added.id,
      summary: `${added.name} joined the organisation`,
      audit: true,
    });
    return added;
  });
  return openSession(context, member);
}

async function accountFor(
  context: Context,
  invitation: InvitationRow,
  input: AcceptInvitationInput,
): Promise<AccountRow> {
  const accounts = accountsOf(context.runtime);
  const address = invitation.email;
  const byEmail = accounts
    .selectFrom('identity.account')
    .selectAll()
    .where((eb) => eb(eb.fn('lower', ['email']), '=', address.toLowerCase()));
  const existing = await byEmail.executeTakeFirst();
  if (existing) {
    if (await provesAccount(context.runtime, address, input.password, existing)) return existing;
    throw new AppError('UNAUTHENTICATED', 'This e-mail has an account already: give its password.');
  }
  checkPassword('input.password', input.password, address);
  if (input.name.trim() === '' || input.name.length > 200)
    throw badInput('input.name', 'A name has 1 to 200 characters.');
  const account: AccountRow = {
    id: context.newId(),
    email: address,
    name: input.name.trim(),
    password_hash: await hashPassword(input.password),
    created_at: context.now(),
  };
  const insert = accounts.insertInto('identity.account').values(account);
  const added = await insert
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  // Somebody was faster with the same e-mail: they are the same person if they know the password.
  return added ?? accountFor(context, invitation, input);
}
