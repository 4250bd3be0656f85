import { tables, type Context } from '@liftos/core/context.ts';
import { AppError } from '@liftos/core/errors.ts';
import type { Account, Slice, Stream, Target } from '../platforms/connector.ts';
import type { AccountTable, ConnectionsTables } from '../tables.ts';
import type { Work } from './slice-state.ts';

/** Rows of a page once the platform decides. */
const anyPage = 0;
/** Streams of names need none. */
const noNames: ReadonlyMap<string, string> = new Map();

/** A stored slice as connectors see it. Throws NOT_FOUND when its account is no longer there. */
export async function liveSlice(context: Context, work: Work, api: Target, stream: Stream): Promise<Slice> {
  const { slice } = work;
  const db = tables<ConnectionsTables>(context);
  const row = await db
    .selectFrom('connections.account')
    .selectAll()
    .where('connection_id', '=', slice.connection_id)
    .where('id', '=', slice.account_id)
    .executeTakeFirst();
  if (!row) throw new AppError('NOT_FOUND', `The account ${slice.account_name} is no longer there.`);
  const names = stream.delivers.every((kind) => kind === 'entities') ? noNames : await namesOf(context, work);
  const now = context.now();
  return {
    version: api.version,
    settings: api.settings,
    get extra() {
      return api.extra;
    },
    account: accountOf(row),
    from: slice.first_day ?? '',
    to: slice.last_day ?? '',
    since: slice.since ?? new Date(0),
    until: slice.until ?? now,
    pageSize: slice.page_size ?? (stream.pageSize || anyPage),
    now,
    nameOf: (type, id) => names.get(`${type}\u0000${id}`) ?? null,
  };
}

/** An account as connectors see it. */
export function accountOf(row: AccountTable): Account {
  return {
    id: row.id,
    name: row.name,
    currency: row.currency,
    timeZone: row.time_zone,
    state: row.state.toLowerCase() as Account['state'],
    ...(row.note === null ? {} : { note: row.note }),
    extra: row.extra,
  };
}

async function namesOf(context: Context, { slice }: Work): Promise<Map<string, string>> {
  const rows = await tables<ConnectionsTables>(context)
    .selectFrom('connections.entity')
    .select(['type', 'id', 'name'])
    .where('connection_id', '=', slice.connection_id)
    .where('account_id', '=', slice.account_id)
    .execute();
  return new Map(rows.map(({ type, id, name }) => [`${type}\u0000${id}`, name]));
}
