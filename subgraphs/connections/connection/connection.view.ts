import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { decodeCursor, page, pageSize } from '@liftos/core/pages.ts';
import { loaderById } from '@liftos/core/subgraph.ts';
import type { QueryConnectionsArgs } from '../schema.generated.ts';
import type { ConnectionsTables, ConnectionTable } from '../tables.ts';

export interface ConnectionRow extends ConnectionTable {
  /** State of the run that is not over; null without one. */
  active_state: 'QUEUED' | 'RUNNING' | null;
}

function selectConnections(context: Context) {
  return tables<ConnectionsTables>(context)
    .selectFrom('connections.connection')
    .selectAll('connections.connection')
    .select(
      sql<'QUEUED' | 'RUNNING' | null>`(select state from connections.sync_run
        where connection_id = connection.id and state in ('QUEUED', 'RUNNING') limit 1)`.as('active_state'),
    );
}

export function connectionsById(context: Context, ids: readonly string[]): Promise<ConnectionRow[]> {
  return selectConnections(context).where('connections.connection.id', 'in', ids).execute();
}

/** Loads connections by id, many at once. */
export function connectionLoader(context: Context) {
  return loaderById(context, 'Connection', connectionsById);
}

/** Connections, newest first. */
export async function listConnections(context: Context, { first, after, platform }: QueryConnectionsArgs) {
  const size = pageSize(first, 50);
  const before = decodeCursor(context.organizationId, after);
  let query = selectConnections(context);
  let count = tables<ConnectionsTables>(context).selectFrom('connections.connection');
  if (platform) {
    query = query.where('connections.connection.platform', '=', platform);
    count = count.where('platform', '=', platform);
  }
  if (before) query = query.where('connections.connection.id', '<', before);
  const rows = await query
    .orderBy('connections.connection.id', 'desc')
    .limit(size + 1)
    .execute();
  const { total } = await count.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return { ...page(context.organizationId, rows, size, ({ id }) => id), totalCount: Number(total) };
}
