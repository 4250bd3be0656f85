import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { badInput } from '@liftos/core/errors.ts';
import { emit, type StoredEvent } from '@liftos/core/events/events.ts';
import { liveEvents } from '@liftos/core/events/live-events.ts';
import { enqueue } from '@liftos/core/jobs/jobs.ts';
import { isId } from '@liftos/core/subgraph.ts';
import type { RunIntegrationTestsInput, SubscriptionIntegrationProgressArgs } from '../schema.generated.ts';
import type { ConnectionsTables } from '../tables.ts';
import type { IntegrationRunTable, IntegrationTables } from './integration-tables.ts';
import { integrationJob, integrationTopics } from './integration.jobs.ts';
import { integrationRunsById } from './integration.view.ts';

/** Starts tests in the background. Throws BAD_USER_INPUT when there is nothing to test. */
export function runIntegrationTests(context: Context, input: RunIntegrationTestsInput): Promise<IntegrationRunTable> {
  return transaction(context, async (tx) => {
    const connectionIds = await chosen(tx, input);
    if (connectionIds.length === 0) throw badInput('input.connectionIds', 'There is no connection to test.');
    const run = await tables<IntegrationTables>(tx)
      .insertInto('connections.integration_run')
      .values({
        organization_id: tx.organizationId,
        id: tx.newId(),
        scope: input.scope,
        state: 'QUEUED',
        connection_ids: connectionIds,
        requested_by: tx.principal.name,
        recommendations: [],
        reason: null,
        created_at: tx.now(),
        started_at: null,
        finished_at: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await enqueue(tx, integrationJob, { runId: run.id }, { subjectKind: 'integrationRun', subjectId: run.id });
    await emit(tx, {
      topic: 'integration.started',
      audit: true,
      subjectKind: 'integrationRun',
      subjectId: run.id,
      summary: `${tx.principal.name} tests ${connectionIds.length === 1 ? 'a connection' : `${connectionIds.length} connections`}.`,
    });
    return run;
  });
}

async function chosen(tx: Context, { scope, connectionIds }: RunIntegrationTestsInput): Promise<string[]> {
  const ids = (connectionIds ?? []).filter(isId);
  let query = tables<ConnectionsTables>(tx).selectFrom('connections.connection').select('id').orderBy('id');
  if (scope === 'CONNECTION') query = query.where('id', 'in', ids.length > 0 ? ids : [null as never]);
  return (await query.execute()).map(({ id }) => id);
}

/** Each step of tests, of one run or of all. */
export async function* followIntegration(context: Context, { runId, after }: SubscriptionIntegrationProgressArgs) {
  const filter = (event: StoredEvent): boolean => !runId || event.subjectId === runId;
  for await (const event of liveEvents(context, { topics: integrationTopics, after, filter })) {
    const [run] = await integrationRunsById(context, [event.subjectId!]);
    if (run) yield { sequence: event.sequence, at: event.at, integrationRun: run };
  }
}
