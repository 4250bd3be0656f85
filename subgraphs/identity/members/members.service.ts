import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { isDuplicate } from '@liftos/core/database/pglite.protocol.ts';
import { AppError, badInput, notFound } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import { isId } from '@liftos/core/subgraph.ts';
import type { ChangeMemberRoleInput, Role } from '../schema.generated.ts';
import type { AccountRow, IdentityTables, MemberRow } from '../tables.ts';
import { endSessionsOf } from '../session/session.service.ts';
import { mayAssign } from './role-scopes.pure.ts';

/** Everyone in the organisation, oldest first. */
export function listMembers(context: Context): Promise<MemberRow[]> {
  return tables<IdentityTables>(context).selectFrom('identity.member').selectAll().orderBy('joined_at').execute();
}

export function membersById(context: Context, ids: readonly string[]): Promise<MemberRow[]> {
  return tables<IdentityTables>(context).selectFrom('identity.member').selectAll().where('id', 'in', ids).execute();
}

/** Users among the ids who are members of the caller's organisation. */
export async function colleaguesById(context: Context, ids: readonly string[]) {
  const query = tables<IdentityTables>(context)
    .selectFrom('identity.member')
    .select(['account_id as id', 'email', 'name']);
  return query.where('account_id', 'in', ids).execute();
}

/** Adds an account to the context's organisation. Throws CONFLICT when it is a member already. */
export async function addMember(tx: Context, account: AccountRow, role: Role): Promise<MemberRow> {
  const member: MemberRow = {
    organization_id: tx.organizationId,
    id: tx.newId(),
    account_id: account.id,
    email: account.email,
    name: account.name,
    role,
    joined_at: tx.now(),
  };
  try {
    await tables<IdentityTables>(tx).insertInto('identity.member').values(member).execute();
  } catch (error) {
    if (isDuplicate(error)) throw new AppError('CONFLICT', 'This person is a member already.');
    throw error;
  }
  return member;
}

async function lockMember(tx: Context, id: string): Promise<MemberRow> {
  if (!isId(id)) throw notFound('member');
  const query = tables<IdentityTables>(tx).selectFrom('identity.member').selectAll().where('id', '=', id).forUpdate();
  return query.executeTakeFirstOrThrow(() => notFound('member'));
}

/** An organisation always keeps an owner, and only owners decide about owners. */
async function checkOwnership(tx: Context, member: MemberRow): Promise<void> {
  if (member.role !== 'OWNER') return;
  if (!mayAssign(tx.principal.scopes, 'OWNER')) throw new AppError('FORBIDDEN', 'Only an owner may change an owner.');
  const query = tables<IdentityTables>(tx).selectFrom('identity.member').select('id').where('role', '=', 'OWNER');
  if ((await query.forUpdate().execute()).length === 1) {
    throw new AppError('CONFLICT', 'The last owner cannot go. Make somebody else an owner first.');
  }
}

/** Gives a member another role; the member's sessions end, because their tokens carry the old one. */
export async function changeMemberRole(
  context: Context,
  { memberId, role }: ChangeMemberRoleInput,
): Promise<MemberRow> {
  if (!mayAssign(context.principal.scopes, role)) throw badInput('input.role', 'Only an owner makes owners.');
  return transaction(context, async (tx) => {
    const member = await lockMember(tx, memberId);
    if (member.role === role) return member;
    await checkOwnership(tx, member);
    const update = tables<IdentityTables>(tx).updateTable('identity.member').set({ role }).where('id', '=', memberId);
    const changed = await update.returningAll().executeTakeFirstOrThrow();
    await endSessionsOf(tx, member.account_id);
    await emit(tx, {
      topic: 'member.role-changed',
      subjectKind: 'member',
      subjectId: memberId,
      summary: `${member.name} is now ${role.toLowerCase()}`,
      payload: { from: member.role, to: role },
      audit: true,
    });
    return changed;
  });
}

/** Removes a member and ends their sessions. */
export async function removeMember(context: Context, id: string): Promise<void> {
  await transaction(context, async (tx) => {
    const member = await lockMember(tx, id);
    await checkOwnership(tx, member);
    await endSessionsOf(tx, member.account_id);
    await tables<IdentityTables>(tx).deleteFrom('identity.member').where('id', '=', id).execute();
    await emit(tx, {
      topic: 'member.removed',
      subjectKind: 'member',
      subjectId: id,
      summary: `${member.name} left the organisation`,
      payload: { email: member.email },
      audit: true,
    });
  });
}
