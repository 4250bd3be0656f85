import { sql } from 'kysely';
import type { Runtime } from '@liftos/core/runtime.ts';

/** Answers of platforms are kept so many days. */
const keptDays = 30;
const pauseMs = 3_600_000;
/** So many at once, so that nobody waits long for the table. */
const atOnce = 500;

/** Removes old answers of platforms now and every hour until the returned function is called. */
export function startForgettingRaw(runtime: Runtime): () => Promise<void> {
  let round: Promise<void> = Promise.resolve();
  let stopped = false;
  const tick = (): void => {
    round = round
      .then(() => forgetRaw(runtime, () => stopped))
      .catch((error: unknown) => runtime.log.error({ error }, 'Old answers of platforms could not be removed.'));
  };
  const timer = setInterval(tick, pauseMs);
  tick();
  return async () => {
    stopped = true;
    clearInterval(timer);
    await round;
  };
}

/** Removes answers that are older than 30 days, in any organisation. */
export async function forgetRaw(runtime: Runtime, isStopped: () => boolean = () => false): Promise<void> {
  const before = new Date(runtime.now().getTime() - keptDays * 86_400_000);
  for (let removed = atOnce; removed === atOnce && !isStopped();) {
    const { rows } = await sql`
      delete from connections.raw_page where (organization_id, id) in
        (select organization_id, id from connections.raw_page where fetched_at < ${before} limit ${atOnce})
      returning id`.execute(runtime.database.system);
    removed = rows.length;
  }
}
