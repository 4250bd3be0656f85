import { tables, type Context } from '@liftos/core/context.ts';
import type { StoredEvent } from '@liftos/core/events/events.ts';
import { liveEvents } from '@liftos/core/events/live-events.ts';
import { decodeCursor, page, pageSize } from '@liftos/core/pages.ts';
import { isId, loaderById } from '@liftos/core/subgraph.ts';
import type { SubscriptionWebhookDeliveredArgs, WebhookEndpointDeliveriesArgs } from '../schema.generated.ts';
import { deliveredTopic, type DeliveredPayload } from './settle-deliveries.ts';
import type { DeliveryRow, EndpointRow, SecretRow, WebhookTables } from './tables.ts';

async function endpointsById(context: Context, ids: readonly string[]): Promise<EndpointRow[]> {
  const rows = await tables<WebhookTables>(context)
    .selectFrom('connections.webhook_endpoint')
    .selectAll()
    .where('id', 'in', ids)
    .execute();
  return rows;
}

/** Loads endpoints by id, many at once. */
export function endpointLoader(context: Context) {
  return loaderById(context, 'WebhookEndpoint', endpointsById);
}

/** Endpoints, of all connections or of one, newest first. */
export async function listEndpoints(context: Context, connectionId: string | null): Promise<EndpointRow[]> {
  if (connectionId !== null && !isId(connectionId)) return [];
  let query = tables<WebhookTables>(context).selectFrom('connections.webhook_endpoint').selectAll();
  if (connectionId !== null) query = query.where('connection_id', '=', connectionId);
  return await query.orderBy('id', 'desc').execute();
}

/** Secrets of endpoints that still hold, newest first. */
export function secretsLoader(context: Context) {
  return context.loader<string, Omit<SecretRow, 'sealed'>[]>('WebhookSecret', async (ids) => {
    const rows = await tables<WebhookTables>(context)
      .selectFrom('connections.webhook_secret')
      .select(['organization_id', 'id', 'endpoint_id', 'created_at', 'expires_at'])
      .where('endpoint_id', 'in', ids)
      .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', context.now())]))
      .orderBy('id', 'desc')
      .execute();
    return ids.map((id) => rows.filter((row) => row.endpoint_id === id));
  });
}

/** Numbers of deliveries that wait at endpoints. */
export function waitingLoader(context: Context) {
  return context.loader<string, number>('WebhookEndpoint.waiting', async (ids) => {
    const rows = await tables<WebhookTables>(context)
      .selectFrom('connections.webhook_delivery')
      .select((eb) => ['endpoint_id' as const, eb.fn.countAll<number>().as('count')])
      .where('endpoint_id', 'in', ids)
      .where('state', '=', 'WAITING')
      .groupBy('endpoint_id')
      .execute();
    const counts = new Map(rows.map((row) => [row.endpoint_id, row.count]));
    return ids.map((id) => counts.get(id) ?? 0);
  });
}

/** A delivery without its body, which is read when asked for. */
export type ListedDelivery = Omit<DeliveryRow, 'content' | 'headers'>;

/** Deliveries of an endpoint, newest first. */
export async function listDeliveries(
  context: Context,
  endpointId: string,
  { first, after, states }: WebhookEndpointDeliveriesArgs,
) {
  const size = pageSize(first, 50);
  const before = decodeCursor(context.organizationId, after);
  let query = tables<WebhookTables>(context)
    .selectFrom('connections.webhook_delivery')
    .select(['organization_id', 'id', 'endpoint_id', 'event_id', 'event', 'state', 'bytes', 'received_at'])
    .select(['handled_at', 'attempts', 'rows_stored', 'rows_refused', 'errors'])
    .where('endpoint_id', '=', endpointId);
  if (before) query = query.where('id', '<', before);
  if (states) query = query.where('state', 'in', states);
  const rows = (await query
    .orderBy('id', 'desc')
    .limit(size + 1)
    .execute()) as ListedDelivery[];
  return page(context.organizationId, rows, size, ({ id }) => id);
}

/** Packed bodies of deliveries. */
export function contentLoader(context: Context) {
  return context.loader<string, Uint8Array>('WebhookDelivery.content', async (ids) => {
    const rows = await tables<WebhookTables>(context)
      .selectFrom('connections.webhook_delivery')
      .select(['id', 'content'])
      .where('id', 'in', ids)
      .execute();
    const found = new Map(rows.map((row) => [row.id, row.content]));
    return ids.map((id) => found.get(id) ?? new Uint8Array());
  });
}

export interface DeliveredStep extends DeliveredPayload {
  sequence: number;
  at: Date;
  endpoint: EndpointRow;
}

/** Each time deliveries were worked on; first those after `after`. */
export async function* followDeliveries(
  context: Context,
  { endpointId, after }: SubscriptionWebhookDeliveredArgs,
): AsyncGenerator<DeliveredStep> {
  const filter = (event: StoredEvent): boolean => !endpointId || event.subjectId === endpointId;
  for await (const event of liveEvents(context, { topics: [deliveredTopic], after, filter })) {
    const payload = event.payload as unknown as DeliveredPayload;
    const [endpoint] = await endpointsById(context, [event.subjectId ?? '']);
    // A subscription outlives what its loaders remember.
    secretsLoader(context).clearAll();
    waitingLoader(context).clearAll();
    if (endpoint) yield { ...payload, sequence: event.sequence, at: event.at, endpoint };
  }
}
