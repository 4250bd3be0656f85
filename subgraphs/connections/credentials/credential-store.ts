import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { AppError } from '@liftos/core/errors.ts';
import type { Credential } from '../platforms/auth-method.ts';
import type { CredentialTable, CredentialTables } from './credential-tables.ts';
import { open, seal, type Place } from './envelope.ts';
import { keyRing } from './key-ring.ts';

/** A stored credential, opened. */
export interface OpenCredential {
  row: CredentialTable;
  credential: Credential;
}

/**
 * Keeps what a connection is let in with, in place of what there was. Sealed before it reaches the database.
 */
export async function storeCredential(tx: Context, connectionId: string, credential: Credential): Promise<void> {
  const now = tx.now();
  const values = {
    ...sealedColumns(tx, connectionId, credential),
    renewed_at: now,
    renew_failures: 0,
    failed_at: null,
    failure: null,
    lease_owner: null,
    lease_until: null,
  };
  await tables<CredentialTables>(tx)
    .insertInto('connections.credential')
    .values({
      organization_id: tx.organizationId,
      connection_id: connectionId,
      ...values,
      version: 1,
      renewals: [],
      created_at: now,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['organization_id', 'connection_id'])
        .doUpdateSet((eb) => ({ ...values, version: eb('connections.credential.version', '+', 1) })),
    )
    .execute();
}

/** Throws PLATFORM_AUTH when there is none, INTERNAL naming the key when it cannot be opened. */
export async function readCredential(context: Context, connectionId: string): Promise<OpenCredential> {
  const row = await tables<CredentialTables>(context)
    .selectFrom('connections.credential')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .executeTakeFirst();
  if (!row) throw new AppError('PLATFORM_AUTH', 'This connection is not let in yet: log in or type in its key.');
  return { row, credential: opened(context, row) };
}

function opened(context: Context, row: CredentialTable): Credential {
  return JSON.parse(open(keyRing(context.runtime), placeOf(context, row.connection_id), row)) as Credential;
}

function sealedColumns(context: Context, connectionId: string, credential: Credential) {
  return {
    ...seal(keyRing(context.runtime), placeOf(context, connectionId), JSON.stringify(credential)),
    expires_at: credential.expiresAt ? new Date(credential.expiresAt) : null,
    consent_ends_at: credential.consentEndsAt ? new Date(credential.consentEndsAt) : null,
  };
}

function placeOf({ organizationId }: Context, connectionId: string): Place {
  return { organizationId, subject: connectionId, purpose: 'credential' };
}

/** Makes the caller the only one who may renew a credential for a while; null when somebody else does. */
export async function lease(context: Context, connectionId: string, owner: string, seconds: number) {
  const { rows } = await sql<CredentialTable>`
    update connections.credential
    set lease_owner = ${owner}, lease_until = clock_timestamp() + make_interval(secs => ${seconds})
    where connection_id = ${connectionId} and (lease_until is null or lease_until < clock_timestamp())
    returning *`.execute(context.db);
  return rows[0] ? { row: rows[0], credential: opened(context, rows[0]) } : null;
}

export async function release(context: Context, connectionId: string, owner: string): Promise<void> {
  await sql`update connections.credential set lease_owner = null, lease_until = null
    where connection_id = ${connectionId} and lease_owner = ${owner}`.execute(context.db);
}

/** Keeps a renewed credential unless another one was stored meanwhile. Whether it was kept. */
export async function replaceCredential(context: Context, before: CredentialTable, credential: Credential) {
  const now = context.now();
  const minuteAgo = now.getTime() - 60_000;
  const { numUpdatedRows } = await tables<CredentialTables>(context)
    .updateTable('connections.credential')
    .set({
      ...sealedColumns(context, before.connection_id, credential),
      version: before.version + 1,
      renewed_at: now,
      renewals: [...before.renewals.filter((at) => at.getTime() > minuteAgo), now],
      renew_failures: 0,
      failed_at: null,
      failure: null,
      lease_owner: null,
      lease_until: null,
    })
    .where('connection_id', '=', before.connection_id)
    .where('version', '=', before.version)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Keeps that a renewal failed, so that the next one waits. */
export async function noteFailure(context: Context, { connection_id, version }: CredentialTable, failure: string) {
  await tables<CredentialTables>(context)
    .updateTable('connections.credential')
    .set((eb) => ({ renew_failures: eb('renew_failures', '+', 1), failed_at: context.now(), failure }))
    .where('connection_id', '=', connection_id)
    .where('version', '=', version)
    .execute();
}
