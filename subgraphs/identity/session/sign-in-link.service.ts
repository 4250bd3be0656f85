import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { AppError, badInput } from '@liftos/core/errors.ts';
import type { RedeemSignInLinkInput } from '../schema.generated.ts';
import type { AccountRow, IdentityTables, SignInLinkRow } from '../tables.ts';
import { checkPassword } from './password.ts';
import { setPassword } from './password.service.ts';
import { hashSecret, newSecret } from './secrets.ts';
import { accountById, accountsOf, actingFor, memberOf, openSession, type SignedIn } from './session.service.ts';
import { throttle } from './throttle.ts';

const linkHours = 24;

/** Makes a one-time link for an account, valid for a day; older ones stop working. Returns its token. */
export async function createSignInLink(context: Context, accountId: string): Promise<string> {
  const token = newSecret();
  await transaction(context, async (tx) => {
    const db = tables<IdentityTables>(tx);
    await db.deleteFrom('identity.sign_in_link').where('account_id', '=', accountId).execute();
    await db
      .insertInto('identity.sign_in_link')
      .values({
        organization_id: tx.organizationId,
        token_hash: hashSecret(token),
        account_id: accountId,
        expires_at: new Date(tx.now().getTime() + linkHours * 3_600_000),
        used_at: null,
      })
      .execute();
  });
  return token;
}

/** Signs in with a one-time link and sets a password. Throws UNAUTHENTICATED when the link was used or is too old. */
export async function redeemSignInLink(context: Context, input: RedeemSignInLinkInput): Promise<SignedIn> {
  await throttle(context.runtime, `link-from:${context.principal.ip ?? 'unknown'}`, 30, 900);
  const { link, account } = await openLink(context, input.token);
  if (!account.password_hash && !input.password) throw badInput('input.password', 'Choose a password.');
  if (input.password) checkPassword('input.password', input.password, account.email);
  const acting = actingFor(context, link.organization_id);
  await useLink(acting, link);
  if (input.password) await setPassword(acting, account.id, input.password);
  const member = await memberOf(context.runtime, link.organization_id, account.id);
  if (!member) throw refused();
  return openSession(context, member);
}

function refused(): AppError {
  return new AppError('UNAUTHENTICATED', 'This sign-in link was used already or is too old.');
}

async function openLink({ runtime }: Context, token: string): Promise<{ link: SignInLinkRow; account: AccountRow }> {
  const query = accountsOf(runtime).selectFrom('identity.sign_in_link').selectAll();
  const link = await query.where('token_hash', '=', hashSecret(token)).executeTakeFirst();
  const account = link && (await accountById(runtime, link.account_id));
  if (!account || link.used_at || link.expires_at <= runtime.now()) throw refused();
  return { link, account };
}

/** Marks a link as used; of two that try at once, one is refused. */
async function useLink(acting: Context, link: SignInLinkRow): Promise<void> {
  const update = tables<IdentityTables>(acting).updateTable('identity.sign_in_link').set({ used_at: acting.now() });
  const mine = update.where('token_hash', '=', link.token_hash).where('used_at', 'is', null);
  if ((await mine.returning('account_id').execute()).length === 0) throw refused();
}
