import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import type { ConnectionHealth } from '../schema.generated.ts';
import { judgeHealth, type HealthFigures } from './judge-health.pure.ts';

/** Loads the health of connections, many at once. */
export function healthLoader(context: Context) {
  return context.loader<string, ConnectionHealth>('ConnectionHealth', async (ids) => {
    const figures = await figuresOf(context, ids);
    return ids.map((id) => judgeHealth(figures.get(id)!));
  });
}

/** The health of every connection of the organisation. */
export async function allHealth(context: Context): Promise<ConnectionHealth[]> {
  return [...(await figuresOf(context, null)).values()].map(judgeHealth);
}

async function figuresOf(context: Context, ids: readonly string[] | null): Promise<Map<string, HealthFigures>> {
  const now = context.now();
  const since = new Date(now.getTime() - 7 * 86_400_000);
  const daysSince = new Date(now.getTime() - 30 * 86_400_000);
  const { rows } = await sql<HealthFigures & { id: string }>`
    with chosen as (
      select id, auth_state, auth_message, last_result, schedule from connections.connection
      where ${ids}::uuid[] is null or id = any(${ids}::uuid[])
    ), recent as (
      select s.connection_id, s.state, s.reason, s.finished_at, s.rows_read, s.rows_rejected, r.finished_at as ended
      from connections.sync_slice s join connections.sync_run r on r.id = s.run_id
      where r.created_at >= ${since} and s.connection_id in (select id from chosen)
        and s.state in ('SUCCEEDED', 'PARTIAL', 'FAILED')
    ), read as (
      select connection_id, count(*) as slices, count(*) filter (where state = 'FAILED') as failed,
        sum(rows_read)::bigint as rows_read, sum(rows_rejected)::bigint as rows_rejected
      from recent group by connection_id
    ), error as (
      select distinct on (connection_id) connection_id, reason, coalesce(finished_at, ended) as at
      from recent where state = 'FAILED' order by connection_id, coalesce(finished_at, ended) desc nulls last
    ), success as (
      select connection_id, max(finished_at) as at from connections.sync_run
      where state in ('SUCCEEDED', 'PARTIAL') and connection_id in (select id from chosen) group by connection_id
    ), days as (
      select connection_id, count(*) as days, count(*) filter (where state = 'COMPLETE') as complete
      from connections.account_day where day >= ${daysSince}::date and connection_id in (select id from chosen)
      group by connection_id
    ), position as (
      select connection_id, min(last_day) as read_to from connections.stream_cursor
      where connection_id in (select id from chosen) group by connection_id
    )
    select c.id, c.auth_state as "authState", c.auth_message as "authMessage", c.last_result as "lastResult",
      c.schedule is not null as "hasSchedule",
      coalesce(read.slices, 0) as slices, coalesce(read.failed, 0) as "failedSlices",
      coalesce(read.rows_read, 0) as "rowsRead", coalesce(read.rows_rejected, 0) as "rowsRejected",
      coalesce(days.days, 0) as days, coalesce(days.complete, 0) as "completeDays",
      error.reason as "lastError", error.at as "lastErrorAt", success.at as "lastSuccessAt",
      position.read_to as "readTo", ${now}::date - position.read_to as "daysBehind"
    from chosen c
    left join read on read.connection_id = c.id left join error on error.connection_id = c.id
    left join success on success.connection_id = c.id left join days on days.connection_id = c.id
    left join position on position.connection_id = c.id`.execute(context.db);
  return new Map(rows.map(({ id, ...figures }) => [id, figures]));
}
