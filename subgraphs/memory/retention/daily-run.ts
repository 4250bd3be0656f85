import type { Kysely } from 'kysely';
import { systemPrincipal, tables } from '@liftos/core/context.ts';
import { createContext, transaction } from '@liftos/core/create-context.ts';
import { enqueue } from '@liftos/core/jobs/jobs.ts';
import type { Runtime } from '@liftos/core/runtime.ts';
import type { MemoryTables } from '../tables.ts';
import { retentionJob } from './retention.jobs.ts';
import { millisBetweenRuns } from './retention.service.ts';

const atOnce = 1000;

/** Starts the daily removal in every organisation where it is due; of several processes, one does. */
export async function startDueRetention(runtime: Runtime): Promise<void> {
  const due = await (runtime.database.system as Kysely<MemoryTables>)
    .selectFrom('memory.retention')
    .select('organization_id')
    .where('next_run_at', '<=', runtime.now())
    .orderBy('next_run_at')
    .limit(atOnce)
    .execute();
  for (const { organization_id: organizationId } of due) {
    const context = createContext({ runtime, principal: systemPrincipal(organizationId) });
    await transaction(context, async (tx) => {
      const turn = await tables<MemoryTables>(tx)
        .updateTable('memory.retention')
        .set({ next_run_at: new Date(tx.now().getTime() + millisBetweenRuns) })
        .where('next_run_at', '<=', tx.now())
        .returning('days')
        .executeTakeFirst();
      if (turn?.days == null) return;
      await enqueue(tx, retentionJob, {}, { subjectKind: 'organization', subjectId: organizationId });
    });
  }
}
