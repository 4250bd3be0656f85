import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { emit } from '@liftos/core/events/events.ts';
import type { WebhookDeliveryState } from '../schema.generated.ts';
import type { ConnectionTable } from '../tables.ts';
import { markBroken } from '../sync/mark-broken.ts';
import type { ReadDelivery } from './map-deliveries.ts';
import { askForSync } from './sync-soon.jobs.ts';
import type { EndpointRow, WebhookTables } from './tables.ts';

/** The live event of deliveries. */
export const deliveredTopic = 'webhook.delivered';

/** What the event carries. */
export interface DeliveredPayload {
  deliveries: number;
  rowsStored: number;
  failed: number;
}

interface Outcome {
  id: string;
  state: WebhookDeliveryState;
  stored: number;
  refused: number;
  problems: readonly string[];
}

/** Marks deliveries as done, with everything else that follows from them, in one transaction. */
export async function settleDeliveries(
  context: Context,
  { endpoint, connection }: { endpoint: EndpointRow; connection: ConnectionTable },
  reads: readonly ReadDelivery[],
  stored: ReadonlyMap<string, number>,
): Promise<void> {
  const outcomes = reads.map((read) => outcomeOf(read, stored.get(read.delivery.id) ?? 0));
  const broken = reads.find((read) => read.broken)?.broken;
  const isKnown = await transaction(context, async (tx) => {
    // Connection, endpoint, deliveries: the order in which deleting locks them.
    if (connection.platform === 'webhook') await touchConnection(tx, connection.id, outcomes);
    if (broken) await holdConnection(tx, connection.id);
    await touchEndpoint(tx, endpoint.id);
    if (!(await mark(tx, outcomes))) return false;
    if (reads.some(({ sync }) => sync)) await askForSync(tx, endpoint);
    if (broken) await markBroken(tx, connection.id, broken);
    const failed = outcomes.filter(({ state }) => state === 'FAILED' || state === 'PARTIAL').length;
    const rowsStored = outcomes.reduce((sum, one) => sum + one.stored, 0);
    const payload: DeliveredPayload = { deliveries: outcomes.length, rowsStored, failed };
    await emit(tx, {
      topic: deliveredTopic,
      subjectKind: 'webhookEndpoint',
      subjectId: endpoint.id,
      payload: { ...payload },
    });
    return true;
  });
  if (!isKnown) await forgetIfDeleted(context, connection.id);
  for (const { state } of outcomes) context.runtime.metrics.webhookDeliveries.inc({ kind: endpoint.kind, state });
}

function outcomeOf({ delivery, problems, refused, sync, broken }: ReadDelivery, stored: number): Outcome {
  const rest = { id: delivery.id, stored, refused, problems };
  if (problems.length > 0) return { ...rest, state: stored > 0 ? 'PARTIAL' : 'FAILED' };
  return { ...rest, state: stored > 0 || sync || broken ? 'STORED' : 'IGNORED' };
}

/** False when the endpoint was deleted meanwhile, and its deliveries with it. */
async function mark(tx: Context, outcomes: readonly Outcome[]): Promise<boolean> {
  const { rows } = await sql`
    update connections.webhook_delivery delivery set state = outcome.state, handled_at = ${tx.now()},
      attempts = delivery.attempts + 1, rows_stored = outcome.stored, rows_refused = outcome.refused,
      errors = array(select jsonb_array_elements_text(outcome.problems))
    from unnest(${outcomes.map(({ id }) => id)}::uuid[], ${outcomes.map(({ state }) => state)}::text[],
      ${outcomes.map((one) => one.stored)}::int[], ${outcomes.map(({ refused }) => refused)}::int[],
      ${outcomes.map(({ problems }) => JSON.stringify(problems))}::jsonb[])
      as outcome (id, state, stored, refused, problems)
    where delivery.id = outcome.id returning delivery.id`.execute(tx.db);
  return rows.length > 0;
}

function touchEndpoint(tx: Context, id: string): Promise<unknown> {
  return tables<WebhookTables>(tx)
    .updateTable('connections.webhook_endpoint')
    .set({ last_delivery_at: tx.now() })
    .where('id', '=', id)
    .execute();
}

/** Where nothing but webhooks comes in, they are what a sync is elsewhere. */
function touchConnection(tx: Context, id: string, outcomes: readonly Outcome[]): Promise<unknown> {
  const isWell = outcomes.every(({ problems }) => problems.length === 0);
  return tables<WebhookTables>(tx)
    .updateTable('connections.connection')
    .set({ last_sync_at: tx.now(), last_result: isWell ? 'SUCCEEDED' : 'PARTIAL' })
    .where('id', '=', id)
    .execute();
}

/** Keeps the connection's row until the end; to mark it comes last, with its event. */
function holdConnection(tx: Context, id: string): Promise<unknown> {
  return tables<WebhookTables>(tx)
    .selectFrom('connections.connection')
    .select('id')
    .where('id', '=', id)
    .forUpdate()
    .execute();
}

/** A batch may reach memory just after its connection was deleted; then it must go as well. */
async function forgetIfDeleted(context: Context, connectionId: string): Promise<void> {
  const found = await tables<WebhookTables>(context)
    .selectFrom('connections.connection')
    .select('id')
    .where('id', '=', connectionId)
    .executeTakeFirst();
  if (!found) await context.ports.memory.forgetConnection(context, connectionId);
}
