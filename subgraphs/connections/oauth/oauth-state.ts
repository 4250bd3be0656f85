import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import * as oauth from 'oauth4webapi';
import { systemPrincipal, tables, type Context, type Principal } from '@liftos/core/context.ts';
import { createContext, transaction } from '@liftos/core/create-context.ts';
import { notFound } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import type { Runtime } from '@liftos/core/runtime.ts';
import type { NewConnection } from '../connection/connection.service.ts';
import type { CredentialTables, OAuthStateTable } from '../credentials/credential-tables.ts';
import { open, seal, type Place } from '../credentials/envelope.ts';
import { keyRing } from '../credentials/key-ring.ts';
import type { Values } from '../platforms/auth-method.ts';
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
  /** What a shop handed over by itself before the browser came back. */
  granted?: Values;
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

/** A state that came back: its row and login, or why it does not count. The row is there for who began it only. */
export type Claimed =
  | { row: OAuthStateTable; login: Login }
  | { problem: 'unknown_state' | 'expired' | 'replayed' | 'other_person' | 'forbidden'; row: OAuthStateTable | null };

/**
 * Takes a state; nobody can take it a second time. It stays for who began the login when somebody else comes with it:
 * a stolen answer must end nobody's login, nor may one be finished by a person who was sent to the platform's page by
 * another.
 */
export async function claimState(runtime: Runtime, state: string, person: Principal): Promise<Claimed> {
  const row = await findState(runtime, state);
  if (!row) return { problem: 'unknown_state', row: null };
  if (!isHeirOf(person, row)) {
    await tellStranger(runtime, row);
    return { problem: 'other_person', row: null };
  }
  if (!mayConnect(person)) return { problem: 'forbidden', row };
  const now = runtime.now();
  const { rows } = await sql<OAuthStateTable>`
    update connections.oauth_state set used_at = ${now}
    where state_hash = ${row.state_hash} and used_at is null and expires_at > ${now}
    returning *`.execute(runtime.database.system);
  if (!rows[0]) return { problem: row.expires_at > now ? 'replayed' : 'expired', row };
  return { row: rows[0], login: openLogin(runtime, rows[0]) };
}

/**
 * Keeps what a shop handed over until the browser of who began the login comes back. The first key counts.
 * Throws NOT_FOUND for a state that is not waited for.
 */
export async function keepGrant(runtime: Runtime, platform: string, state: string, values: Values): Promise<void> {
  const { system } = runtime.database;
  const row = await findState(runtime, state);
  if (row?.platform !== platform || row.used_at !== null) throw notFound('login');
  const login = openLogin(runtime, row);
  if (login.granted) throw notFound('login');
  const place = placeOf(row.organization_id, row.state_hash);
  const sealed = seal(keyRing(runtime), place, JSON.stringify({ ...login, granted: values } satisfies Login));
  const { rows } = await sql`
    update connections.oauth_state set ciphertext = ${sealed.ciphertext}, wrapped_key = ${sealed.wrapped_key},
      key_id = ${sealed.key_id}
    where state_hash = ${row.state_hash} and ciphertext = ${row.ciphertext} and used_at is null
      and expires_at > ${runtime.now()} returning state_hash`.execute(system);
  if (rows.length === 0) throw notFound('login');
}

async function findState(runtime: Runtime, state: string): Promise<OAuthStateTable | null> {
  const { rows } = await sql<OAuthStateTable>`
    select * from connections.oauth_state where state_hash = ${hashOf(state)}`.execute(runtime.database.system);
  return rows[0] ?? null;
}

function openLogin(runtime: Runtime, row: OAuthStateTable): Login {
  return JSON.parse(open(keyRing(runtime), placeOf(row.organization_id, row.state_hash), row)) as Login;
}

/** Programs have no browser: a login that a key began is finished by a member of its organisation. */
function isHeirOf(person: Principal, { principal: began, organization_id: organization }: OAuthStateTable): boolean {
  if (person.kind !== 'user' || person.organizationId !== organization) return false;
  return began.kind === 'key' || (began.kind === 'user' && began.id === person.id);
}

function mayConnect({ scopes }: Principal): boolean {
  return scopes.includes('*') || scopes.includes('connections:write');
}

function tellStranger(runtime: Runtime, { organization_id, principal, platform }: OAuthStateTable): Promise<void> {
  const context = createContext({ runtime, principal: systemPrincipal(organization_id) });
  return transaction(context, (tx) =>
    emit(tx, {
      topic: 'connection.loginRefused',
      audit: true,
      summary: `A login at ${platform} that ${principal.name} began came back in the browser of somebody else.`,
      payload: { platform },
    }),
  );
}

function hashOf(state: string): string {
  return createHash('sha256').update(state).digest('hex');
}

function placeOf(organizationId: string, subject: string): Place {
  return { organizationId, subject, purpose: 'oauth_state' };
}
