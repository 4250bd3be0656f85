import type { Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { badInput } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import type { ChangePasswordInput } from '../schema.generated.ts';
import { checkPassword, hashPassword, verifyPassword } from './password.ts';
import { accountById, accountsOf, endSessionsOf } from './session.service.ts';
import { throttle } from './throttle.ts';

/** Changes the caller's password; other sessions end. Throws BAD_USER_INPUT when the current one is wrong. */
export async function changePassword(context: Context, { current, next }: ChangePasswordInput): Promise<void> {
  const { runtime, principal } = context;
  await throttle(runtime, `password:${principal.id}`, 10, 900);
  const account = await accountById(runtime, principal.id);
  if (!(await verifyPassword(current, account?.password_hash)) || !account) {
    throw badInput('input.current', 'The current password is wrong.');
  }
  checkPassword('input.next', next, account.email);
  await setPassword(context, account.id, next);
  await endSessionsOf(context, account.id, principal.sessionId);
}

/** Stores a new password for an account of the context's organisation. */
export async function setPassword(context: Context, accountId: string, password: string): Promise<void> {
  const hash = await hashPassword(password);
  const update = accountsOf(context.runtime).updateTable('identity.account').set({ password_hash: hash });
  await update.where('id', '=', accountId).execute();
  await transaction(context, (tx) =>
    emit(tx, { topic: 'password.changed', subjectKind: 'user', subjectId: accountId, audit: true }),
  );
}
