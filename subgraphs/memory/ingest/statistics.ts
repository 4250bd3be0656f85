import { sql } from 'kysely';
import { insideTransaction } from '@liftos/core/database/dialect.ts';
import type { Runtime } from '@liftos/core/runtime.ts';

/** Rows stored in this process since the planner was last told, and how many there were then. */
interface Growth {
  rows: number;
  known: number;
}

const growth = new WeakMap<Runtime, Growth>();

/** Fewer new rows than this do not change plans. */
const leastRows = 5000;

/**
 * Lets the embedded database count its tables anew when they have grown by half: it has no autovacuum, and without
 * statistics it plans joins as if tables were empty. A server does this by itself.
 */
export async function refreshStatistics(runtime: Runtime, stored: number): Promise<void> {
  if (runtime.database.driver.kind !== 'embedded') return;
  const state = growth.get(runtime) ?? { rows: 0, known: 0 };
  growth.set(runtime, state);
  state.rows += stored;
  if (state.rows < Math.max(leastRows, state.known / 2)) return;
  growth.set(runtime, { rows: 0, known: state.known + state.rows });
  const analyze = sql`analyze memory.fact, memory.entity, memory.item, memory.journey_key, memory.journey_block`;
  await insideTransaction
    .exit(() => analyze.execute(runtime.database.system))
    .catch((error: unknown) => runtime.log.warn({ error }, 'The statistics of the tables were not renewed.'));
}
