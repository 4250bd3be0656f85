import { sql } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import { badInput } from '@liftos/core/errors.ts';
import type { AccountDay, StreamPosition } from '../schema.generated.ts';

const mostDays = 400;

/** How complete each day of each account is: the worst of its streams. Throws BAD_USER_INPUT for too many days. */
export async function listDays(
  context: Context,
  connectionId: string,
  from: string,
  to: string,
): Promise<AccountDay[]> {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  if (!(days >= 1 && days <= mostDays)) throw badInput('to', `Choose 1 to ${mostDays} days.`);
  const { rows } = await sql<AccountDay>`
    select d.account_id as "accountId", coalesce(a.name, d.account_id) as "accountName", d.day,
      case max(case d.state when 'MISSING' then 3 when 'PARTIAL' then 2 else 1 end)
        when 3 then 'MISSING' when 2 then 'PARTIAL' else 'COMPLETE' end as state,
      bool_and(d.final) as "isFinal",
      coalesce(array_agg(distinct d.stream || ': ' || d.reason) filter (where d.reason is not null), '{}') as reasons
    from connections.account_day d
    left join connections.account a on a.connection_id = d.connection_id and a.id = d.account_id
    where d.connection_id = ${connectionId} and d.day between ${from} and ${to}
    group by d.account_id, a.name, d.day order by d.account_id, d.day`.execute(context.db);
  return rows;
}

/** How far each stream of each account has been read without a gap. */
export async function listPositions(context: Context, connectionId: string): Promise<StreamPosition[]> {
  const { rows } = await sql<StreamPosition>`
    select c.stream, c.account_id as "accountId", coalesce(a.name, c.account_id) as "accountName",
      c.last_day as "lastDay", c.read_until as "readUntil"
    from connections.stream_cursor c
    left join connections.account a on a.connection_id = c.connection_id and a.id = c.account_id
    where c.connection_id = ${connectionId} order by c.stream, c.account_id`.execute(context.db);
  return rows;
}
