import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { AppError, badInput, notFound } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import { isId } from '@liftos/core/subgraph.ts';
import { checkCurrency, checkName, checkTimeZone, insertConnection } from '../connection/connection.service.ts';
import { connectorOf } from '../platforms/registry.ts';
import type { CreateWebhookEndpointInput, RotateWebhookSecretInput } from '../schema.generated.ts';
import { lockConnection } from '../sync/sync.service.ts';
import { startDraining } from './receive.ts';
import { sealSecret } from './secrets.ts';
import { sourceOf } from './sources/registry.ts';
import type { WebhookSource } from './sources/webhook-source.ts';
import type { EndpointRow, WebhookTables } from './tables.ts';

const mostEndpoints = 100;
const longestOverlapHours = 168;

/** An endpoint with its secret, if we made one just now. */
export interface Opened {
  id: string;
  secret: string | null;
}

/** Makes an address to send to. Throws BAD_USER_INPUT naming the field, NOT_FOUND, QUOTA_EXCEEDED. */
export function createEndpoint(context: Context, input: CreateWebhookEndpointInput): Promise<Opened> {
  const source = sourceOf(input.kind);
  const given = checkSecret(input.secret);
  return transaction(context, async (tx) => {
    await checkCount(tx);
    const name = checkName(input.name);
    const connectionId = await connectionFor(tx, source, input, name);
    const id = tx.newId();
    await tables<WebhookTables>(tx)
      .insertInto('connections.webhook_endpoint')
      .values({
        organization_id: tx.organizationId,
        id,
        connection_id: connectionId,
        public_id: randomBytes(24).toString('base64url'),
        kind: input.kind,
        name,
        created_at: tx.now(),
      })
      .execute();
    const secret = await addSecret(tx, id, source, given);
    await tell(tx, 'webhook.created', id, `${tx.principal.name} added the webhook ${name}.`);
    return { id, secret };
  });
}

async function checkCount(tx: Context): Promise<void> {
  const { count } = await tables<WebhookTables>(tx)
    .selectFrom('connections.webhook_endpoint')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (count < mostEndpoints) return;
  throw new AppError('QUOTA_EXCEEDED', `An organisation may have ${mostEndpoints} webhooks.`, { mostEndpoints });
}

async function connectionFor(
  tx: Context,
  { platform }: WebhookSource,
  { connectionId, currency, timeZone }: CreateWebhookEndpointInput,
  name: string,
): Promise<string> {
  if (connectionId) {
    const connection = await lockConnection(tx, connectionId);
    const of = connectorOf(platform)?.name ?? platform;
    if (connection.platform !== platform) throw badInput('input.connectionId', `This is no connection of ${of}.`);
    if (connection.mode === 'MOCK') throw badInput('input.connectionId', 'Generated data takes no real deliveries.');
    return connection.id;
  }
  if (platform !== 'webhook') throw badInput('input.connectionId', 'Say to which connection the data belongs.');
  const made = await insertConnection(tx, {
    name,
    platform,
    mode: 'LIVE',
    settings: {},
    currency: checkCurrency(currency ?? 'EUR'),
    time_zone: checkTimeZone(timeZone ?? 'UTC'),
    schedule: null,
  });
  return made.id;
}

function checkSecret(secret: string | null | undefined): string | null {
  const given = secret?.trim() ?? null;
  if (given === null) return null;
  // The id of a PayPal webhook has 17 characters.
  if (given.length < 16 || given.length > 512) throw badInput('input.secret', 'A secret has 16 to 512 characters.');
  return given;
}

/** Keeps the given secret, or makes one where we may. Gives it only when it was made. */
async function addSecret(
  tx: Context,
  endpointId: string,
  { kind, secretFrom }: WebhookSource,
  given: string | null,
): Promise<string | null> {
  if (given === null && secretFrom === 'platform') return null;
  const prefix = kind === 'STANDARD' ? 'whsec_' : '';
  const secret = given ?? prefix + randomBytes(32).toString(kind === 'STANDARD' ? 'base64' : 'hex');
  await tables<WebhookTables>(tx)
    .insertInto('connections.webhook_secret')
    .values({
      organization_id: tx.organizationId,
      id: tx.newId(),
      endpoint_id: endpointId,
      sealed: await sealSecret(tx, endpointId, secret),
      created_at: tx.now(),
      expires_at: null,
    })
    .execute();
  return given === null ? secret : null;
}

/** Puts a new secret beside the old ones, which hold for some hours more. Throws BAD_USER_INPUT, NOT_FOUND. */
export function rotateSecret(context: Context, input: RotateWebhookSecretInput): Promise<Opened> {
  const hours = input.overlapHours ?? 24;
  if (hours < 0 || hours > longestOverlapHours) {
    throw badInput('input.overlapHours', `Old secrets may hold for 0 to ${longestOverlapHours} hours more.`);
  }
  const given = checkSecret(input.secret);
  return transaction(context, async (tx) => {
    const endpoint = await lockEndpoint(tx, input.endpointId);
    const source = sourceOf(endpoint.kind);
    if (given === null && source.secretFrom === 'platform') {
      throw badInput('input.secret', 'This platform makes the secret; copy it from there.');
    }
    const end = new Date(tx.now().getTime() + hours * 3_600_000);
    await sql`
      update connections.webhook_secret set expires_at = ${end}
      where endpoint_id = ${endpoint.id} and (expires_at is null or expires_at > ${end})`.execute(tx.db);
    const secret = await addSecret(tx, endpoint.id, source, given);
    const summary = `${tx.principal.name} changed the secret of the webhook ${endpoint.name}.`;
    await tell(tx, 'webhook.secretRotated', endpoint.id, summary);
    return { id: endpoint.id, secret };
  });
}

/** Removes an address with its deliveries; what came in stays. Throws NOT_FOUND. */
export function deleteEndpoint(context: Context, id: string): Promise<string> {
  return transaction(context, async (tx) => {
    const { name } = await lockEndpoint(tx, id);
    await tables<WebhookTables>(tx).deleteFrom('connections.webhook_endpoint').where('id', '=', id).execute();
    await tell(tx, 'webhook.deleted', id, `${tx.principal.name} removed the webhook ${name}.`);
    return id;
  });
}

/** Works on one delivery again. Throws NOT_FOUND. */
export function replayDelivery(context: Context, id: string): Promise<number> {
  return transaction(context, async (tx) => {
    if (!isId(id)) throw notFound('delivery');
    const db = tables<WebhookTables>(tx);
    const { endpoint_id: endpointId } = await db
      .selectFrom('connections.webhook_delivery')
      .select('endpoint_id')
      .where('id', '=', id)
      .executeTakeFirstOrThrow(() => notFound('delivery'));
    const endpoint = await lockEndpoint(tx, endpointId);
    await db
      .updateTable('connections.webhook_delivery')
      .set({ state: 'WAITING', errors: [] })
      .where('id', '=', id)
      .execute();
    await replay(tx, endpoint, 1);
    return 1;
  });
}

/** Works again on what failed or had refused rows. Throws NOT_FOUND. */
export function replayFailed(context: Context, endpointId: string): Promise<number> {
  return transaction(context, async (tx) => {
    // A job that is about to end waits for this row.
    const endpoint = await lockEndpoint(tx, endpointId);
    const rows = await tables<WebhookTables>(tx)
      .updateTable('connections.webhook_delivery')
      .set({ state: 'WAITING', errors: [] })
      .where('endpoint_id', '=', endpoint.id)
      .where('state', 'in', ['FAILED', 'PARTIAL'])
      .returning('id')
      .execute();
    await replay(tx, endpoint, rows.length);
    return rows.length;
  });
}

async function replay(tx: Context, { id, name }: EndpointRow, count: number): Promise<void> {
  if (count > 0) await startDraining(tx, id);
  const deliveries = count === 1 ? 'a delivery' : `${count} deliveries`;
  await tell(tx, 'webhook.replayed', id, `${tx.principal.name} sent ${deliveries} of ${name} through again.`);
}

async function lockEndpoint(tx: Context, id: string): Promise<EndpointRow> {
  if (!isId(id)) throw notFound('webhook');
  const row = await tables<WebhookTables>(tx)
    .selectFrom('connections.webhook_endpoint')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow(() => notFound('webhook'));
  return row;
}

function tell(tx: Context, topic: string, id: string, summary: string): Promise<void> {
  return emit(tx, { topic, audit: true, subjectKind: 'webhookEndpoint', subjectId: id, summary });
}
