import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { Runtime } from '@liftos/core/runtime.ts';
import type { MemoryTables } from '../tables.ts';

/** A folder without an export is left alone so long: its export may be about to begin. */
const graceMillis = 3_600_000;

/** Removes exports whose time is over, and files that no export belongs to. */
export async function cleanUpExports(runtime: Runtime): Promise<void> {
  const db = runtime.database.system as Kysely<MemoryTables>;
  await db.deleteFrom('memory.data_export').where('expires_at', '<=', runtime.now()).execute();
  const root = join(runtime.config.LIFTOS_DATA_DIR, 'exports');
  const known = new Set((await db.selectFrom('memory.data_export').select('id').execute()).map(({ id }) => id));
  const oldest = runtime.now().getTime() - graceMillis;
  for (const organization of await readdir(root).catch(() => [])) {
    const folder = join(root, organization);
    for (const id of await readdir(folder)) {
      const path = join(folder, id);
      if (!known.has(id) && (await stat(path)).mtimeMs < oldest) await rm(path, { recursive: true, force: true });
    }
    // Only works, and only should, when nothing is left in it.
    await rmdir(folder).catch(() => undefined);
  }
}
