import { sql, type RawBuilder } from 'kysely';
import type { Context } from '@liftos/core/context.ts';
import type { IngestBatch, ItemColumns } from '@liftos/core/ports/memory.ts';
import { plainArray, textArray } from './array-text.pure.ts';
import { itemRows, type ItemRows } from './item-rows.pure.ts';
import { storeEntities } from './store-entities.ts';
import type { Stored } from './store-records.ts';
import { sumItems, type Group } from './sum-items.ts';

type Batch = IngestBatch & { kind: 'items' };

interface StoredItems {
  stored: Stored;
  /** By how many the daily records and the items that are not gone became more; below zero when they became fewer. */
  added: { records: number; items: number };
}

/** Rows of one statement. */
const chunkSize = 5000;

/** A chunk that was stored: counts, and the days and entities whose sums changed. */
interface Chunk {
  inserted: number;
  updated: number;
  added: number;
  dates: string[];
  entityIds: string[];
}

/**
 * Upserts items in sets and then computes anew the daily figures they are part of or were. Older versions than the one
 * that is there, and equal ones, are left out.
 */
export async function storeItems(tx: Context, batch: Batch): Promise<StoredItems> {
  const found = itemRows(batch.columns, batch);
  const stored: Stored = { inserted: 0, updated: 0, unchanged: 0 };
  const groups = new Map<string, Group>();
  let items = 0;
  for (let from = 0; from < found.ids.length; from += chunkSize) {
    const chunk = await storeChunk(tx, batch, found, from);
    stored.inserted += chunk.inserted;
    stored.updated += chunk.updated;
    items += chunk.added;
    chunk.entityIds.forEach((entityId, index) => {
      const date = chunk.dates[index]!;
      groups.set(`${date}/${entityId}`, { date, entityId });
    });
  }
  stored.unchanged = found.ids.length - stored.inserted - stored.updated;
  const touched = [...groups.values()];
  const named = new Set(touched.map(({ entityId }) => entityId));
  await storeEntities(
    tx,
    batch,
    [...found.entities.values()].filter(({ id }) => named.has(id)),
  );
  return { stored, added: { records: await sumItems(tx, batch.batchId, touched), items } };
}

async function storeChunk(tx: Context, batch: Batch, found: ItemRows, from: number): Promise<Chunk> {
  // Each part of a statement sees the table as it was before, so `old` holds what `stored` replaces.
  const { rows } = await sql<{ chunk: string }>`
    with r as materialized (${incoming(batch.columns, found, from)}),
    old as materialized (
      select i.id, i.date, i.entity_id, i.deleted from r
      join memory.item i on i.organization_id = ${tx.organizationId}::uuid and i.id = r.id
    ), stored as (
      insert into memory.item as i (organization_id, connection_id, source_kind, stream, basis, batch_id, ingested_at,
        ${figures})
      select ${tx.organizationId}::uuid, ${batch.connectionId}::uuid, ${batch.sourceKind}, ${batch.stream},
        ${batch.basis ?? 'claimed'}, ${batch.batchId}::uuid, ${tx.now()}::timestamptz, ${figures}
      from r
      on conflict (organization_id, id) do update set basis = excluded.basis, batch_id = excluded.batch_id,
        ingested_at = excluded.ingested_at, ${replaced}
      where coalesce(excluded.updated_at >= i.updated_at, true)
        and (i.basis, ${columnsOf('i')}) is distinct from (excluded.basis, ${columnsOf('excluded')})
      returning id, date, entity_id, deleted, xmax = 0 as is_new
    ), touched as (
      select date, entity_id from stored where entity_id is not null
      union
      select o.date, o.entity_id from stored join old o on o.id = stored.id where o.entity_id is not null
    ), counted as (
      select count(*) filter (where s.is_new) as inserted, count(*) filter (where not s.is_new) as updated,
        coalesce(sum((not s.deleted)::integer - coalesce((not o.deleted)::integer, 0)), 0) as added
      from stored s left join old o on o.id = s.id
    )
    select json_build_object('inserted', inserted, 'updated', updated, 'added', added,
      'dates', (select coalesce(json_agg(date), '[]') from touched),
      'entityIds', (select coalesce(json_agg(entity_id), '[]') from touched))::text as chunk
    from counted`.execute(tx.db);
  return JSON.parse(rows[0]!.chunk) as Chunk;
}

/** What is compared and replaced of an item, besides its basis. */
const columnNames = (
  'kind date occurred_at updated_at deleted channel campaign ad_group ad currency ' +
  'spend impressions clicks conversions revenue details entity_id region'
).split(' ');
const figures = sql.raw(['id', 'key', ...columnNames].join(', '));
const replaced = sql.raw(columnNames.map((name) => `${name} = excluded.${name}`).join(', '));

function columnsOf(table: 'i' | 'excluded'): RawBuilder<unknown> {
  return sql.raw(columnNames.map((name) => `${table}.${name}`).join(', '));
}

/** Items of a batch from a row on, as rows. */
function incoming(columns: ItemColumns, { ids, entityIds }: ItemRows, from: number): RawBuilder<unknown> {
  const texts = (values: readonly (string | null)[]) => textArray(values.slice(from, from + chunkSize));
  const plain = (values: BigInt64Array | Float64Array | Uint8Array | readonly string[]) =>
    plainArray(values.slice(from, from + chunkSize));
  const times = (values: readonly (string | null)[]) => texts(values.map((time) => time && instantOf(time)));
  return sql`
    select * from unnest(
      ${plain(ids)}::text::uuid[],
      ${texts(columns.key)}::text::text[],
      ${texts(columns.kind)}::text::text[],
      ${plain(columns.date)}::text::date[],
      ${times(columns.occurredAt)}::text::timestamptz[],
      ${times(columns.updatedAt)}::text::timestamptz[],
      ${plain(columns.deleted.map((gone) => (gone === 0 ? 0 : 1)))}::text::boolean[],
      ${texts(columns.channel)}::text::text[],
      ${texts(columns.campaign)}::text::text[],
      ${texts(columns.adGroup)}::text::text[],
      ${texts(columns.ad)}::text::text[],
      ${plain(columns.currency)}::text::text[],
      ${plain(columns.spend)}::text::bigint[],
      ${plain(columns.impressions)}::text::double precision[],
      ${plain(columns.clicks)}::text::double precision[],
      ${plain(columns.conversions)}::text::double precision[],
      ${plain(columns.revenue)}::text::bigint[],
      ${texts(columns.details)}::text::text[],
      ${texts(entityIds)}::text::uuid[],
      ${columns.region ? texts(columns.region) : null}::text::text[]
    ) as r (${figures})`;
}

/** The same instant as every database reads it. */
function instantOf(time: string): string {
  return new Date(time).toISOString();
}
