import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import type { Runtime } from '@liftos/core/runtime.ts';
import type { ConnectionsTables } from '../tables.ts';

/** Uploads are kept this long after they arrived. */
const keptMs = 7 * 86_400_000;
const pauseMs = 3_600_000;

/** Removes old uploads now and every hour until the returned function is called. */
export function startCleanUp(runtime: Runtime): () => Promise<void> {
  let round: Promise<void> = Promise.resolve();
  const tick = (): void => {
    round = round
      .then(() => cleanUp(runtime))
      .catch((error: unknown) => runtime.log.error({ error }, 'Old uploads could not be removed.'));
  };
  const timer = setInterval(tick, pauseMs);
  tick();
  return async () => {
    clearInterval(timer);
    await round;
  };
}

/** Removes uploads whose time is over, unless an import still reads them, and files that no upload belongs to. */
export async function cleanUp(runtime: Runtime): Promise<void> {
  const db = runtime.database.system as Kysely<ConnectionsTables>;
  const before = new Date(runtime.now().getTime() - keptMs);
  await db
    .deleteFrom('connections.upload')
    .where('created_at', '<', before)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('connections.sync_run')
            .select('connections.sync_run.id')
            .whereRef('connections.sync_run.upload_id', '=', 'connections.upload.id')
            .whereRef('connections.sync_run.organization_id', '=', 'connections.upload.organization_id')
            .where('connections.sync_run.state', 'in', ['QUEUED', 'RUNNING']),
        ),
      ),
    )
    .execute();
  const root = join(runtime.config.LIFTOS_DATA_DIR, 'uploads');
  for (const organization of await readdir(root).catch(() => [])) {
    await removeStrays(db, join(root, organization), organization, before);
  }
}

/** Files without a row: of deleted uploads, or left by a process that died while one arrived. */
async function removeStrays(
  db: Kysely<ConnectionsTables>,
  folder: string,
  organizationId: string,
  before: Date,
): Promise<void> {
  const rows = await db
    .selectFrom('connections.upload')
    .select('id')
    .where('organization_id', '=', organizationId)
    .execute();
  const known = new Set(rows.map(({ id }) => id));
  for (const name of await readdir(folder)) {
    if (known.has(name)) continue;
    const path = join(folder, name);
    // A younger one may be arriving just now.
    if ((await stat(path)).mtime < before) await rm(path);
  }
}
