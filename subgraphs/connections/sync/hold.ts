import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';

/** Asks all workers to leave a platform alone for a while. A later end wins. Returns when it goes on. */
export async function holdConnection(
  context: Context,
  connectionId: string,
  seconds: number,
  reason: string,
): Promise<Date> {
  const until = new Date(context.now().getTime() + seconds * 1000);
  const { rows } = await sql<{ until: Date }>`
    insert into connections.hold (organization_id, connection_id, until, reason)
    select ${context.organizationId}, id, ${until}, ${reason} from connections.connection where id = ${connectionId}
    on conflict (organization_id, connection_id) do update
      set until = greatest(hold.until, excluded.until), reason = excluded.reason
    returning until`.execute(context.db);
  return rows[0]?.until ?? until;
}
