import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { isAppError } from '@liftos/core/errors.ts';
import { defineJob } from '@liftos/core/jobs/define-job.ts';
import type { ConnectionTable } from '../tables.ts';
import { mapDeliveries } from './map-deliveries.ts';
import { settleDeliveries } from './settle-deliveries.ts';
import { storeDeliveries } from './store-deliveries.ts';
import type { DeliveryRow, EndpointRow, WebhookTables } from './tables.ts';

/** Deliveries that are worked on together. */
const atOnce = 200;
/** Their bodies together; what is read at once keeps requests of others waiting. A delivery has at most half of it. */
const bytesAtOnce = 2 * 1024 * 1024;
/** Tries of a delivery that fails for no reason we know. */
const mostAttempts = 5;

interface Work {
  endpoint: EndpointRow;
  connection: ConnectionTable;
}

/**
 * Works on what waits at an endpoint, oldest first, until nothing does. A burst is stored in batches. Memory takes a
 * batch again without effect, so nothing is doubled when the process dies before the deliveries are marked as done.
 */
export const drainJob = defineJob<{ endpointId: string }>({
  type: 'connections.webhook-drain',
  maxAttempts: 30,
  concurrency: 4,
  timeoutSeconds: 3600,
  async handler(context, { endpointId }) {
    for (;;) {
      context.signal.throwIfAborted();
      const deliveries = await nextDeliveries(context, endpointId);
      if (deliveries.length > 0) await workOn(context, endpointId, deliveries);
      else if (await comeToRest(context, endpointId)) return;
    }
  },
  async onEnd(tx, { endpointId }) {
    await setIdle(tx, endpointId);
  },
});

async function nextDeliveries(context: Context, endpointId: string): Promise<DeliveryRow[]> {
  const rows = await tables<WebhookTables>(context)
    .selectFrom('connections.webhook_delivery')
    .select(['id', 'bytes'])
    .where('endpoint_id', '=', endpointId)
    .where('state', '=', 'WAITING')
    .orderBy('id')
    .limit(atOnce)
    .execute();
  let bytes = 0;
  const ids = rows.filter((row, index) => (bytes += row.bytes) <= bytesAtOnce || index === 0).map(({ id }) => id);
  if (ids.length === 0) return [];
  const found = await tables<WebhookTables>(context)
    .selectFrom('connections.webhook_delivery')
    .selectAll()
    .where('id', 'in', ids)
    .orderBy('id')
    .execute();
  return found;
}

/** True when nothing waits any more. Deliveries that arrive at this very moment have the row until they are kept. */
function comeToRest(context: Context, endpointId: string): Promise<boolean> {
  return transaction(context, async (tx) => {
    const db = tables<WebhookTables>(tx);
    await db
      .selectFrom('connections.webhook_endpoint')
      .select('id')
      .where('id', '=', endpointId)
      .forUpdate()
      .executeTakeFirst();
    const waiting = await db
      .selectFrom('connections.webhook_delivery')
      .select('id')
      .where('endpoint_id', '=', endpointId)
      .where('state', '=', 'WAITING')
      .limit(1)
      .executeTakeFirst();
    if (waiting) return false;
    await setIdle(tx, endpointId);
    return true;
  });
}

function setIdle(tx: Context, endpointId: string): Promise<unknown> {
  return tables<WebhookTables>(tx)
    .updateTable('connections.webhook_endpoint')
    .set({ draining: false })
    .where('id', '=', endpointId)
    .execute();
}

async function workOn(context: Context, endpointId: string, deliveries: readonly DeliveryRow[]): Promise<void> {
  const work = await findWork(context, endpointId);
  if (!work) return;
  try {
    await handle(context, work, deliveries);
  } catch (error) {
    if (context.signal.aborted || isPassing(error)) throw error;
    // One of them is unfit in a way that nobody foresaw; the others must not suffer.
    if (deliveries.length === 1) return giveUpOrRetry(context, work, deliveries[0]!, error);
    for (const one of deliveries) await workOn(context, endpointId, [one]);
  }
}

function isPassing(error: unknown): boolean {
  return isAppError(error) && ['UNAVAILABLE', 'TIMEOUT', 'RATE_LIMITED', 'CANCELLED'].includes(error.code);
}

async function findWork(context: Context, endpointId: string): Promise<Work | undefined> {
  const db = tables<WebhookTables>(context);
  const endpoint = await db
    .selectFrom('connections.webhook_endpoint')
    .selectAll()
    .where('id', '=', endpointId)
    .executeTakeFirst();
  const connection =
    endpoint &&
    (await db
      .selectFrom('connections.connection')
      .selectAll()
      .where('id', '=', endpoint.connection_id)
      .executeTakeFirst());
  return endpoint && connection ? { endpoint, connection } : undefined;
}

async function handle(context: Context, work: Work, deliveries: readonly DeliveryRow[]): Promise<void> {
  const { endpoint, connection } = work;
  const { reads, account } = await mapDeliveries(context, endpoint, connection, deliveries);
  const stored = await storeDeliveries(context, connection.id, account, reads);
  await settleDeliveries(context, work, reads, stored);
}

async function giveUpOrRetry(context: Context, work: Work, delivery: DeliveryRow, error: unknown): Promise<void> {
  context.log.warn({ error, deliveryId: delivery.id }, 'A webhook could not be worked on.');
  const isRefused = isAppError(error) && error.code === 'BAD_USER_INPUT';
  if (isRefused || delivery.attempts + 1 >= mostAttempts) {
    const line = isAppError(error) ? error.message : 'Something went wrong inside.';
    const read = { delivery, rows: [], problems: [line], refused: 0, sync: false };
    return settleDeliveries(context, work, [read], new Map());
  }
  await tables<WebhookTables>(context)
    .updateTable('connections.webhook_delivery')
    .set({ attempts: delivery.attempts + 1 })
    .where('id', '=', delivery.id)
    .execute();
  throw error;
}
