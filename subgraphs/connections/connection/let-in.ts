import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { AppError, isAppError } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import { storeCredential } from '../credentials/credential.service.ts';
import { refreshAccounts, storedAccounts } from '../engine/accounts.ts';
import { apiFor } from '../engine/connection-api.ts';
import type { Credential } from '../platforms/auth-method.ts';
import type { Connector } from '../platforms/connector.ts';
import { lockConnection } from '../sync/sync.service.ts';
import type { ConnectionsTables, ConnectionTable, LiveSettings } from '../tables.ts';
import { insertConnection, type NewConnection } from './connection.service.ts';

/** A consent that ends within so many days is announced. */
export const announcedDays = 30;

/** What is known of being let in: well, or until when. */
export function authStateOf({ consentEndsAt }: Pick<Credential, 'consentEndsAt'>, now: Date) {
  const left = consentEndsAt === undefined ? Infinity : Date.parse(consentEndsAt) - now.getTime();
  if (left > announcedDays * 86_400_000) return { auth_state: 'OK', auth_message: null } as const;
  const day = consentEndsAt!.slice(0, 10);
  return { auth_state: 'EXPIRING', auth_message: `The consent ends on ${day}. Connect it again before.` } as const;
}

/** Creates a connection together with what it is let in with, then asks the platform for its accounts. */
export async function createLetIn(
  context: Context,
  connector: Connector,
  draft: NewConnection,
  credential: Credential,
  accounts: readonly string[] | null,
): Promise<string> {
  const connection = await transaction(context, async (tx) => {
    const row = await insertConnection(tx, draft, async (id) => {
      await storeCredential(tx, id, credential);
      await setAuthState(tx, id, credential);
    });
    return row;
  });
  await discover(context, connection, connector, accounts);
  return connection.id;
}

/**
 * Lets a connection in again, perhaps in another way. Throws CONFLICT when the new access sees none of the accounts
 * that the connection had, and PLATFORM_AUTH or PLATFORM_UNAVAILABLE when the platform does not answer it.
 */
export async function letInAgain(
  context: Context,
  connection: ConnectionTable,
  connector: Connector,
  methodId: string,
  credential: Credential,
): Promise<void> {
  const settings: LiveSettings = { ...(connection.settings as LiveSettings), method: methodId };
  const changed = { ...connection, settings };
  const api = await apiFor(context, changed, connector, { credential, retry: false });
  const seen = new Set((await connector.live!.accounts(api)).map(({ id }) => id));
  const before = (await storedAccounts(context, connection.id)).filter(({ state }) => state === 'OK');
  if (before.length > 0 && !before.some(({ id }) => seen.has(id))) {
    const message = `This login sees none of the accounts of ${connection.name}. Add it as a connection of its own.`;
    throw new AppError('CONFLICT', message, { reason: 'other_account' });
  }
  await transaction(context, async (tx) => {
    await lockConnection(tx, connection.id);
    await storeCredential(tx, connection.id, credential);
    await tables<ConnectionsTables>(tx)
      .updateTable('connections.connection')
      .set({ settings: JSON.stringify(settings) })
      .where('id', '=', connection.id)
      .execute();
    await setAuthState(tx, connection.id, credential);
    await emit(tx, {
      topic: 'connection.letInAgain',
      audit: true,
      subjectKind: 'connection',
      subjectId: connection.id,
      summary: `${tx.principal.name} connected ${connection.name} again.`,
    });
  });
  await refreshAccounts(context, changed, api);
}

async function setAuthState(tx: Context, id: string, credential: Credential): Promise<void> {
  await tables<ConnectionsTables>(tx)
    .updateTable('connections.connection')
    .set(authStateOf(credential, tx.now()))
    .where('id', '=', id)
    .execute();
}

/** A new connection stays when its accounts cannot be asked for yet; its message says why. */
async function discover(
  context: Context,
  connection: ConnectionTable,
  connector: Connector,
  accounts: readonly string[] | null,
): Promise<void> {
  try {
    await refreshAccounts(context, connection, await apiFor(context, connection, connector));
    if (accounts) await selectAccounts(context, connection.id, accounts);
  } catch (error) {
    if (!isAppError(error)) throw error;
    const state = error.code === 'PLATFORM_AUTH' ? 'BROKEN' : 'OK';
    await tables<ConnectionsTables>(context)
      .updateTable('connections.connection')
      .set({ auth_state: state, auth_message: error.message })
      .where('id', '=', connection.id)
      .execute();
  }
}

/** Reads only these accounts from now on. */
export async function selectAccounts(context: Context, connectionId: string, ids: readonly string[]): Promise<void> {
  await sql`update connections.account set selected = id = any(${[...ids]}::text[])
    where connection_id = ${connectionId}`.execute(context.db);
}
