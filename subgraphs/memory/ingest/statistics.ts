import { sql } from 'kysely';
import { insideTransaction } from '@liftos/core/database/dialect.ts';
import type { Runtime } from '@liftos/core/runtime.ts';

/** Rows stored in this process since the planner was last told, and how many it knew of then. */
interface Growth {
  rows: number;
  known: number;
}

const growth = new WeakMap<Runtime, Growth>();

/** Fewer new rows than this do not change plans. */
const leastRows = 5000;

/** Their sizes decide how they are joined. */
const grown = ['memory.fact', 'memory.entity', 'memory.item', 'memory.journey_key', 'memory.journey_block'];

/**
 * Lets the database count its tables anew when they have grown by half; without statistics it plans joins as if tables
 * were empty. The embedded database has no autovacuum, and that of a server looks once a minute: too late for the
 * question that follows an upload. What another process counts already is left to it.
 */
export async function refreshStatistics(runtime: Runtime, stored: number): Promise<void> {
  const state = growth.get(runtime) ?? { rows: 0, known: 0 };
  growth.set(runtime, state);
  state.rows += stored;
  if (state.rows < Math.max(leastRows, state.known / 2)) return;
  state.rows = 0;
  const analyze = sql`analyze (skip_locked) ${sql.raw(grown.join(', '))}`;
  const { system } = runtime.database;
  await insideTransaction
    .exit(async () => {
      await analyze.execute(system);
      const { rows } = await sql<{ known: number }>`
        select sum(reltuples)::double precision as known from pg_class
        where oid = any(${grown}::text[]::regclass[])`.execute(system);
      state.known = rows[0]!.known;
    })
    .catch((error: unknown) => runtime.log.warn({ error }, 'The statistics of the tables were not renewed.'));
}
