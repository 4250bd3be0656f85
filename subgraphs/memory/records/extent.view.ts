import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import type { SourceKind } from '@liftos/core/ports/memory.ts';
import type { Coverage, DataExtent } from '../schema.generated.ts';
import type { MemoryTables } from '../tables.ts';
import { shownKind } from './source-kinds.pure.ts';

/** Channels and regions listed at most, of each. */
const mostNames = 1000;

interface Extent {
  source_kind: SourceKind;
  records: number;
  journeys: number;
  items: number;
  first_date: string | null;
  last_date: string | null;
}

/** What there is in the whole organisation, of every kind of source. */
export async function dataExtent(context: Context): Promise<DataExtent> {
  const { rows } = await sql<Extent>`
    select source_kind, sum(records)::bigint as records, sum(journeys)::bigint as journeys, sum(items)::bigint as items,
      min(first_date) as first_date, max(last_date) as last_date
    from memory.coverage where organization_id = ${context.organizationId}::uuid
    group by source_kind order by source_kind`.execute(context.db);
  const channels = await sql<{ channel: string }>`
    select channel from memory.entity where organization_id = ${context.organizationId}::uuid
    union
    select unnest(channels) from memory.journey_block where organization_id = ${context.organizationId}::uuid
    order by channel limit ${mostNames}`.execute(context.db);
  const regions = await sql<{ region: string }>`
    select distinct region from memory.entity
    where organization_id = ${context.organizationId}::uuid and region is not null
    order by region limit ${mostNames}`.execute(context.db);
  const bySource = rows.map(({ source_kind, first_date, last_date, ...counts }) => ({
    sourceKind: shownKind(source_kind),
    ...counts,
    firstDate: first_date,
    lastDate: last_date,
  }));
  return {
    ...sumOf(bySource),
    channels: channels.rows.map(({ channel }) => channel),
    regions: regions.rows.map(({ region }) => region),
    sourceKinds: bySource.map(({ sourceKind }) => sourceKind),
    bySource,
  };
}

type Amounts = Pick<Coverage, 'records' | 'journeys' | 'items' | 'firstDate' | 'lastDate'>;

const none: Amounts = { records: 0, journeys: 0, items: 0, firstDate: null, lastDate: null };

function sumOf(parts: readonly Amounts[]): Amounts {
  return parts.reduce<Amounts>(
    (sum, part) => ({
      records: sum.records + part.records,
      journeys: sum.journeys + part.journeys,
      items: sum.items + part.items,
      firstDate: earlier(sum.firstDate, part.firstDate),
      lastDate: later(sum.lastDate, part.lastDate),
    }),
    none,
  );
}

/** What of each connection is stored, in the order of the ids. */
export async function coverageOf(context: Context, connectionIds: readonly string[]): Promise<Coverage[]> {
  const rows = await tables<MemoryTables>(context)
    .selectFrom('memory.coverage')
    .selectAll()
    .where('connection_id', 'in', connectionIds)
    .execute();
  const byConnection = Map.groupBy(rows, (row) => row.connection_id);
  return connectionIds.map((id) => {
    const own = byConnection.get(id) ?? [];
    const parts = own.map(({ first_date, last_date, ...row }) => ({
      ...row,
      firstDate: first_date,
      lastDate: last_date,
    }));
    const arrived = own.map(({ last_ingested_at }) => last_ingested_at);
    return { ...sumOf(parts), lastIngestedAt: arrived.reduce<Date | null>(latest, null) };
  });
}

function earlier(a: string | null | undefined, b: string | null | undefined): string | null {
  return (a && b ? (a < b ? a : b) : a || b) ?? null;
}

function later(a: string | null | undefined, b: string | null | undefined): string | null {
  return (a && b ? (a > b ? a : b) : a || b) ?? null;
}

function latest(a: Date | null, b: Date): Date {
  return a && a > b ? a : b;
}
