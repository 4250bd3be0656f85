import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { emit } from '@liftos/core/events/events.ts';
import { defineJob, type JobContext } from '@liftos/core/jobs/define-job.ts';
import { testSteps } from '../connection/test-connection.ts';
import { findConnector } from '../platforms/registry.ts';
import type { IntegrationScope, IntegrationState } from '../schema.generated.ts';
import type { ConnectionsTables, ConnectionTable } from '../tables.ts';
import { healthChecks, qualityChecks, sourceChecks } from './data-checks.ts';
import type { Check, IntegrationRunTable, IntegrationTables } from './integration-tables.ts';
import { recommendationsOf, stateOf } from './report.pure.ts';

export const integrationTopics = ['integration.progress', 'integration.finished'] as const;

/** Tests connections one after the other; one that was tested before a crash is not tested again. */
export const integrationJob = defineJob<{ runId: string }>({
  type: 'connections.integration-test',
  maxAttempts: 3,
  timeoutSeconds: 3600,
  async handler(context, { runId }) {
    const run = await begin(context, runId);
    if (!run) return;
    const done = await testedIn(context, runId);
    for (const [index, id] of run.connection_ids.entries()) {
      context.signal.throwIfAborted();
      if (!done.has(id)) await testOne(context, run, id, index);
      context.progress((index + 1) / run.connection_ids.length);
    }
    await finish(context, runId);
  },
  async onEnd(tx, { runId }, { state, message }) {
    await close(tx, runId, state === 'cancelled' ? 'CANCELLED' : 'FAILED', [], message);
  },
});

function begin(context: Context, runId: string): Promise<IntegrationRunTable | undefined> {
  return tables<IntegrationTables>(context)
    .updateTable('connections.integration_run')
    .set((eb) => ({ state: 'RUNNING', started_at: eb.fn.coalesce('started_at', eb.val(context.now())) }))
    .where('id', '=', runId)
    .where('state', 'in', ['QUEUED', 'RUNNING', 'FAILED'])
    .returningAll()
    .executeTakeFirst();
}

async function testedIn(context: Context, runId: string): Promise<Set<string>> {
  const rows = await tables<IntegrationTables>(context)
    .selectFrom('connections.integration_check')
    .select('connection_id')
    .distinct()
    .where('run_id', '=', runId)
    .execute();
  return new Set(rows.map(({ connection_id: id }) => id));
}

async function testOne(context: JobContext, run: IntegrationRunTable, id: string, index: number): Promise<void> {
  const connection = await tables<ConnectionsTables>(context)
    .selectFrom('connections.connection')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  // It may have been deleted meanwhile.
  if (!connection) return;
  const checks = await checksOf(context, run.scope, connection);
  context.logLine(
    'info',
    `${connection.name}: ${checks.filter(({ state }) => state === 'PASSED').length} of ${checks.length}.`,
  );
  await transaction(context, async (tx) => {
    await keep(tx, run, connection, checks, index);
    await announce(tx, run.id, 'integration.progress', `${connection.name} was tested.`);
  });
}

async function checksOf(context: JobContext, scope: IntegrationScope, connection: ConnectionTable): Promise<Check[]> {
  const checks = await connectionChecks(context, connection);
  if (scope !== 'SUITE') return checks;
  return [
    ...checks,
    ...(await qualityChecks(context, connection)),
    ...(await healthChecks(context, connection)),
    ...(await sourceChecks(context, connection)),
  ];
}

async function connectionChecks(context: JobContext, connection: ConnectionTable): Promise<Check[]> {
  const part = 'CONNECTION';
  const nothing = await nothingToReach(context, connection);
  if (nothing)
    return [{ part, name: 'connectivity', state: 'SKIPPED', milliseconds: null, message: nothing, hint: null }];
  const steps = await testSteps(context, connection);
  return steps.map(({ name, ok, milliseconds, message, hint }) => ({
    part,
    name: name.toLowerCase(),
    state: ok ? 'PASSED' : 'FAILED',
    milliseconds,
    message,
    hint: hint ?? null,
  }));
}

async function nothingToReach(context: Context, { mode, platform, auth_state: auth }: ConnectionTable) {
  if (mode === 'MOCK') return 'Generated data needs no connection.';
  if (mode === 'FILE') return 'Files need no connection.';
  if (mode === 'AUTO' && auth === 'NONE') return 'It is not let in yet, so that generated data is used.';
  return (await findConnector(context, platform))?.live ? null : 'Data comes by itself; there is nothing to reach.';
}

/** So many checks of one connection at the most; they keep their place whatever is tested again. */
const placesPerConnection = 100;

async function keep(
  tx: Context,
  run: IntegrationRunTable,
  connection: ConnectionTable,
  checks: readonly Check[],
  index: number,
): Promise<void> {
  const rows = checks.map((check, place) => ({
    organization_id: tx.organizationId,
    run_id: run.id,
    position: index * placesPerConnection + place,
    connection_id: connection.id,
    connection_name: connection.name,
    ...check,
  }));
  await tables<IntegrationTables>(tx).insertInto('connections.integration_check').values(rows).execute();
}

function finish(context: Context, runId: string): Promise<void> {
  return transaction(context, async (tx) => {
    const checks = await tables<IntegrationTables>(tx)
      .selectFrom('connections.integration_check')
      .selectAll()
      .where('run_id', '=', runId)
      .orderBy('position')
      .execute();
    await close(tx, runId, stateOf(checks), recommendationsOf(checks), null);
  });
}

async function close(
  tx: Context,
  runId: string,
  state: IntegrationState,
  recommendations: string[],
  reason: string | null,
): Promise<void> {
  const { rows } = await sql`
    update connections.integration_run set state = ${state}, recommendations = ${recommendations}::text[],
      reason = ${reason}, finished_at = ${tx.now()}
    where id = ${runId} and state in ('QUEUED', 'RUNNING') returning id`.execute(tx.db);
  if (rows.length > 0) await announce(tx, runId, 'integration.finished', `Integration tests: ${state.toLowerCase()}.`);
}

function announce(
  tx: Context,
  runId: string,
  topic: (typeof integrationTopics)[number],
  summary: string,
): Promise<unknown> {
  return emit(tx, { topic, subjectKind: 'integrationRun', subjectId: runId, summary });
}
