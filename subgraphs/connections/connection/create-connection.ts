import { tables, type Context } from '@liftos/core/context.ts';
import { badInput, notFound } from '@liftos/core/errors.ts';
import { isId } from '@liftos/core/subgraph.ts';
import { renewedCredential } from '../oauth/request-token.ts';
import type { AuthMethod, Credential, Values } from '../platforms/auth-method.ts';
import type { CreateConnectionInput, FieldValueInput } from '../schema.generated.ts';
import type { ConnectionsTables, ConnectionTable, LiveSettings } from '../tables.ts';
import { checkFields } from './check-fields.pure.ts';
import { draftOf, livePlatform, type LivePlatform } from './draft.ts';
import { createLetIn, letInAgain } from './let-in.ts';

/** Connects a platform with keys that were typed in. Throws BAD_USER_INPUT naming the field. */
export async function createConnection(context: Context, input: CreateConnectionInput): Promise<string> {
  const connector = await livePlatform(context, input.platform);
  const method = typedMethod(connector, input.method);
  const draft = draftOf(context, connector, method, input);
  const credential = typedCredential(method, input.secrets, 'input.secrets');
  return createLetIn(context, connector, draft, credential, input.accounts ?? null);
}

/**
 * Puts new keys in place of those that a connection has. Throws NOT_FOUND, BAD_USER_INPUT naming the field, CONFLICT for
 * keys of another account, and what the platform says to them; the old ones stay then.
 */
export async function replaceCredentials(
  context: Context,
  connectionId: string,
  secrets: readonly FieldValueInput[],
): Promise<string> {
  const connection = await findConnection(context, connectionId);
  const connector = await livePlatform(context, connection.platform);
  const { method: usual, values } = connection.settings as LiveSettings;
  const method = typedMethod(connector, usual);
  const typed = typedCredential(method, secrets, 'secrets');
  await letInAgain(
    context,
    connection,
    connector,
    method,
    await readyCredential(context, connector, method, values, typed),
  );
  return connection.id;
}

/** What was typed in, with a token where one has to be made of it. Throws what the platform says to it. */
export function readyCredential(
  context: Context,
  connector: LivePlatform,
  method: AuthMethod,
  settings: Values,
  typed: Credential,
): Promise<Credential> {
  return method.kind === 'mint'
    ? renewedCredential(context, { connector, method, settings }, typed)
    : Promise.resolve(typed);
}

/** A way in whose fields are typed in. Throws BAD_USER_INPUT. */
export function typedMethod({ live }: LivePlatform, id: string): AuthMethod {
  const method = live.auth.find((candidate) => candidate.id === id);
  if (!method) throw badInput('input.method', 'The platform has no such way in.');
  if (method.fields.length === 0) throw badInput('input.method', 'Nothing is typed in for this way; log in instead.');
  return method;
}

/** What was typed in, checked. Throws BAD_USER_INPUT naming the field. */
export function typedCredential(method: AuthMethod, secrets: readonly FieldValueInput[], path: string): Credential {
  return { values: checkFields(method.fields, secrets, path), extra: {} };
}

/** Throws NOT_FOUND. */
export async function findConnection(context: Context, id: string): Promise<ConnectionTable> {
  if (!isId(id)) throw notFound('connection');
  return tables<ConnectionsTables>(context)
    .selectFrom('connections.connection')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirstOrThrow(() => notFound('connection'));
}
