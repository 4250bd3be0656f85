import { tables, type Context } from '@liftos/core/context.ts';
import { isId } from '@liftos/core/subgraph.ts';
import type { Connector } from '../platforms/connector.ts';
import { compileManifest } from './compile/compile-manifest.pure.ts';
import type { CustomTables } from './custom-tables.ts';
import { readManifest } from './manifest/read-manifest.ts';

const prefix = 'custom:';

/** The id under which a custom connector is a platform. */
export function platformIdOf(connectorId: string): string {
  return `${prefix}${connectorId}`;
}

/** The custom connector behind a platform id; null for platforms that are none. */
function connectorIdOf(platform: string): string | null {
  const id = platform.startsWith(prefix) ? platform.slice(prefix.length) : '';
  return isId(id) ? id : null;
}

/**
 * Compiled connectors by organisation, id and version. A version never changes, so nothing here ever grows stale: which
 * one is published is read each time.
 */
const compiled = new Map<string, Connector>();
const mostCompiled = 500;

/** The published version of a connector that the organisation declared itself; undefined when there is none. */
export async function findCustomConnector(context: Context, platform: string): Promise<Connector | undefined> {
  const id = connectorIdOf(platform);
  if (id === null) return undefined;
  const [row] = await published(context, id);
  return row && (await load(context, row));
}

/** All published connectors of the organisation, by name. */
export async function listCustomPlatforms(context: Context): Promise<Connector[]> {
  const rows = await published(context);
  return Promise.all(rows.map((row) => load(context, row)));
}

interface Published {
  id: string;
  name: string;
  version: number;
}

async function published(context: Context, id?: string): Promise<Published[]> {
  let query = tables<CustomTables>(context)
    .selectFrom('connections.custom_connector')
    .select(['id', 'name', 'published_version'])
    .where('published_version', 'is not', null)
    .orderBy('name')
    .orderBy('id');
  if (id !== undefined) query = query.where('id', '=', id);
  return (await query.execute()).map((row) => ({ id: row.id, name: row.name, version: row.published_version! }));
}

async function load(context: Context, { id, name, version }: Published): Promise<Connector> {
  const key = `${context.organizationId}/${id}/${version}`;
  const known = compiled.get(key);
  if (known) return known;
  const row = await tables<CustomTables>(context)
    .selectFrom('connections.custom_connector_version')
    .select('text')
    .where('connector_id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  const parsed = row && (await readManifest(context, row.text));
  const platformId = platformIdOf(id);
  const readable = parsed && 'manifest' in parsed;
  const connector = readable ? compileManifest(parsed.manifest, platformId) : unreadable(platformId, name);
  const [oldest] = compiled.keys();
  if (compiled.size >= mostCompiled && oldest !== undefined) compiled.delete(oldest);
  compiled.set(key, connector);
  return connector;
}

/** A text that passed once and does no longer, as the language became stricter. Its connections are still shown. */
function unreadable(id: string, name: string): Connector {
  const summary = 'Its text has to be repaired and published again.';
  return { id, name, tier: null, category: 'custom', summary, modes: [], streams: [], live: null };
}
