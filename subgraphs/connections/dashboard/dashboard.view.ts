import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import type { ConnectionsDashboard, HealthLevel, ModeCount, ResultCount, SyncDay } from '../schema.generated.ts';
import { allHealth } from './health.view.ts';

const shownDays = 14;

/** All connections of the organisation at a glance. */
export async function dashboardOf(context: Context): Promise<ConnectionsDashboard> {
  const [totals, days, health] = await Promise.all([totalsOf(context), daysOf(context), allHealth(context)]);
  const levels = new Map<HealthLevel, number>();
  for (const { level } of health) levels.set(level, (levels.get(level) ?? 0) + 1);
  return { ...totals, days, health: [...levels].map(([level, connections]) => ({ level, connections })) };
}

type Totals = Omit<ConnectionsDashboard, 'days' | 'health'>;

async function totalsOf(context: Context): Promise<Totals> {
  const since = new Date(context.now().getTime() - 7 * 86_400_000);
  const { rows } = await sql<Omit<Totals, 'results' | 'modes'> & { results: ResultCount[]; modes: ModeCount[] }>`
    with c as (select platform, mode, last_result, auth_state, schedule, last_sync_at from connections.connection)
    select count(*)::int as total,
      (count(*) filter (where schedule is not null or last_sync_at >= ${since}))::int as active,
      (count(distinct platform))::int as sources,
      (count(*) filter (where auth_state in ('BROKEN', 'EXPIRING')))::int as "needAttention",
      (select count(*)::int from connections.sync_run where state in ('QUEUED', 'RUNNING')) as running,
      coalesce((select json_agg(r) from (select last_result as result, count(*)::int as connections
        from c group by last_result order by last_result) r), '[]') as results,
      coalesce((select json_agg(m) from (select mode, count(*)::int as connections
        from c group by mode order by mode) m), '[]') as modes
    from c`.execute(context.db);
  return rows[0]!;
}

async function daysOf(context: Context): Promise<SyncDay[]> {
  const today = context.now().toISOString().slice(0, 10);
  const { rows } = await sql<SyncDay>`
    with day as (select day::date from generate_series(${today}::date - ${shownDays - 1}::int, ${today}::date,
      interval '1 day') day),
    ended as (
      select (r.finished_at at time zone 'UTC')::date as day, r.state,
        (select coalesce(sum(rows_accepted), 0) from connections.sync_slice s where s.run_id = r.id) as rows
      from connections.sync_run r where r.finished_at >= (${today}::date - ${shownDays - 1}::int)::timestamp at time zone 'UTC'
    )
    select day.day, (count(*) filter (where state = 'SUCCEEDED'))::int as succeeded,
      (count(*) filter (where state = 'PARTIAL'))::int as partial,
      (count(*) filter (where state = 'FAILED'))::int as failed, coalesce(sum(rows), 0)::bigint as rows
    from day left join ended on ended.day = day.day group by day.day order by day.day`.execute(context.db);
  return rows;
}
