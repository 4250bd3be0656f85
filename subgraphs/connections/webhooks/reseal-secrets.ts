import { sql } from 'kysely';
import { systemPrincipal, tables } from '@liftos/core/context.ts';
import { createContext } from '@liftos/core/create-context.ts';
import type { Runtime } from '@liftos/core/runtime.ts';
import { keyRing } from '../credentials/key-ring.ts';
import { openSecret, sealSecret } from './secrets.ts';
import type { WebhookTables } from './tables.ts';

const atOnce = 500;

interface Stored {
  organization_id: string;
  id: string;
  endpoint_id: string;
  sealed: string;
}

/** Seals secrets of all organisations anew that another key than the newest one protects. */
export async function resealSecrets(runtime: Runtime): Promise<void> {
  const { newest } = keyRing(runtime);
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const { rows } = await sql<Stored>`
      select organization_id, id, endpoint_id, sealed from connections.webhook_secret
      where id > ${after} and split_part(sealed, '.', 1) <> ${newest.id} order by id limit ${atOnce}`.execute(
      runtime.database.system,
    );
    for (const row of rows) {
      await reseal(runtime, row).catch((error: unknown) => {
        runtime.log.warn({ error, secretId: row.id }, 'A webhook secret cannot be opened; make a new one.');
      });
    }
    after = rows.at(-1)?.id ?? after;
    if (rows.length < atOnce) return;
  }
}

async function reseal(runtime: Runtime, row: Stored): Promise<void> {
  const context = createContext({ runtime, principal: systemPrincipal(row.organization_id) });
  const secret = await openSecret(context, row.endpoint_id, row.sealed);
  await tables<WebhookTables>(context)
    .updateTable('connections.webhook_secret')
    .set({ sealed: await sealSecret(context, row.endpoint_id, secret) })
    .where('id', '=', row.id)
    .where('sealed', '=', row.sealed)
    .execute();
}
