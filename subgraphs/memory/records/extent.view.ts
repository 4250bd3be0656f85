import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import type { SourceKind } from '@liftos/core/ports/memory.ts';
import type { Coverage, DataExtent } from '../schema.generated.ts';
import type { MemoryTables } from '../tables.ts';
import { shownKind } from './source-kinds.pure.ts';

/** Channels and regions listed at most, of each. */
const mostNames = 1000;

interface Extent {
  records: number;
  journeys: number;
  items: number;
  first_date: string | null;
  last_date: string | null;
  kinds: SourceKind[] | null;
}

/** What there is in the whole organisation, of every kind of source. */
export async function dataExtent(context: Context): Promise<DataExtent> {
  const { rows } = await sql<Extent>`
    select coalesce(sum(records), 0)::bigint as records, coalesce(sum(journeys), 0)::bigint as journeys,
      coalesce(sum(items), 0)::bigint as items, min(first_date) as first_date, max(last_date) as last_date, array_agg(distinct source_kind) as kinds
    from memory.coverage where organization_id = ${context.organizationId}::uuid`.execute(context.db);
  const channels = await sql<{ channel: string }>`
    select channel from memory.entity where organization_id = ${context.organizationId}::uuid
    union
    select unnest(channels) from memory.journey_block where organization_id = ${context.organizationId}::uuid
    order by channel limit ${mostNames}`.execute(context.db);
  const regions = await sql<{ region: string }>`
    select distinct region from memory.entity
    where organization_id = ${context.organizationId}::uuid and region is not null
    order by region limit ${mostNames}`.execute(context.db);
  const extent = rows[0]!;
  return {
    records: extent.records,
    journeys: extent.journeys,
    items: extent.items,
    firstDate: extent.first_date,
    lastDate: extent.last_date,
    channels: channels.rows.map(({ channel }) => channel),
    regions: regions.rows.map(({ region }) => region),
    sourceKinds: (extent.kinds ?? []).map(shownKind),
  };
}

const nothing: Coverage = { records: 0, journeys: 0, items: 0, firstDate: null, lastDate: null, lastIngestedAt: null };

/** What of each connection is stored, in the order of the ids. */
export async function coverageOf(context: Context, connectionIds: readonly string[]): Promise<Coverage[]> {
  const rows = await tables<MemoryTables>(context)
    .selectFrom('memory.coverage')
    .selectAll()
    .where('connection_id', 'in', connectionIds)
    .execute();
  return connectionIds.map((id) =>
    rows
      .filter((row) => row.connection_id === id)
      .reduce<Coverage>(
        (sum, row) => ({
          records: sum.records + row.records,
          journeys: sum.journeys + row.journeys,
          items: sum.items + row.items,
          firstDate: earlier(sum.firstDate, row.first_date),
          lastDate: later(sum.lastDate, row.last_date),
          lastIngestedAt: latest(sum.lastIngestedAt, row.last_ingested_at),
        }),
        nothing,
      ),
  );
}

function earlier(a: string | null | undefined, b: string | null): string | null {
  return a && (!b || a < b) ? a : b;
}

function later(a: string | null | undefined, b: string | null): string | null {
  return a && (!b || a > b) ? a : b;
}

function latest(a: Date | null | undefined, b: Date): Date {
  return a && a > b ? a : b;
}
