import { sql, type RawBuilder } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import type { RecordQuery, SourceKind } from '@liftos/core/ports/memory.ts';

/** Which records are meant. Absent and null do not narrow; an empty list matches nothing. */
export interface RecordSelection {
  from: string;
  to: string;
  sourceKinds: readonly SourceKind[];
  channels?: readonly string[] | null | undefined;
  campaigns?: readonly string[] | null | undefined;
  /** Null among them stands for what is about no single market. */
  regions?: readonly (string | null)[] | null | undefined;
  connectionIds?: readonly string[] | null | undefined;
}

export function selectionOf(query: RecordQuery): RecordSelection {
  const { from, to, sourceKinds, channels, regions, connectionIds } = query;
  return { from, to, sourceKinds, channels, regions, connectionIds };
}

/** The `from` and `where` of every statement about records: facts are `f`, their entities `e`. */
export function matching(context: Context, selection: RecordSelection): RawBuilder<unknown> {
  const { from, to, sourceKinds, channels, campaigns, regions, connectionIds } = selection;
  return sql`
    from memory.fact f
    join memory.entity e on e.organization_id = f.organization_id and e.id = f.entity_id
    where f.organization_id = ${context.organizationId}::uuid
      and f.date between ${from}::date and ${to}::date
      and e.source_kind = any(${[...sourceKinds]}::text[])
      ${narrow(sql`e.channel`, channels, sql`text[]`)}
      ${narrow(sql`e.campaign`, campaigns, sql`text[]`)}
      ${inRegions(regions)}
      ${narrow(sql`e.connection_id`, connectionIds, sql`uuid[]`)}`;
}

function inRegions(regions: RecordSelection['regions']): RawBuilder<unknown> {
  if (!regions) return sql``;
  const named = sql`e.region = any(${regions.filter((region) => region !== null)}::text[])`;
  return regions.includes(null) ? sql`and (e.region is null or ${named})` : sql`and ${named}`;
}

function narrow(
  column: RawBuilder<unknown>,
  values: readonly string[] | null | undefined,
  type: RawBuilder<unknown>,
): RawBuilder<unknown> {
  return values ? sql`and ${column} = any(${[...values]}::${type})` : sql``;
}
