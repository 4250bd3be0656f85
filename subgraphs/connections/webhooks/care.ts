import { sql } from 'kysely';
import { systemPrincipal } from '@liftos/core/context.ts';
import { createContext, transaction } from '@liftos/core/create-context.ts';
import type { Runtime } from '@liftos/core/runtime.ts';
import { startDraining } from './receive.ts';

/** Deliveries are kept this long. */
const keptMs = 30 * 86_400_000;
const pauseMs = 60_000;
/** What waits longer than this at an endpoint that nobody works on was left behind by a failure. */
const strandedMs = 30_000;
const atOnce = 5000;

/** Looks after deliveries now and every minute until the returned function is called. */
export function startWebhookCare(runtime: Runtime): () => Promise<void> {
  let round: Promise<void> = Promise.resolve();
  const tick = (): void => {
    round = round
      .then(() => careForWebhooks(runtime))
      .catch((error: unknown) => runtime.log.error({ error }, 'Webhook deliveries could not be looked after.'));
  };
  const timer = setInterval(tick, pauseMs);
  tick();
  return async () => {
    clearInterval(timer);
    await round;
  };
}

/** Removes old deliveries and secrets that no longer hold, and picks up deliveries that were left behind. */
export async function careForWebhooks(runtime: Runtime): Promise<void> {
  const { system } = runtime.database;
  const now = runtime.now();
  await sql`delete from connections.webhook_secret where expires_at < ${now}`.execute(system);
  for (;;) {
    const { numAffectedRows = 0n } = await sql`
      delete from connections.webhook_delivery where (organization_id, id) in (
        select organization_id, id from connections.webhook_delivery
        where received_at < ${new Date(now.getTime() - keptMs)} limit ${atOnce})`.execute(system);
    if (numAffectedRows < atOnce) break;
  }
  const { rows } = await sql<{ organization_id: string; id: string }>`
    select organization_id, id from connections.webhook_endpoint endpoint
    where not draining and exists (
      select from connections.webhook_delivery delivery
      where delivery.organization_id = endpoint.organization_id and delivery.endpoint_id = endpoint.id
        and state = 'WAITING' and received_at < ${new Date(now.getTime() - strandedMs)})`.execute(system);
  for (const { organization_id: organizationId, id } of rows) {
    const context = createContext({ runtime, principal: systemPrincipal(organizationId) });
    await transaction(context, (tx) => startDraining(tx, id));
  }
}
