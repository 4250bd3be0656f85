import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { badInput } from '@liftos/core/errors.ts';
import { emit } from '@liftos/core/events/events.ts';
import { enqueue } from '@liftos/core/jobs/jobs.ts';
import type { Retention, SetRetentionInput } from '../schema.generated.ts';
import type { MemoryTables } from '../tables.ts';
import { retentionJob } from './retention.jobs.ts';

const fewestDays = 30;
const mostDays = 3650;
export const millisBetweenRuns = 86_400_000;

/** How long data is kept; without a setting, for ever. */
export async function retentionOf(context: Context): Promise<Retention> {
  const row = await tables<MemoryTables>(context).selectFrom('memory.retention').selectAll().executeTakeFirst();
  return {
    days: row?.days ?? null,
    lastRunAt: row?.last_run_at ?? null,
    nextRunAt: row?.next_run_at ?? null,
  };
}

/** Decides how long data is kept, and has what is older removed at once. Throws BAD_USER_INPUT. */
export function setRetention(context: Context, input: SetRetentionInput): Promise<Retention> {
  const days = input.days ?? null;
  if (days !== null && (days < fewestDays || days > mostDays)) {
    throw badInput('input.days', 'Data is kept for 30 to 3,650 days, or for ever.');
  }
  return transaction(context, async (tx) => {
    const next = days === null ? null : new Date(tx.now().getTime() + millisBetweenRuns);
    const setting = { days, next_run_at: next };
    await tables<MemoryTables>(tx)
      .insertInto('memory.retention')
      .values({ organization_id: tx.organizationId, ...setting, last_run_at: null })
      .onConflict((conflict) => conflict.column('organization_id').doUpdateSet(setting))
      .execute();
    if (days !== null)
      await enqueue(tx, retentionJob, {}, { subjectKind: 'organization', subjectId: tx.organizationId });
    await emit(tx, {
      topic: 'retention.changed',
      subjectKind: 'organization',
      subjectId: tx.organizationId,
      summary: `${tx.principal.name} decided that data is kept ${days === null ? 'for ever' : `for ${days} days`}.`,
      payload: { days },
      audit: true,
    });
    return retentionOf(tx);
  });
}
