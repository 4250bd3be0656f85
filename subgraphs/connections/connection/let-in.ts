import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { AppError, isAppError } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import { storeCredential } from '../credentials/credential.service.ts';
import { keepAccounts, refreshAccounts, strangerTo } from '../engine/accounts.ts';
import { apiFor, type ConnectionApi } from '../engine/connection-api.ts';
import { isPlatformFailure } from '../engine/platform-failure.ts';
import type { AuthMethod, Credential } from '../platforms/auth-method.ts';
import type { Account, Connector } from '../platforms/connector.ts';
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
 * that the connection had, PLATFORM_AUTH when the platform refuses it, and for what was typed in RATE_LIMITED or
 * PLATFORM_UNAVAILABLE when the platform does not say.
 */
export async function letInAgain(
  context: Context,
  connection: ConnectionTable,
  connector: Connector,
  method: AuthMethod,
  credential: Credential,
): Promise<void> {
  const settings: LiveSettings = { ...(connection.settings as LiveSettings), method: method.id };
  const changed = { ...connection, settings };
  const api = await apiFor(context, changed, connector, { credential, retry: false });
  const { accounts, later } = await accountsOrPause(api, method);
  const stranger = await strangerTo(context, connection, accounts);
  if (stranger) throw new AppError('CONFLICT', stranger, { reason: 'other_account' });
  await transaction(context, async (tx) => {
    await lockConnection(tx, connection.id);
    await storeCredential(tx, connection.id, credential);
    await tables<ConnectionsTables>(tx)
      .updateTable('connections.connection')
      .set({ settings: JSON.stringify(settings) })
      .where('id', '=', connection.id)
      .execute();
    await setAuthState(tx, connection.id, credential, later);
    await emit(tx, {
      topic: 'connection.letInAgain',
      audit: true,
      subjectKind: 'connection',
      subjectId: connection.id,
      summary: `${tx.principal.name} connected ${connection.name} again.`,
    });
  });
  if (later === null) await keepAccounts(context, changed, accounts);
}

/**
 * What the new access sees. A platform that has just handed it over and now asks for a pause has not refused it, and a
 * person cannot log in over and over until it answers: the accounts are then left to the next sync.
 */
async function accountsOrPause(
  api: ConnectionApi,
  { kind }: AuthMethod,
): Promise<{ accounts: readonly Account[]; later: string | null }> {
  try {
    return { accounts: await api.connector.accounts(api), later: null };
  } catch (error) {
    const isHandedOver = kind === 'oauth2' || kind === 'oauth1' || kind === 'grant';
    const isPause = isPlatformFailure(error) && ['rate_limit', 'transient'].includes(error.failure.class);
    if (!isHandedOver || !isPause) throw error;
    return { accounts: [], later: `The accounts could not be looked at yet; the next sync does. ${error.message}` };
  }
}

async function setAuthState(
  tx: Context,
  id: string,
  credential: Credential,
  later: string | null = null,
): Promise<void> {
  const { auth_state, auth_message } = authStateOf(credential, tx.now());
  await tables<ConnectionsTables>(tx)
    .updateTable('connections.connection')
    .set({ auth_state, auth_message: auth_message ?? later })
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
