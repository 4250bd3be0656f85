import { randomBytes } from 'node:crypto';
import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { badInput, notFound } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import { hasScopes } from '@liftos/core/graphql/require-scopes.ts';
import { isId } from '@liftos/core/subgraph.ts';
import type { CreateApiKeyInput } from '../schema.generated.ts';
import { allScopes } from '../members/role-scopes.pure.ts';
import { hashSecret } from '../session/secrets.ts';
import type { ApiKeyRow, IdentityTables } from '../tables.ts';
import { formatKey, shownPrefix } from './key-format.pure.ts';

const defaultDays = 90;

/** All keys of the organisation, newest first. */
export function listApiKeys(context: Context): Promise<ApiKeyRow[]> {
  return tables<IdentityTables>(context).selectFrom('identity.api_key').selectAll().orderBy('id', 'desc').execute();
}

export function apiKeysById(context: Context, ids: readonly string[]): Promise<ApiKeyRow[]> {
  return tables<IdentityTables>(context).selectFrom('identity.api_key').selectAll().where('id', 'in', ids).execute();
}

function checkInput(context: Context, { name, scopes, expiresInDays }: CreateApiKeyInput): void {
  if (name.trim() === '' || name.length > 100) throw badInput('input.name', 'A name has 1 to 100 characters.');
  const unknown = scopes.filter((scope) => !allScopes.includes(scope));
  if (unknown.length > 0) throw badInput('input.scopes', `There is no permission ${unknown.join(', ')}.`);
  if (scopes.length === 0) throw badInput('input.scopes', 'A key needs at least one permission.');
  if (!hasScopes(context.principal, scopes)) throw badInput('input.scopes', 'A key may not do more than you.');
  const days = expiresInDays ?? defaultDays;
  if (days < 1 || days > 365) throw badInput('input.expiresInDays', 'A key lasts 1 to 365 days.');
}

/** Makes a key. The secret is returned this once and stored only as a hash. */
export function createApiKey(
  context: Context,
  input: CreateApiKeyInput,
): Promise<{ apiKey: ApiKeyRow; secret: string }> {
  checkInput(context, input);
  const secret = formatKey(randomBytes(24));
  const now = context.now();
  const apiKey: ApiKeyRow = {
    organization_id: context.organizationId,
    id: context.newId(),
    name: input.name.trim(),
    prefix: shownPrefix(secret),
    secret_hash: hashSecret(secret),
    scopes: [...new Set(input.scopes)],
    created_by: context.principal.id,
    created_at: now,
    expires_at: new Date(now.getTime() + (input.expiresInDays ?? defaultDays) * 86_400_000),
    last_used_at: null,
    revoked_at: null,
  };
  return transaction(context, async (tx) => {
    await tables<IdentityTables>(tx).insertInto('identity.api_key').values(apiKey).execute();
    await emit(tx, {
      topic: 'api-key.created',
      subjectKind: 'api-key',
      subjectId: apiKey.id,
      summary: `The API key ${apiKey.name} was created`,
      payload: { name: apiKey.name, scopes: apiKey.scopes },
      audit: true,
    });
    return { apiKey, secret };
  });
}

/** Ends a key at once. Revoking twice changes nothing. */
export async function revokeApiKey(context: Context, id: string): Promise<ApiKeyRow> {
  if (!isId(id)) throw notFound('API key');
  return transaction(context, async (tx) => {
    const db = tables<IdentityTables>(tx);
    const query = db.selectFrom('identity.api_key').selectAll().where('id', '=', id).forUpdate();
    const key = await query.executeTakeFirstOrThrow(() => notFound('API key'));
    if (key.revoked_at) return key;
    const revoked_at = tx.now();
    await db.updateTable('identity.api_key').set({ revoked_at }).where('id', '=', id).execute();
    await emit(tx, {
      topic: 'api-key.revoked',
      subjectKind: 'api-key',
      subjectId: id,
      summary: `The API key ${key.name} was revoked`,
      audit: true,
    });
    return { ...key, revoked_at };
  });
}
