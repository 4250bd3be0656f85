import type { Context } from '@liftos/core/context.ts';
import { loaderById } from '@liftos/core/subgraph.ts';
import type {
  CheckState,
  MutationRunIntegrationTestsArgs,
  QueryIntegrationRunArgs,
  QueryIntegrationRunsArgs,
  SubscriptionIntegrationProgressArgs,
} from '../schema.generated.ts';
import type { IntegrationCheckTable, IntegrationRunTable } from './integration-tables.ts';
import { followIntegration, runIntegrationTests } from './integration.service.ts';
import { integrationChecks, integrationRunsById, listIntegrationRuns } from './integration.view.ts';

function runOf(context: Context, id: string) {
  return loaderById(context, 'IntegrationRun', integrationRunsById).load(id);
}

async function count(context: Context, { id }: IntegrationRunTable, state: CheckState): Promise<number> {
  return (await integrationChecks(context, id)).filter((check) => check.state === state).length;
}

export const integrationResolvers = {
  Query: {
    integrationRuns: (_: unknown, args: QueryIntegrationRunsArgs, context: Context) =>
      listIntegrationRuns(context, args),
    integrationRun: (_: unknown, { id }: QueryIntegrationRunArgs, context: Context) => runOf(context, id),
  },
  Mutation: {
    runIntegrationTests: async (_: unknown, { input }: MutationRunIntegrationTestsArgs, context: Context) => ({
      integrationRun: await runIntegrationTests(context, input),
    }),
  },
  Subscription: {
    integrationProgress: {
      subscribe: (_: unknown, args: SubscriptionIntegrationProgressArgs, context: Context) =>
        followIntegration(context, args),
      resolve: (step: unknown) => step,
    },
  },
  IntegrationRun: {
    __resolveReference: ({ id }: { id: string }, context: Context) => runOf(context, id),
    requestedBy: (run: IntegrationRunTable) => run.requested_by,
    createdAt: (run: IntegrationRunTable) => run.created_at,
    startedAt: (run: IntegrationRunTable) => run.started_at,
    finishedAt: (run: IntegrationRunTable) => run.finished_at,
    connections: (run: IntegrationRunTable) => run.connection_ids.length,
    connectionsDone: async (run: IntegrationRunTable, _: unknown, context: Context) =>
      new Set((await integrationChecks(context, run.id)).map(({ connection_id: id }) => id)).size,
    passed: (run: IntegrationRunTable, _: unknown, context: Context) => count(context, run, 'PASSED'),
    warnings: (run: IntegrationRunTable, _: unknown, context: Context) => count(context, run, 'WARNING'),
    failed: (run: IntegrationRunTable, _: unknown, context: Context) => count(context, run, 'FAILED'),
    checks: (run: IntegrationRunTable, _: unknown, context: Context) => integrationChecks(context, run.id),
  },
  IntegrationCheck: {
    connectionId: (check: IntegrationCheckTable) => check.connection_id,
    connectionName: (check: IntegrationCheckTable) => check.connection_name,
  },
};
