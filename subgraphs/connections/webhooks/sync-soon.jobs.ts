import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { isAppError } from '@liftos/core/errors.ts';
import { defineJob, Postpone } from '@liftos/core/jobs/define-job.ts';
import { enqueue } from '@liftos/core/jobs/jobs.ts';
import { startSync } from '../sync/sync.service.ts';
import type { EndpointRow, WebhookTables } from './tables.ts';

/** Deliveries of so long a time ask for one sync together. */
const gatherMs = 15_000;
const againMs = 30_000;

interface Payload {
  endpointId: string;
  connectionId: string;
}

/** Reads what changed at a platform whose webhooks only say that something did. */
export const syncSoonJob = defineJob<Payload>({
  type: 'connections.webhook-sync',
  concurrency: 1,
  async handler(context, { endpointId, connectionId }) {
    try {
      await startSync(context, connectionId, 'SCHEDULE');
    } catch (error) {
      if (!isAppError(error)) throw error;
      if (error.code !== 'CONFLICT') return context.logLine('warn', error.message);
      const until = new Date(context.now().getTime() + againMs);
      await setTime(context, endpointId, until);
      throw new Postpone(until, error.message);
    }
    await setTime(context, endpointId, null);
  },
});

function setTime(context: Context, endpointId: string, syncAt: Date | null): Promise<unknown> {
  return tables<WebhookTables>(context)
    .updateTable('connections.webhook_endpoint')
    .set({ sync_at: syncAt })
    .where('id', '=', endpointId)
    .execute();
}

/** Starts a sync of an endpoint's connection in a moment, unless one is planned already. */
export async function askForSync(tx: Context, { id, connection_id: connectionId }: EndpointRow): Promise<void> {
  const at = new Date(tx.now().getTime() + gatherMs);
  const { rows } = await sql`
    update connections.webhook_endpoint set sync_at = ${at}
    where id = ${id} and (sync_at is null or sync_at < ${tx.now()}) returning id`.execute(tx.db);
  if (rows.length === 0) return;
  const payload = { endpointId: id, connectionId };
  await enqueue(tx, syncSoonJob, payload, { subjectKind: 'webhookEndpoint', subjectId: id, startAfter: at });
}
