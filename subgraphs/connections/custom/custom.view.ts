import { tables, type Context } from '@liftos/core/context.ts';
import { notFound } from '@liftos/core/errors.ts';
import { loaderById } from '@liftos/core/subgraph.ts';
import type { CustomConnectorTable, CustomConnectorVersionTable, CustomTables } from './custom-tables.ts';
import { platformIdOf } from './find-custom.ts';

/** Connectors of the organisation, by name. */
export function listConnectors(context: Context): Promise<CustomConnectorTable[]> {
  return tables<CustomTables>(context)
    .selectFrom('connections.custom_connector')
    .selectAll()
    .orderBy('name')
    .orderBy('id')
    .execute();
}

/** Loads connectors by id, many at once. */
export function customConnectorLoader(context: Context) {
  return loaderById(context, 'CustomConnector', (inner, ids) =>
    tables<CustomTables>(inner).selectFrom('connections.custom_connector').selectAll().where('id', 'in', ids).execute(),
  );
}

/** Every version of a connector, newest first. */
export function listVersions(context: Context, id: string): Promise<CustomConnectorVersionTable[]> {
  return tables<CustomTables>(context)
    .selectFrom('connections.custom_connector_version')
    .selectAll()
    .where('connector_id', '=', id)
    .orderBy('version', 'desc')
    .execute();
}

/** Throws NOT_FOUND. */
export async function versionText(context: Context, id: string, version: number): Promise<string> {
  const row = await tables<CustomTables>(context)
    .selectFrom('connections.custom_connector_version')
    .select('text')
    .where('connector_id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (!row) throw notFound('connector');
  return row.text;
}

/** Ids of the connections that run a connector. */
export async function usersOf(context: Context, id: string): Promise<string[]> {
  const rows = await tables<CustomTables>(context)
    .selectFrom('connections.connection')
    .select('id')
    .where('platform', '=', platformIdOf(id))
    .orderBy('name')
    .execute();
  return rows.map((row) => row.id);
}
