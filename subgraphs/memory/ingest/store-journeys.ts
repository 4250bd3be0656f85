import { promisify } from 'node:util';
import { zstdCompress } from 'node:zlib';
import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import type { IngestBatch } from '@liftos/core/ports/memory.ts';
import { encodeBlock } from '../journeys/journey-block.pure.ts';
import type { MemoryTables } from '../tables.ts';
import { plainArray } from './array-text.pure.ts';
import { idOf } from './hash-ids.pure.ts';
import { hashJourneys } from './journey-hash.pure.ts';
import type { Stored } from './store-records.ts';

const compress = promisify(zstdCompress);

/** Journeys of one statement. */
const chunkSize = 5000;

type Batch = IngestBatch & { kind: 'journeys' };

interface Existing {
  block_id: string;
  position: number;
  content: number;
}

/**
 * Adds journeys as one block. Those that are there unchanged are left out; those that changed are marked as replaced
 * in the block they stood in. Of journeys with the same key in a batch the last counts.
 */
export async function storeJourneys(tx: Context, batch: Batch): Promise<Stored> {
  const { columns } = batch;
  const source = idOf(batch.connectionId, batch.sourceKind, batch.stream);
  const keys = columns.key.map((key) => idOf(source, key));
  const content = hashJourneys(columns);
  const rows = Uint32Array.from(new Map(keys.map((key, row) => [key, row])).values()).sort();
  const existing = await findExisting(tx, keys, rows);
  const changed = rows.filter((row) => existing.get(row)?.content !== content[row]);
  const updated = changed.filter((row) => existing.has(row));
  if (changed.length > 0) {
    const blockId = await storeBlock(tx, batch, changed);
    await storeKeys(tx, blockId, changed, keys, content);
    await markReplaced(
      tx,
      Array.from(updated, (row) => existing.get(row)!),
    );
  }
  return {
    inserted: changed.length - updated.length,
    updated: updated.length,
    unchanged: rows.length - changed.length,
  };
}

/** The journeys of these keys that are stored, by row. */
async function findExisting(tx: Context, keys: readonly string[], rows: Uint32Array): Promise<Map<number, Existing>> {
  const existing = new Map<number, Existing>();
  for (let from = 0; from < rows.length; from += chunkSize) {
    const part = rows.subarray(from, from + chunkSize);
    const wanted = plainArray(Array.from(part, (row) => keys[row]!));
    const found = await sql<Existing & { place: number }>`
      select r.place, k.block_id, k.position, k.content
      from unnest(${wanted}::text::uuid[]) with ordinality as r (key, place)
      join memory.journey_key k on k.organization_id = ${tx.organizationId}::uuid and k.key = r.key`.execute(tx.db);
    for (const row of found.rows) existing.set(part[row.place - 1]!, row);
  }
  return existing;
}

async function storeBlock(tx: Context, batch: Batch, rows: Uint32Array): Promise<string> {
  const { columns } = batch;
  const { packed, currencies } = encodeBlock(columns, rows);
  const dates = Array.from(rows, (row) => columns.date[row]!).filter((date) => date !== null);
  const days = [...new Set(dates)].sort();
  const id = tx.newId();
  await tables<MemoryTables>(tx)
    .insertInto('memory.journey_block')
    .values({
      organization_id: tx.organizationId,
      id,
      batch_id: batch.batchId,
      connection_id: batch.connectionId,
      source_kind: batch.sourceKind,
      journeys: rows.length,
      replaced: [],
      first_date: days[0] ?? null,
      last_date: days.at(-1) ?? null,
      channels: [...columns.channels],
      campaigns: [...columns.campaigns],
      currencies,
      content: sql<Uint8Array>`decode(${(await compress(packed)).toString('base64')}, 'base64')`,
    })
    .execute();
  return id;
}

async function storeKeys(
  tx: Context,
  blockId: string,
  rows: Uint32Array,
  keys: readonly string[],
  content: Float64Array,
): Promise<void> {
  for (let from = 0; from < rows.length; from += chunkSize) {
    const part = rows.subarray(from, from + chunkSize);
    await sql`
      insert into memory.journey_key (organization_id, key, block_id, position, content)
      select ${tx.organizationId}::uuid, r.key, ${blockId}::uuid, ${from}::integer + r.place - 1, r.content
      from unnest(${plainArray(Array.from(part, (row) => keys[row]!))}::text::uuid[],
        ${plainArray(Array.from(part, (row) => content[row]!))}::text::bigint[])
        with ordinality as r (key, content, place)
      on conflict (organization_id, key) do update set block_id = excluded.block_id, position = excluded.position,
        content = excluded.content`.execute(tx.db);
  }
}

/** Blocks of which nothing is left are removed. */
async function markReplaced(tx: Context, places: readonly Existing[]): Promise<void> {
  if (places.length === 0) return;
  await sql`
    update memory.journey_block b set replaced = b.replaced || r.positions
    from (
      select block_id, array_agg(position) as positions
      from unnest(${plainArray(places.map((place) => place.block_id))}::text::uuid[],
        ${plainArray(places.map(({ position }) => position))}::text::integer[]) as p (block_id, position)
      group by block_id
    ) r where b.organization_id = ${tx.organizationId}::uuid and b.id = r.block_id`.execute(tx.db);
  await sql`
    delete from memory.journey_block where organization_id = ${tx.organizationId}::uuid
      and id = any(${plainArray([...new Set(places.map((place) => place.block_id))])}::text::uuid[])
      and cardinality(replaced) = journeys`.execute(tx.db);
}
