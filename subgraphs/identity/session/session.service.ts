import type { Kysely } from 'kysely';
import { systemPrincipal, tables, type Context } from '@liftos/core/context.ts';
import { contextFor, transaction } from '@liftos/core/create-context.ts';
import { AppError, notFound } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import type { Runtime } from '@liftos/core/runtime.ts';
import { isId } from '@liftos/core/subgraph.ts';
import type { SignInInput } from '../schema.generated.ts';
import { scopesOf } from '../members/role-scopes.pure.ts';
import type { AccountRow, IdentityTables, MemberRow, SessionRow } from '../tables.ts';
import { accessTokens, principalOf } from './access-token.ts';
import { verifyPassword } from './password.ts';
import { hashSecret, newSecret, seal, unseal } from './secrets.ts';
import { throttle, unthrottle } from './throttle.ts';

const sessionDays = 30;

/** A refresh token that was just replaced still works so long, because the answer may have been lost. */
export const leewaySeconds = 10;

export interface SignedIn {
  accessToken: string;
  expiresAt: Date;
  /** The context of the signed-in user, which the rest of the answer is resolved with. */
  context: Context;
}

/** The same request, in the name of an organisation's system: for what happens before somebody is signed in. */
export function actingFor(context: Context, organizationId: string): Context {
  const principal = { ...systemPrincipal(organizationId), ...clientOf(context) };
  return contextFor(context, principal);
}

function clientOf({ principal: { ip, userAgent } }: Context) {
  return { ...(ip ? { ip } : {}), ...(userAgent ? { userAgent } : {}) };
}

/** Accounts and what sign-in looks up before it knows the organisation. */
export function accountsOf(runtime: Runtime): Kysely<IdentityTables> {
  return runtime.database.system as Kysely<IdentityTables>;
}

/** Signs in with e-mail and password. Throws UNAUTHENTICATED, the same for an unknown e-mail, or RATE_LIMITED. */
export async function signIn(context: Context, { email, password }: SignInInput): Promise<SignedIn> {
  const { runtime, principal } = context;
  await throttle(runtime, `sign-in-from:${principal.ip ?? 'unknown'}`, 100, 900);
  const account = await accountByEmail(runtime, email);
  if (!(await provesAccount(runtime, email, password, account)) || !account) {
    // Not waited for: an answer that takes longer would tell that there is an account.
    if (account) noteFailure(context, account).catch((error: unknown) => context.log.error({ error }, 'Not audited.'));
    throw new AppError('UNAUTHENTICATED', 'The e-mail or the password is wrong.');
  }
  const member = await firstMembership(runtime, account.id);
  if (!member) throw new AppError('FORBIDDEN', 'This account belongs to no organisation any more.');
  return openSession(context, member);
}

/**
 * Whether a password is that of the account with an e-mail, if there is one. Tries count for the e-mail, wherever they
 * are made. Throws RATE_LIMITED after ten wrong ones.
 */
export async function provesAccount(
  runtime: Runtime,
  email: string,
  password: string,
  account: AccountRow | undefined,
): Promise<boolean> {
  const key = `sign-in:${email.trim().toLowerCase()}`;
  await throttle(runtime, key, 10, 900);
  if (!(await verifyPassword(password, account?.password_hash))) return false;
  await unthrottle(runtime, key);
  return true;
}

async function noteFailure(context: Context, account: AccountRow): Promise<void> {
  const member = await firstMembership(context.runtime, account.id);
  if (!member) return;
  await transaction(actingFor(context, member.organization_id), (tx) =>
    emit(tx, { topic: 'session.refused', subjectKind: 'user', subjectId: account.id, audit: true }),
  );
}

function accountByEmail(runtime: Runtime, email: string): Promise<AccountRow | undefined> {
  return accountsOf(runtime)
    .selectFrom('identity.account')
    .selectAll()
    .where((eb) => eb(eb.fn('lower', ['email']), '=', email.trim().toLowerCase()))
    .executeTakeFirst();
}

function firstMembership(runtime: Runtime, accountId: string): Promise<MemberRow | undefined> {
  return accountsOf(runtime)
    .selectFrom('identity.member')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('joined_at')
    .executeTakeFirst();
}

/** Opens a session for a member: sets the refresh cookie and gives an access token. */
export async function openSession(context: Context, member: MemberRow): Promise<SignedIn> {
  const acting = actingFor(context, member.organization_id);
  const secret = newSecret();
  const now = context.now();
  const session: SessionRow = {
    organization_id: member.organization_id,
    id: context.newId(),
    account_id: member.account_id,
    refresh_hash: hashSecret(secret),
    previous_hash: null,
    sealed_successor: null,
    rotated_at: null,
    created_at: now,
    last_used_at: now,
    expires_at: new Date(now.getTime() + sessionDays * 86_400_000),
    ended_at: null,
    user_agent: context.principal.userAgent?.slice(0, 300) ?? null,
    ip: context.principal.ip ?? null,
  };
  await transaction(acting, async (tx) => {
    await tables<IdentityTables>(tx).insertInto('identity.session').values(session).execute();
    const actor = { ...tx.principal, kind: 'user' as const, id: member.account_id, name: member.name };
    await emit(createView(tx, actor), {
      topic: 'session.opened',
      subjectKind: 'session',
      subjectId: session.id,
      audit: true,
    });
  });
  return grant(context, member, session.id, secret);
}

/** The same transaction with another name in the audit log. */
function createView(tx: Context, principal: Context['principal']): Context {
  return Object.create(tx, { principal: { value: principal } }) as Context;
}

async function grant(context: Context, member: MemberRow, sessionId: string, secret: string): Promise<SignedIn> {
  const tokens = await accessTokens(context.runtime);
  const claims = {
    sub: member.account_id,
    org: member.organization_id,
    role: member.role,
    sid: sessionId,
    name: member.name,
  };
  const { token, expiresAt } = await tokens.sign(claims, context.now());
  context.session.setRefreshToken(`${sessionId}.${secret}`);
  const principal = { ...principalOf(claims, scopesOf(member.role)), ...clientOf(context) };
  return { accessToken: token, expiresAt, context: contextFor(context, principal) };
}

/**
 * Exchanges the refresh token in the cookie. A token can be exchanged once; repeated within ten seconds it gives the
 * same successor; later it means that it was stolen, and the session ends. Throws UNAUTHENTICATED.
 */
export async function refreshSession(context: Context): Promise<SignedIn> {
  const refused = new AppError('UNAUTHENTICATED', 'The session has ended. Sign in again.');
  const [id = '', secret = ''] = (context.session.refreshToken ?? '').split('.');
  const found = isId(id) ? await sessionById(context.runtime, id) : undefined;
  if (!found || !secret) throw refused;
  const next = await transaction(actingFor(context, found.organization_id), (tx) => rotate(tx, id, secret));
  const member = await memberOf(context.runtime, found.organization_id, found.account_id);
  if (!next || !member) {
    context.session.setRefreshToken(null);
    throw refused;
  }
  return grant(context, member, id, next);
}

function sessionById(runtime: Runtime, id: string): Promise<SessionRow | undefined> {
  return accountsOf(runtime).selectFrom('identity.session').selectAll().where('id', '=', id).executeTakeFirst();
}

export function memberOf(runtime: Runtime, organizationId: string, accountId: string): Promise<MemberRow | undefined> {
  return accountsOf(runtime)
    .selectFrom('identity.member')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('account_id', '=', accountId)
    .executeTakeFirst();
}

/** The successor of a refresh token; undefined when the token is not good any more. */
async function rotate(tx: Context, id: string, secret: string): Promise<string | undefined> {
  const db = tables<IdentityTables>(tx);
  const now = tx.now();
  const query = db.selectFrom('identity.session').selectAll().where('id', '=', id).forUpdate();
  const session = await query.executeTakeFirst();
  if (!session || session.ended_at || session.expires_at <= now) return undefined;
  const given = hashSecret(secret);
  if (equal(given, session.refresh_hash)) {
    const next = newSecret();
    await db
      .updateTable('identity.session')
      .set({
        refresh_hash: hashSecret(next),
        previous_hash: given,
        sealed_successor: seal(secret, next),
        rotated_at: now,
        last_used_at: now,
      })
      .where('id', '=', id)
      .execute();
    return next;
  }
  const isParent = session.previous_hash !== null && equal(given, session.previous_hash);
  const recent = session.rotated_at !== null && now.getTime() - session.rotated_at.getTime() <= leewaySeconds * 1000;
  if (isParent && recent && session.sealed_successor) return unseal(secret, session.sealed_successor);
  await endSessions(tx, [id]);
  await emit(tx, { topic: 'session.replayed', subjectKind: 'session', subjectId: id, audit: true });
  return undefined;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}

async function endSessions(tx: Context, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const update = tables<IdentityTables>(tx).updateTable('identity.session').set({ ended_at: tx.now() });
  await update.where('id', 'in', ids).where('ended_at', 'is', null).execute();
}

/** Ends the session of the cookie or token. Returns how many ended: none when nobody was signed in. */
export async function signOut(context: Context): Promise<number> {
  const [cookieId = '', secret = ''] = (context.session.refreshToken ?? '').split('.');
  const id = context.principal.sessionId ?? cookieId;
  const session = isId(id) ? await sessionById(context.runtime, id) : undefined;
  context.session.setRefreshToken(null);
  const owns = context.principal.sessionId === id || (session && equal(hashSecret(secret), session.refresh_hash));
  if (!session || session.ended_at || !owns) return 0;
  await transaction(actingFor(context, session.organization_id), async (tx) => {
    await endSessions(tx, [id]);
    await emit(tx, { topic: 'session.ended', subjectKind: 'session', subjectId: id, audit: true });
  });
  return 1;
}

/** Ends one session of the caller. Returns how many ended. Throws NOT_FOUND for what is no session of theirs. */
export async function endSession(context: Context, id: string): Promise<number> {
  if (!isId(id)) throw notFound('session');
  if (id === context.principal.sessionId) context.session.setRefreshToken(null);
  return transaction(context, async (tx) => {
    const query = tables<IdentityTables>(tx).selectFrom('identity.session').select(['account_id', 'ended_at']);
    const session = await query.where('id', '=', id).forUpdate().executeTakeFirst();
    if (session?.account_id !== tx.principal.id) throw notFound('session');
    if (session.ended_at) return 0;
    await endSessions(tx, [id]);
    await emit(tx, { topic: 'session.ended', subjectKind: 'session', subjectId: id, audit: true });
    return 1;
  });
}

/** Ends every session of an account in the caller's organisation, but the one to keep. Returns how many. */
export function endSessionsOf(context: Context, accountId: string, keep?: string): Promise<number> {
  return transaction(context, async (tx) => {
    let query = tables<IdentityTables>(tx).selectFrom('identity.session').select('id').where('ended_at', 'is', null);
    query = query.where('account_id', '=', accountId);
    if (keep) query = query.where('id', '!=', keep);
    const ids = (await query.execute()).map((row) => row.id);
    await endSessions(tx, ids);
    await emit(tx, {
      topic: 'session.ended',
      subjectKind: 'user',
      subjectId: accountId,
      payload: { sessions: ids.length },
      audit: true,
    });
    return ids.length;
  });
}

export function accountById(runtime: Runtime, id: string): Promise<AccountRow | undefined> {
  return accountsOf(runtime).selectFrom('identity.account').selectAll().where('id', '=', id).executeTakeFirst();
}

/** Where the caller is signed in, most recently used first. */
export async function listSessions(context: Context): Promise<SessionRow[]> {
  return tables<IdentityTables>(context)
    .selectFrom('identity.session')
    .selectAll()
    .where('account_id', '=', context.principal.id)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', context.now())
    .orderBy('last_used_at', 'desc')
    .execute();
}
