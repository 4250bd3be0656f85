import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { AppError } from '@liftos/core/errors.ts';
import type { Account } from '../platforms/connector.ts';
import type { ConnectionsTables, ConnectionTable } from '../tables.ts';
import type { ConnectionApi } from './connection-api.ts';

/**
 * Asks the platform what the connection can see and keeps it. Throws PlatformFailure, and PLATFORM_AUTH when it sees
 * only accounts of somebody else.
 */
export async function refreshAccounts(
  context: Context,
  connection: ConnectionTable,
  api: ConnectionApi,
): Promise<void> {
  const accounts = await api.connector.accounts(api);
  const stranger = await strangerTo(context, connection, accounts);
  if (stranger) throw new AppError('PLATFORM_AUTH', stranger, { reason: 'other_account' });
  await keepAccounts(context, connection, accounts);
}

/**
 * Why these cannot be the accounts of the connection: it had some, and none of them is among these. Its data and those
 * of another account must not run together. Null when all is well, or when nothing is named at all.
 */
export async function strangerTo(
  context: Context,
  { id, name }: ConnectionTable,
  accounts: readonly Account[],
): Promise<string | null> {
  const seen = new Set(accounts.map((account) => account.id));
  const before = await storedAccounts(context, id);
  if (seen.size === 0 || before.length === 0 || before.some((account) => seen.has(account.id))) return null;
  return `This access sees none of the accounts of ${name}. Add it as a connection of its own.`;
}

/** Keeps accounts as they are seen. Those that are named no more are kept as closed, so that their absence is told. */
export async function keepAccounts(
  context: Context,
  connection: ConnectionTable,
  accounts: readonly Account[],
): Promise<void> {
  const column = (read: (account: Account) => string | null): (string | null)[] =>
    accounts.map((account) => read(account));
  await sql`
    insert into connections.account
      (organization_id, connection_id, id, name, currency, time_zone, state, note, extra, seen_at)
    select ${context.organizationId}, ${connection.id}, id, name, currency, time_zone, state, note, extra::jsonb,
      ${context.now()}
    from unnest(${column(({ id }) => id)}::text[], ${column(({ name }) => name)}::text[],
      ${column(({ currency }) => currency)}::text[], ${column(({ timeZone }) => timeZone)}::text[],
      ${column(({ state }) => state.toUpperCase())}::text[], ${column(({ note }) => note ?? null)}::text[],
      ${column(({ extra }) => JSON.stringify(extra ?? {}))}::text[])
      as seen (id, name, currency, time_zone, state, note, extra)
    on conflict (organization_id, connection_id, id) do update set name = excluded.name, currency = excluded.currency,
      time_zone = excluded.time_zone, state = excluded.state, note = excluded.note, extra = excluded.extra,
      seen_at = excluded.seen_at`.execute(context.db);
  await sql`
    update connections.account set state = 'FORBIDDEN', note = 'The platform no longer names this account.'
    where connection_id = ${connection.id} and state = 'OK' and not id = any(${column(({ id }) => id)}::text[])`.execute(
    context.db,
  );
}

/** The accounts of a connection as they were last seen. */
export function storedAccounts(context: Context, connectionId: string) {
  return tables<ConnectionsTables>(context)
    .selectFrom('connections.account')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .orderBy('name')
    .execute();
}
