import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import * as oauth from 'oauth4webapi';
import { tables, type Context } from '@liftos/core/context.ts';
import type { Runtime } from '@liftos/core/runtime.ts';
import type { NewConnection } from '../connection/connection.service.ts';
import type { CredentialTables, OAuthStateTable } from '../credentials/credential-tables.ts';
import { open, seal, type Place } from '../credentials/envelope.ts';
import { keyRing } from '../credentials/key-ring.ts';
import type { LiveSettings } from '../tables.ts';

/** What is remembered of a login between its two halves. */
export interface Login {
  draft: NewConnection & { settings: LiveSettings };
  /** Accounts to read; null for all. */
  accounts: readonly string[] | null;
  redirectUri: string;
  /** For PKCE. */
  verifier: string | null;
  /** Token and secret of the first leg of OAuth 1.0a. */
  requestToken: { token: string; secret: string } | null;
}

const lifeMs = 600_000;

/** 32 random bytes, as text. */
export function newState(): string {
  return oauth.generateRandomState();
}

/** Remembers a login for ten minutes. Only a hash of its state is kept. Gives when it ends. */
export async function rememberLogin(
  context: Context,
  state: string,
  login: Login,
  connectionId: string | null,
): Promise<Date> {
  const hash = hashOf(state);
  const expires = new Date(context.now().getTime() + lifeMs);
  const { ip: _, userAgent: __, ...principal } = context.principal;
  await tables<CredentialTables>(context)
    .insertInto('connections.oauth_state')
    .values({
      organization_id: context.organizationId,
      state_hash: hash,
      platform: login.draft.platform,
      method: login.draft.settings.method,
      connection_id: connectionId,
      principal: JSON.stringify(principal) as never,
      ...seal(keyRing(context.runtime), placeOf(context.organizationId, hash), JSON.stringify(login)),
      expires_at: expires,
      used_at: null,
    })
    .execute();
  return expires;
}

/** A state that came back: its row and login, or why it does not count. */
export type Claimed =
  | { row: OAuthStateTable; login: Login }
  | { problem: 'unknown_state' | 'expired' | 'replayed'; row: OAuthStateTable | null };

/** Takes a state; nobody can take it a second time. */
export async function claimState(runtime: Runtime, state: string): Promise<Claimed> {
  const hash = hashOf(state);
  const { system } = runtime.database;
  const now = runtime.now();
  const { rows } = await sql<OAuthStateTable>`
    update connections.oauth_state set used_at = ${now}
    where state_hash = ${hash} and used_at is null and expires_at > ${now} returning *`.execute(system);
  const row = rows[0];
  if (row) {
    const text = open(keyRing(runtime), placeOf(row.organization_id, hash), row);
    return { row, login: JSON.parse(text) as Login };
  }
  const known = await sql<OAuthStateTable>`select * from connections.oauth_state where state_hash = ${hash}`.execute(
    system,
  );
  const old = known.rows[0] ?? null;
  if (!old) return { problem: 'unknown_state', row: null };
  return { problem: old.used_at ? 'replayed' : 'expired', row: old };
}

/** Keeps which connection a login led to, for a browser that comes back after the platform itself did. */
export async function noteResult(context: Context, stateHash: string, connectionId: string): Promise<void> {
  await tables<CredentialTables>(context)
    .updateTable('connections.oauth_state')
    .set({ connection_id: connectionId })
    .where('state_hash', '=', stateHash)
    .execute();
}

function hashOf(state: string): string {
  return createHash('sha256').update(state).digest('hex');
}

function placeOf(organizationId: string, subject: string): Place {
  return { organizationId, subject, purpose: 'oauth_state' };
}
