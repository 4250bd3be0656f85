import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { emit } from '@liftos/core/events/events.ts';
import type { Withdrawal } from '@liftos/core/ports/memory.ts';
import { lockConnectionData } from './lock-connection.ts';

/**
 * Removes the daily rows of an account and days that a sync did not bring again, and tells with `records.withdrawn` when
 * there are any. Every batch of the sync notes the rows it brings, also those that did not change.
 */
export function withdraw(context: Context, withdrawal: Withdrawal): Promise<number> {
  const { connectionId, sourceKind, stream, account, from, to, syncRunId } = withdrawal;
  return transaction(context, async (tx) => {
    await lockConnectionData(tx, connectionId);
    // Days and entities as lists: each row is looked up by its key, however much other connections have of these days.
    const { rows } = await sql<{ removed: number }>`
      with gone as (
        delete from memory.fact f
        where f.organization_id = ${tx.organizationId}::uuid
          and f.date = any(array(
            select day::date from generate_series(${from}::date, ${to}::date, interval '1 day') day))
          and f.entity_id = any(array(
            select id from memory.entity
            where organization_id = ${tx.organizationId}::uuid and connection_id = ${connectionId}::uuid
              and source_kind = ${sourceKind} and stream = ${stream} and account = ${account}))
          and not exists (
            select 1 from memory.ingest_batch b
            where b.organization_id = f.organization_id and b.id = f.batch_id and b.sync_run_id = ${syncRunId}::uuid)
        returning f.entity_id
      ), changed as (
        update memory.coverage set records = greatest(0, records - (select count(*) from gone))
        where organization_id = ${tx.organizationId}::uuid and connection_id = ${connectionId}::uuid
          and source_kind = ${sourceKind}
      )
      select count(*)::integer as removed from gone`.execute(tx.db);
    const { removed } = rows[0]!;
    if (removed === 0) return 0;
    await emit(tx, {
      topic: 'records.withdrawn',
      subjectKind: 'connection',
      subjectId: connectionId,
      summary: `${removed.toLocaleString('en')} ${removed === 1 ? 'row' : 'rows'} of ${stream} from ${from} to ${to} were taken back: the platform reports them no more.`,
      payload: { removed, stream, account, from, to, syncRunId },
      audit: true,
    });
    return removed;
  });
}
