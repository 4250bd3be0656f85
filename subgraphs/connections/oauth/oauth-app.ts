import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { badInput, notFound } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import type { CredentialTables } from '../credentials/credential-tables.ts';
import { open, seal, type Place } from '../credentials/envelope.ts';
import { keyRing } from '../credentials/key-ring.ts';
import { demoApp } from '../doubles/demo-app.ts';
import type { OAuthApp } from '../platforms/auth-method.ts';
import { findConnector } from '../platforms/registry.ts';
import type { SetOAuthAppInput } from '../schema.generated.ts';

/**
 * The application that the organisation registered with a platform; the doubles' own one while platforms are imitated.
 * Undefined without one. Throws INTERNAL naming the key when its secret cannot be opened.
 */
export async function oauthAppOf(context: Context, platform: string): Promise<OAuthApp | undefined> {
  const row = await tables<CredentialTables>(context)
    .selectFrom('connections.oauth_app')
    .selectAll()
    .where('platform', '=', platform)
    .executeTakeFirst();
  if (!row) return context.runtime.config.LIFTOS_PLATFORMS_URL ? demoApp(platform) : undefined;
  const clientSecret = open(keyRing(context.runtime), placeOf(context, platform), row);
  return { clientId: row.client_id, clientSecret };
}

/** Keeps the application that was registered with a platform. Throws BAD_USER_INPUT naming the field. */
export async function setOAuthApp(context: Context, input: SetOAuthAppInput): Promise<OAuthAppView> {
  const connector = await findConnector(context, input.platform);
  const takes = connector?.live?.auth.some(({ kind }) => kind === 'oauth2' || kind === 'oauth1');
  if (!connector || !takes) throw badInput('input.platform', 'This platform has no login that needs an application.');
  const clientId = checkText('input.clientId', input.clientId);
  const clientSecret = checkText('input.clientSecret', input.clientSecret);
  const sealed = seal(keyRing(context.runtime), placeOf(context, input.platform), clientSecret);
  const values = { client_id: clientId, ...sealed, updated_at: context.now() };
  await transaction(context, async (tx) => {
    await tables<CredentialTables>(tx)
      .insertInto('connections.oauth_app')
      .values({ organization_id: tx.organizationId, platform: input.platform, ...values })
      .onConflict((conflict) => conflict.columns(['organization_id', 'platform']).doUpdateSet(values))
      .execute();
    await emit(tx, {
      topic: 'oauthApp.set',
      audit: true,
      summary: `${tx.principal.name} registered an application for ${connector.name}.`,
      payload: { platform: input.platform },
    });
  });
  return { platform: input.platform, clientId, updatedAt: values.updated_at };
}

export interface OAuthAppView {
  platform: string;
  clientId: string;
  updatedAt: Date;
}

export async function listOAuthApps(context: Context): Promise<OAuthAppView[]> {
  const rows = await tables<CredentialTables>(context)
    .selectFrom('connections.oauth_app')
    .select(['platform', 'client_id', 'updated_at'])
    .orderBy('platform')
    .execute();
  return rows.map((row) => ({ platform: row.platform, clientId: row.client_id, updatedAt: row.updated_at }));
}

/** Throws NOT_FOUND. */
export async function deleteOAuthApp(context: Context, platform: string): Promise<string> {
  await transaction(context, async (tx) => {
    const { numDeletedRows } = await tables<CredentialTables>(tx)
      .deleteFrom('connections.oauth_app')
      .where('platform', '=', platform)
      .executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) throw notFound('application');
    await emit(tx, {
      topic: 'oauthApp.deleted',
      audit: true,
      summary: `${tx.principal.name} removed the application for ${platform}.`,
      payload: { platform },
    });
  });
  return platform;
}

function placeOf(context: Context, platform: string): Place {
  return { organizationId: context.organizationId, subject: platform, purpose: 'oauth_app' };
}

function checkText(field: string, text: string): string {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > 2000) throw badInput(field, 'Give 1 to 2000 characters.');
  return trimmed;
}
