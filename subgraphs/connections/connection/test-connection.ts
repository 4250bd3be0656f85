import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { AppError, badInput, isAppError } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import type { ConnectionTestTable, CredentialTables } from '../credentials/credential-tables.ts';
import { auditAccess, credentialFor } from '../credentials/credential.service.ts';
import type { TestCredentialsInput, TestStep } from '../schema.generated.ts';
import type { ConnectionTable, LiveSettings } from '../tables.ts';
import { findConnection, readyCredential, typedCredential, typedMethod } from './create-connection.ts';
import { draftOf, livePlatform } from './draft.ts';
import { runTestSteps } from './test-steps.ts';

const keptTests = 20;
const mostAtOnce = 50;

export interface ConnectionTestView {
  id: string;
  ok: boolean;
  steps: readonly TestStep[];
  at: Date;
}

/** Tries a connection step by step and keeps how it went. Throws NOT_FOUND, BAD_USER_INPUT for what is not read live. */
export async function testConnection(context: Context, id: string): Promise<ConnectionTestView> {
  const connection = await findConnection(context, id);
  return keepTest(context, connection, await testSteps(context, connection));
}

/** The steps of a test, ending with the first that fails. Throws BAD_USER_INPUT for what is not read live. */
export async function testSteps(context: Context, connection: ConnectionTable): Promise<TestStep[]> {
  const connector = await livePlatform(context, connection.platform);
  const { method } = connection.settings as Partial<LiveSettings>;
  if (method === undefined) throw badInput('id', 'Generated data cannot be tested.');
  await auditAccess(context, connection, 'for a test');
  return runTestSteps(context, connector, connection, () => credentialFor(context, connection));
}

/** Tries many connections one after the other; one that cannot be tested keeps nothing from the others. */
export async function testConnections(context: Context, ids: readonly string[]) {
  if (ids.length > mostAtOnce) throw badInput('ids', `At most ${mostAtOnce} at once.`);
  const results: { connectionId: string; test: ConnectionTestView | null; reason: string | null }[] = [];
  for (const connectionId of ids) {
    try {
      results.push({ connectionId, test: await testConnection(context, connectionId), reason: null });
    } catch (error) {
      if (!isAppError(error)) throw error;
      results.push({ connectionId, test: null, reason: error.message });
    }
  }
  return results;
}

/** Tries keys that are not stored. Throws BAD_USER_INPUT naming the field. */
export async function testCredentials(context: Context, input: TestCredentialsInput): Promise<ConnectionTestView> {
  const connector = await livePlatform(context, input.platform);
  const method = typedMethod(connector, input.method);
  const typed = typedCredential(method, input.secrets, 'input.secrets');
  const draft = draftOf(context, connector, method, { settings: input.settings ?? [], mode: 'LIVE' });
  const connection = { ...draft, id: context.newId(), organization_id: context.organizationId };
  const steps = await runTestSteps(context, connector, connection as ConnectionTable, () =>
    readyCredential(context, connector, method, draft.settings.values, typed),
  );
  return { id: connection.id, ok: steps.every(({ ok }) => ok), steps, at: context.now() };
}

async function keepTest(
  context: Context,
  connection: ConnectionTable,
  steps: readonly TestStep[],
): Promise<ConnectionTestView> {
  const test = { id: context.newId(), ok: steps.every(({ ok }) => ok), steps, at: context.now() };
  await transaction(context, async (tx) => {
    await tables<CredentialTables>(tx)
      .insertInto('connections.connection_test')
      .values({
        organization_id: tx.organizationId,
        id: test.id,
        connection_id: connection.id,
        ok: test.ok,
        steps: JSON.stringify(steps),
        created_at: test.at,
      })
      .execute();
    await sql`delete from connections.connection_test where connection_id = ${connection.id} and id not in (
      select id from connections.connection_test where connection_id = ${connection.id}
      order by id desc limit ${keptTests})`.execute(tx.db);
    await emit(tx, {
      topic: 'connection.tested',
      audit: true,
      subjectKind: 'connection',
      subjectId: connection.id,
      summary: `${tx.principal.name} tested ${connection.name}: ${test.ok ? 'all is well' : 'something is wrong'}.`,
    });
  });
  return test;
}

/** The last tests of connections, newest first. */
export function testLoader(context: Context) {
  return context.loader<string, ConnectionTestView[]>('ConnectionTest', async (ids) => {
    const rows = await tables<CredentialTables>(context)
      .selectFrom('connections.connection_test')
      .selectAll()
      .where('connection_id', 'in', ids)
      .orderBy('id', 'desc')
      .execute();
    return ids.map((id) => rows.filter((row) => row.connection_id === id).map((row) => viewOf(row)));
  });
}

function viewOf({ id, ok, steps, created_at: at }: ConnectionTestTable): ConnectionTestView {
  if (!Array.isArray(steps)) throw new AppError('INTERNAL', 'A stored test cannot be read.');
  return { id, ok, steps: steps as TestStep[], at };
}
