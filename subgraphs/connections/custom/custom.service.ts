import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { AppError, badInput, notFound } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import { isId } from '@liftos/core/subgraph.ts';
import type { SaveConnectorInput } from '../schema.generated.ts';
import type { CustomConnectorTable, CustomTables } from './custom-tables.ts';
import { platformIdOf } from './find-custom.ts';
import { readManifest, readName } from './manifest/read-manifest.ts';
import { versionText } from './custom.view.ts';

const mostCharacters = 256 * 1024;
const mostConnectors = 200;

/** Saves a text as a new connector or as a new version of one. Throws NOT_FOUND, CONFLICT or BAD_USER_INPUT. */
export async function saveConnector(context: Context, { id, text, basedOn }: SaveConnectorInput): Promise<string> {
  if (text.length > mostCharacters) throw badInput('input.text', 'A connector has at most 256 kB.');
  const draft = { text, name: await readName(context, text) };
  return transaction(context, (tx) => (id == null ? create(tx, draft) : addVersion(tx, id, draft, basedOn ?? null)));
}

interface Draft {
  text: string;
  /** Null when the text gives none. */
  name: string | null;
}

async function create(tx: Context, draft: Draft): Promise<string> {
  const db = tables<CustomTables>(tx);
  const { total } = await db
    .selectFrom('connections.custom_connector')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  if (Number(total) >= mostConnectors) {
    throw new AppError('QUOTA_EXCEEDED', `There are already ${mostConnectors} connectors.`);
  }
  const id = tx.newId();
  const name = draft.name ?? 'Connector without a name';
  const stamp = { created_at: tx.now(), updated_at: tx.now() };
  const row = { organization_id: tx.organizationId, id, name, version: 1, published_version: null, ...stamp };
  await db.insertInto('connections.custom_connector').values(row).execute();
  await keepVersion(tx, id, 1, draft.text);
  await tell(tx, 'created', id, `${tx.principal.name} declared the connector ${name}.`);
  return id;
}

async function addVersion(tx: Context, id: string, draft: Draft, basedOn: number | null): Promise<string> {
  const row = await lockConnector(tx, id);
  if (basedOn !== null && basedOn !== row.version) {
    const message = `Somebody saved version ${row.version} meanwhile; look at it before you save yours.`;
    throw new AppError('CONFLICT', message, { version: row.version });
  }
  if ((await versionText(tx, id, row.version)) === draft.text) return id;
  const name = draft.name ?? row.name;
  const version = row.version + 1;
  await keepVersion(tx, id, version, draft.text);
  await tables<CustomTables>(tx)
    .updateTable('connections.custom_connector')
    .set({ name, version, updated_at: tx.now() })
    .where('id', '=', id)
    .execute();
  await tell(tx, 'changed', id, `${tx.principal.name} saved version ${version} of the connector ${name}.`);
  return id;
}

async function keepVersion(tx: Context, id: string, version: number, text: string): Promise<void> {
  await tables<CustomTables>(tx)
    .insertInto('connections.custom_connector_version')
    .values({
      organization_id: tx.organizationId,
      connector_id: id,
      version,
      text,
      saved_by: tx.principal.name,
      saved_at: tx.now(),
    })
    .execute();
}

/** Lets connections run the latest version. Throws NOT_FOUND, or BAD_USER_INPUT with what is wrong. */
export function publishConnector(context: Context, id: string): Promise<string> {
  return transaction(context, async (tx) => {
    const { name, version, published_version: before } = await lockConnector(tx, id);
    const parsed = await readManifest(tx, await versionText(tx, id, version));
    if ('errors' in parsed) {
      throw badInput('id', 'Its mistakes have to be repaired before it can run.', { errors: parsed.errors });
    }
    if (before === version) return id;
    await tables<CustomTables>(tx)
      .updateTable('connections.custom_connector')
      .set({ published_version: version, updated_at: tx.now() })
      .where('id', '=', id)
      .execute();
    await tell(tx, 'published', id, `${tx.principal.name} published version ${version} of the connector ${name}.`);
    return id;
  });
}

/** Deletes a connector with its versions. Throws NOT_FOUND, or CONFLICT that names the connections that run it. */
export function deleteConnector(context: Context, id: string): Promise<string> {
  return transaction(context, async (tx) => {
    const { name } = await lockConnector(tx, id);
    const users = await tables<CustomTables>(tx)
      .selectFrom('connections.connection')
      .select(['id', 'name'])
      .where('platform', '=', platformIdOf(id))
      .orderBy('name')
      .execute();
    if (users.length > 0) {
      const names = users.map((user) => user.name);
      throw new AppError('CONFLICT', `It is used by ${names.slice(0, 5).join(', ')}; delete these connections first.`, {
        connections: users,
      });
    }
    await tables<CustomTables>(tx).deleteFrom('connections.custom_connector').where('id', '=', id).execute();
    await tell(tx, 'deleted', id, `${tx.principal.name} deleted the connector ${name}.`);
    return id;
  });
}

async function lockConnector(tx: Context, id: string): Promise<CustomConnectorTable> {
  if (!isId(id)) throw notFound('connector');
  const row = await tables<CustomTables>(tx)
    .selectFrom('connections.custom_connector')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw notFound('connector');
  return row;
}

function tell(tx: Context, what: string, id: string, summary: string): Promise<void> {
  return emit(tx, { topic: `connector.${what}`, audit: true, subjectKind: 'connector', subjectId: id, summary });
}
