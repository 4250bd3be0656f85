import type { Kysely } from 'kysely';
import { systemPrincipal } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import type { Runtime } from '@liftos/core/runtime.ts';
import { addDays, dayIn } from '../sync/plan-slices.pure.ts';
import type { ConnectionsTables, ConnectionTable } from '../tables.ts';

const pauseMs = 3_600_000;

/**
 * The first day of which a connection's data is kept; null when all of it is, as long as the organisation keeps data.
 * One day more than was asked for, as somewhere it is still the day before.
 */
export function firstKeptDay(
  { retention_days: days }: Pick<ConnectionTable, 'retention_days'>,
  now: Date,
): string | null {
  return days === null ? null : addDays(dayIn(now, 'UTC'), -days - 1);
}

/** Removes what connections keep no longer, now and every hour until the returned function is called. */
export function startForgettingOld(runtime: Runtime): () => Promise<void> {
  const stopped = new AbortController();
  let round: Promise<void> = Promise.resolve();
  const tick = (): void => {
    round = round
      .then(() => forgetOld(runtime, stopped.signal))
      .catch((error: unknown) => runtime.log.error({ error }, 'Old data could not be removed.'));
  };
  const timer = setInterval(tick, pauseMs);
  tick();
  return async () => {
    stopped.abort();
    clearInterval(timer);
    await round;
  };
}

/** Removes from memory what connections keep no longer, in any organisation. */
export async function forgetOld(runtime: Runtime, signal: AbortSignal): Promise<void> {
  const rows = await (runtime.database.system as Kysely<ConnectionsTables>)
    .selectFrom('connections.connection')
    .select(['organization_id', 'id', 'retention_days'])
    .where('retention_days', 'is not', null)
    .execute();
  for (const row of rows) {
    if (signal.aborted) return;
    const context = createContext({ runtime, principal: systemPrincipal(row.organization_id), signal });
    try {
      await context.ports.memory.forgetBefore(context, row.id, firstKeptDay(row, runtime.now())!);
    } catch (error) {
      // The others are none the worse for it, and the next round tries again.
      context.log.warn({ error, connectionId: row.id }, 'Old data of a connection could not be removed.');
    }
  }
}
