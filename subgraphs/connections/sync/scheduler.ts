import { systemPrincipal, tables, type Context } from '@liftos/core/context.ts';
import { createContext, transaction } from '@liftos/core/create-context.ts';
import type { Runtime } from '@liftos/core/runtime.ts';
import { nextRuns } from '../connection/schedule.pure.ts';
import type { ConnectionsTables } from '../tables.ts';
import { startSync } from './sync.service.ts';
import type { Kysely } from 'kysely';

/** How often due connections are looked for. */
const pauseMs = 1_000;
const atOnce = 100;

/** Starts due syncs until the returned function is called. */
export function startScheduler(runtime: Runtime): () => Promise<void> {
  let round: Promise<void> = Promise.resolve();
  const tick = (): void => {
    round = round
      .then(() => startDue(runtime))
      .catch((error: unknown) => runtime.log.error({ error }, 'Scheduled syncs could not be started.'));
  };
  const timer = setInterval(tick, pauseMs);
  tick();
  return async () => {
    clearInterval(timer);
    await round;
  };
}

/** Starts the sync of every connection that is due, in any organisation. */
export async function startDue(runtime: Runtime): Promise<void> {
  const due = await (runtime.database.system as Kysely<ConnectionsTables>)
    .selectFrom('connections.connection')
    .select(['organization_id', 'id'])
    .where('next_run_at', '<=', runtime.now())
    .orderBy('next_run_at')
    .limit(atOnce)
    .execute();
  for (const { organization_id: organizationId, id } of due) {
    const context = createContext({ runtime, principal: systemPrincipal(organizationId) });
    try {
      await transaction(context, (tx) => startIfDue(tx, id));
    } catch (error) {
      context.log.error({ error, connectionId: id }, 'A scheduled sync could not be started.');
      // The next one may; this one must not be tried again every second.
      await transaction(context, async (tx) => void (await takeTurn(tx, id)));
    }
  }
}

/** Moves a due connection on and starts its run in one transaction: a process that dies in between leaves none out. */
async function startIfDue(tx: Context, id: string): Promise<void> {
  if (!(await takeTurn(tx, id))) return;
  const active = await tables<ConnectionsTables>(tx)
    .selectFrom('connections.sync_run')
    .select('id')
    .where('connection_id', '=', id)
    .where('state', 'in', ['QUEUED', 'RUNNING'])
    .executeTakeFirst();
  // A run that is not over yet takes the place of this one.
  if (active) tx.log.info({ connectionId: id }, 'A scheduled sync was left out, as the one before still runs.');
  else await startSync(tx, id, 'SCHEDULE');
}

/** Moves a due connection to its next run; false when another process was faster. */
async function takeTurn(tx: Context, id: string): Promise<boolean> {
  const db = tables<ConnectionsTables>(tx);
  const row = await db
    .selectFrom('connections.connection')
    .select(['schedule', 'time_zone', 'next_run_at'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row?.schedule || !row.next_run_at || row.next_run_at > tx.now()) return false;
  await db
    .updateTable('connections.connection')
    .set({ next_run_at: nextRuns(row.schedule, row.time_zone, tx.now(), 1)[0] ?? null })
    .where('id', '=', id)
    .execute();
  return true;
}
