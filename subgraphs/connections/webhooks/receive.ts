import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { systemPrincipal, tables, type Context } from '@liftos/core/context.ts';
import { createContext, transaction } from '@liftos/core/create-context.ts';
import { AppError, notFound } from '@liftos/core/errors.ts';
import { enqueue } from '@liftos/core/jobs/jobs.ts';
import type { WebhookPort, WebhookRequest } from '@liftos/core/ports/ports.ts';
import type { Runtime } from '@liftos/core/runtime.ts';
import type { WebhookKind } from '../schema.generated.ts';
import { pack, parsed } from './body.ts';
import { paypalCertificate } from './certificates.ts';
import { drainJob } from './drain.jobs.ts';
import { openSecret } from './secrets.ts';
import type { SignedRequest, Verdict } from './schemes/scheme.ts';
import { sourceOf } from './sources/registry.ts';
import type { WebhookSource } from './sources/webhook-source.ts';
import type { WebhookTables } from './tables.ts';

/** A refusal is written down at most so often: strangers must not make us write. */
const refusalPauseMs = 10_000;
const longestName = 200;

interface Endpoint {
  organization_id: string;
  id: string;
  kind: WebhookKind;
  sealed: string[];
}

/** Takes deliveries in: checks, keeps, and leaves the work to a job. */
export function webhookPort(runtime: Runtime): WebhookPort {
  return { receive: (request) => receive(runtime, request) };
}

async function receive(runtime: Runtime, request: WebhookRequest): Promise<{ repeated: boolean }> {
  const endpoint = await findEndpoint(runtime, request.endpointId);
  if (!endpoint) throw notFound('webhook');
  const context = createContext({ runtime, principal: systemPrincipal(endpoint.organization_id) });
  const source = sourceOf(endpoint.kind);
  const { byteOffset, byteLength, buffer } = request.body;
  const signed: SignedRequest = { ...request, body: Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength) };
  // WooCommerce turns a webhook on only when its ping is answered with 200.
  if (source.isPing?.(signed)) return { repeated: true };
  const verdict = await verify(context, endpoint, source, signed);
  runtime.metrics.webhooks.inc({ kind: endpoint.kind, outcome: verdict });
  if (verdict === 'ok') return keep(context, endpoint, source, signed);
  const reason = endpoint.sealed.length === 0 ? 'No secret is set yet.' : reasons[verdict];
  await noteRefusal(context, endpoint.id, reason);
  throw new AppError(verdict === 'too_old' ? 'BAD_USER_INPUT' : 'UNAUTHENTICATED', reason);
}

const reasons: Record<Exclude<Verdict, 'ok'>, string> = {
  unsigned: 'The delivery is not signed.',
  wrong: 'The signature does not hold.',
  too_old: 'The signature is too old, or from the future.',
};

/** Who an address belongs to is not known before, so this looks across organisations. */
async function findEndpoint({ database, now }: Runtime, publicId: string): Promise<Endpoint | undefined> {
  const { rows } = await sql<Endpoint>`
    select organization_id, id, kind, array(
      select sealed from connections.webhook_secret secret
      where secret.organization_id = endpoint.organization_id and secret.endpoint_id = endpoint.id
        and (secret.expires_at is null or secret.expires_at > ${now()})) as sealed
    from connections.webhook_endpoint endpoint where public_id = ${publicId}`.execute(database.system);
  return rows[0];
}

async function verify(
  context: Context,
  { id, sealed }: Endpoint,
  { scheme }: WebhookSource,
  signed: SignedRequest,
): Promise<Verdict> {
  const secrets = await Promise.all(sealed.map((one) => openSecret(context, id, one)));
  if (!scheme.certificateUrl) return scheme.verify(signed, secrets, context.now());
  const url = scheme.certificateUrl(signed);
  const certificate = url && secrets.length > 0 ? await paypalCertificate(context, url) : undefined;
  return scheme.verify(signed, secrets, context.now(), certificate ?? undefined);
}

async function keep(
  context: Context,
  endpoint: Endpoint,
  source: WebhookSource,
  { headers, body }: SignedRequest,
): Promise<{ repeated: boolean }> {
  const { id, event } = source.identify(headers, parsed(body));
  const content = await pack(body);
  return transaction(context, async (tx) => {
    const kept = await tables<WebhookTables>(tx)
      .insertInto('connections.webhook_delivery')
      .values({
        organization_id: tx.organizationId,
        id: tx.newId(),
        endpoint_id: endpoint.id,
        event_id: id === null ? `sha256:${digest(body)}` : short(id),
        event: clean(event),
        state: 'WAITING',
        headers: JSON.stringify(Object.fromEntries(source.headers.map((name) => [name, headers[name]]))) as never,
        content,
        bytes: body.length,
        received_at: tx.now(),
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!kept) return { repeated: true };
    await startDraining(tx, endpoint.id);
    return { repeated: false };
  });
}

/**
 * Sees to it that a job works on an endpoint's deliveries. The foreign key of a delivery that was just inserted holds
 * the endpoint's row, for which a job that is about to end waits: no delivery is left behind.
 */
export async function startDraining(tx: Context, endpointId: string): Promise<void> {
  const db = tables<WebhookTables>(tx);
  const idle = await db
    .selectFrom('connections.webhook_endpoint')
    .select('id')
    .where('id', '=', endpointId)
    .where('draining', '=', false)
    .executeTakeFirst();
  if (!idle) return;
  const started = await db
    .updateTable('connections.webhook_endpoint')
    .set({ draining: true })
    .where('id', '=', endpointId)
    .where('draining', '=', false)
    .returning('id')
    .executeTakeFirst();
  if (!started) return;
  await enqueue(tx, drainJob, { endpointId }, { subjectKind: 'webhookEndpoint', subjectId: endpointId, priority: 10 });
}

async function noteRefusal(context: Context, id: string, reason: string): Promise<void> {
  const now = context.now();
  await sql`
    update connections.webhook_endpoint set refused_at = ${now}, refusal = ${reason}
    where id = ${id} and (refused_at is null or refused_at < ${new Date(now.getTime() - refusalPauseMs)})`.execute(
    context.db,
  );
}

function digest(content: Buffer | string): string {
  return createHash('sha256').update(content).digest('hex');
}

/** An id that fits into an index, whatever was sent. */
function short(id: string): string {
  return id.length <= longestName && clean(id) === id ? id : `sha256:${digest(id)}`;
}

function clean(text: string): string {
  return text.replaceAll('\u0000', '\u2400').toWellFormed().slice(0, longestName);
}
