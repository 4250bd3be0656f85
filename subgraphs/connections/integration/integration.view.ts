import { tables, type Context } from '@liftos/core/context.ts';
import { decodeCursor, page, pageSize } from '@liftos/core/pages.ts';
import type { QueryIntegrationRunsArgs } from '../schema.generated.ts';
import type { IntegrationCheckTable, IntegrationRunTable, IntegrationTables } from './integration-tables.ts';

export function integrationRunsById(context: Context, ids: readonly string[]): Promise<IntegrationRunTable[]> {
  return tables<IntegrationTables>(context)
    .selectFrom('connections.integration_run')
    .selectAll()
    .where('id', 'in', ids)
    .execute();
}

/** Reports, newest first. */
export async function listIntegrationRuns(context: Context, { first, after }: QueryIntegrationRunsArgs) {
  const size = pageSize(first, 20);
  const before = decodeCursor(context.organizationId, after);
  let query = tables<IntegrationTables>(context).selectFrom('connections.integration_run').selectAll();
  if (before) query = query.where('id', '<', before);
  const rows = await query
    .orderBy('id', 'desc')
    .limit(size + 1)
    .execute();
  return page(context.organizationId, rows, size, ({ id }) => id);
}

/** The checks of a report in their order; loads for many reports at once, anew each time as they fill up. */
export function integrationChecks(context: Context, runId: string): Promise<IntegrationCheckTable[]> {
  const loader = context.loader<string, IntegrationCheckTable[]>('IntegrationCheck', async (runIds) => {
    const rows = await tables<IntegrationTables>(context)
      .selectFrom('connections.integration_check')
      .selectAll()
      .where('run_id', 'in', runIds)
      .orderBy('position')
      .execute();
    // A subscription outlives what its loaders remember.
    for (const id of runIds) loader.clear(id);
    return runIds.map((id) => rows.filter((row) => row.run_id === id));
  });
  return loader.load(runId);
}
