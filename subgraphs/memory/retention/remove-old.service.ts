import { promisify } from 'node:util';
import { zstdCompress, zstdDecompress } from 'node:zlib';
import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { plainArray } from '../ingest/array-text.pure.ts';
import { lockConnectionData } from '../ingest/lock-connection.ts';
import { decodeBlock } from '../journeys/journey-block.pure.ts';
import type { JourneyBlockTable, MemoryTables } from '../tables.ts';
import { firstIdOf, firstKeptDay } from './cutoff.pure.ts';
import { findTooOld, hollowBlock } from './hollow-block.pure.ts';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** What one transaction removes at most, so that nobody waits long for it. */
const factsAtOnce = 5000;
const blocksAtOnce = 16;
const batchesAtOnce = 5000;

/** What a step did: its rows, and what the next one starts after; null when nothing is left. */
export interface Step {
  removed: number;
  after: string | null;
}

/** Runs a step as long as the organisation has a limit, which nobody changes meanwhile. */
export function withLimit(context: Context, step: (tx: Context, keptFrom: string) => Promise<Step>): Promise<Step> {
  return transaction(context, async (tx) => {
    const setting = await tables<MemoryTables>(tx)
      .selectFrom('memory.retention')
      .select('days')
      .forShare()
      .executeTakeFirst();
    if (setting?.days == null) return { removed: 0, after: null };
    return step(tx, firstKeptDay(tx.now(), setting.days));
  });
}

/** The oldest figures before a day, with their counts; with `ofOne` only those of this connection. */
export async function removeFacts(tx: Context, keptFrom: string, _after: string, ofOne?: string): Promise<Step> {
  const own = sql`and entity_id in (select id from memory.entity
    where organization_id = ${tx.organizationId}::uuid and connection_id = ${ofOne}::uuid)`;
  const old = sql`
    select ctid, entity_id from memory.fact
    where organization_id = ${tx.organizationId}::uuid and date < ${keptFrom}::date
      ${ofOne === undefined ? sql`` : own}
    order by date, entity_id limit ${factsAtOnce}`;
  const sources = await sql<{ connection_id: string }>`
    select distinct e.connection_id from (${old}) o
    join memory.entity e on e.organization_id = ${tx.organizationId}::uuid and e.id = o.entity_id`.execute(tx.db);
  await lockAll(
    tx,
    sources.rows.map((row) => row.connection_id),
  );
  const { rows } = await sql<{ removed: number }>`
    with gone as (
      delete from memory.fact where ctid = any(array(select ctid from (${old}) o)) returning entity_id
    ), counted as (
      select e.connection_id, e.source_kind, count(*) as removed from gone
      join memory.entity e on e.organization_id = ${tx.organizationId}::uuid and e.id = gone.entity_id
      group by e.connection_id, e.source_kind
    ), changed as (
      update memory.coverage c set records = greatest(0, c.records - n.removed) from counted n
      where c.organization_id = ${tx.organizationId}::uuid and c.connection_id = n.connection_id
        and c.source_kind = n.source_kind
    )
    select count(*) as removed from gone`.execute(tx.db);
  const removed = Number(rows[0]!.removed);
  return { removed, after: removed < factsAtOnce ? null : '' };
}

/** Waits for whoever changes data of these connections, in one order, so that no two wait for each other. */
export async function lockAll(tx: Context, connectionIds: readonly string[]): Promise<void> {
  for (const id of [...new Set(connectionIds)].sort()) await lockConnectionData(tx, id);
}

type Block = Omit<JourneyBlockTable, 'content'> & { content: string };

/** Journeys before a day, out of the next blocks that hold some. Those without a day go when their block is as old. */
export async function removeJourneys(tx: Context, keptFrom: string, after: string, ofOne?: string): Promise<Step> {
  const oldId = firstIdOf(keptFrom);
  const candidates = await tables<MemoryTables>(tx)
    .selectFrom('memory.journey_block')
    .select(['id', 'connection_id'])
    .where(sql<boolean>`(first_date < ${keptFrom}::date or (first_date is null and id < ${oldId}::uuid))`)
    .$if(after !== '', (query) => query.where('id', '>', after))
    .$if(ofOne !== undefined, (query) => query.where('connection_id', '=', ofOne!))
    .orderBy('id')
    .limit(blocksAtOnce)
    .execute();
  if (candidates.length === 0) return { removed: 0, after: null };
  await lockAll(
    tx,
    candidates.map((row) => row.connection_id),
  );
  const places: { block: string; position: number }[] = [];
  // Only now: a batch that was being stored may have replaced journeys in them.
  for (const block of await readBlocks(
    tx,
    candidates.map(({ id }) => id),
  )) {
    const removed = await thinBlock(tx, block, keptFrom, block.id < oldId);
    for (const position of removed) places.push({ block: block.id, position });
  }
  await forgetKeys(tx, places);
  return { removed: places.length, after: candidates.length < blocksAtOnce ? null : candidates.at(-1)!.id };
}

function readBlocks(tx: Context, ids: readonly string[]): Promise<Block[]> {
  const query = tables<MemoryTables>(tx).selectFrom('memory.journey_block').where('id', 'in', ids).orderBy('id');
  const columns = [
    'organization_id',
    'id',
    'batch_id',
    'connection_id',
    'source_kind',
    'journeys',
    'replaced',
  ] as const;
  return query
    .select([...columns, 'first_date', 'last_date', 'channels', 'campaigns', 'currencies'])
    .select(sql<string>`encode(content, 'base64')`.as('content'))
    .execute();
}

/** Removes what is too old from a block, or the block with it. Gives the places of the journeys that went. */
async function thinBlock(tx: Context, row: Block, keptFrom: string, isBlockOld: boolean): Promise<number[]> {
  const block = decodeBlock(await decompress(Buffer.from(row.content, 'base64')));
  const read = { ...row, block };
  const { removed, dead } = findTooOld(read, keptFrom, isBlockOld);
  const stored = tables<MemoryTables>(tx);
  if (dead.length === row.journeys) {
    await stored.deleteFrom('memory.journey_block').where('id', '=', row.id).execute();
  } else {
    const { packed, channels, campaigns, firstDate, lastDate } = hollowBlock(read, dead);
    const content = (await compress(packed)).toString('base64');
    await stored
      .updateTable('memory.journey_block')
      .set({ replaced: dead, channels, campaigns, first_date: firstDate, last_date: lastDate })
      .set({ content: sql<Uint8Array>`decode(${content}, 'base64')` })
      .where('id', '=', row.id)
      .execute();
  }
  await sql`
    update memory.coverage set journeys = greatest(0, journeys - ${removed.length})
    where organization_id = ${tx.organizationId}::uuid and connection_id = ${row.connection_id}::uuid
      and source_kind = ${row.source_kind}`.execute(tx.db);
  return removed;
}

/**
 * From here to the end of the transaction joins are done by hashing or merging. Tables that grew since they were last
 * counted look small, and a plan of nested loops over them would take hours.
 */
async function inOnePass(tx: Context): Promise<void> {
  await sql`set local enable_nestloop = off`.execute(tx.db);
}

async function forgetKeys(tx: Context, places: readonly { block: string; position: number }[]): Promise<void> {
  if (places.length === 0) return;
  await inOnePass(tx);
  await sql`
    delete from memory.journey_key k
    using unnest(${plainArray(places.map(({ block }) => block))}::text::uuid[],
      ${plainArray(places.map(({ position }) => position))}::text::integer[]) as p (block_id, position)
    where k.organization_id = ${tx.organizationId}::uuid and k.block_id = p.block_id and k.position = p.position
  `.execute(tx.db);
}

/** Lineage of batches whose every row is too old. */
export async function removeLineage(tx: Context, keptFrom: string, _after: string, ofOne?: string): Promise<Step> {
  const { rows } = await sql<{ removed: number }>`
    with gone as (
      delete from memory.ingest_batch where organization_id = ${tx.organizationId}::uuid and id in (
        select id from memory.ingest_batch where organization_id = ${tx.organizationId}::uuid
          and coalesce(last_date, (ingested_at at time zone 'UTC')::date) < ${keptFrom}::date
          ${ofOne === undefined ? sql`` : sql`and connection_id = ${ofOne}::uuid`} limit ${batchesAtOnce})
      returning id
    )
    select count(*) as removed from gone`.execute(tx.db);
  const removed = Number(rows[0]!.removed);
  return { removed, after: removed < batchesAtOnce ? null : '' };
}

/** The first day that is kept from now on; undefined when everything is. */
export async function currentLimit(context: Context): Promise<string | undefined> {
  const setting = await tables<MemoryTables>(context).selectFrom('memory.retention').select('days').executeTakeFirst();
  return setting?.days == null ? undefined : firstKeptDay(context.now(), setting.days);
}

/** The connections of which more is said to be stored than is, once what is older than a day has gone. */
export async function staleConnections(context: Context, keptFrom: string): Promise<string[]> {
  const rows = await tables<MemoryTables>(context)
    .selectFrom('memory.coverage')
    .select('connection_id')
    .distinct()
    .where(sql<boolean>`(first_date < ${keptFrom}::date or (records = 0 and journeys = 0 and items = 0))`)
    .execute();
  return rows.map((row) => row.connection_id);
}

/** Brings the days a connection covers up to date, and forgets what its figures were about when none are left. */
export function tidyConnection(context: Context, connectionId: string): Promise<void> {
  return transaction(context, async (tx) => {
    await lockConnectionData(tx, connectionId);
    await sql`
      delete from memory.coverage where organization_id = ${tx.organizationId}::uuid
        and connection_id = ${connectionId}::uuid and records = 0 and journeys = 0
        and items = 0`.execute(tx.db);
    await sql`
      update memory.coverage c set first_date = least(
          (${edgeOfFacts('asc')}), (select min(first_date) from memory.journey_block b where ${sameSource('b')})),
        last_date = greatest(
          (${edgeOfFacts('desc')}), (select max(last_date) from memory.journey_block b where ${sameSource('b')}))
      where c.organization_id = ${tx.organizationId}::uuid and c.connection_id = ${connectionId}::uuid
    `.execute(tx.db);
    await inOnePass(tx);
    await sql`
      delete from memory.entity e where e.organization_id = ${tx.organizationId}::uuid
        and e.connection_id = ${connectionId}::uuid and not exists (
          select 1 from memory.fact f where f.organization_id = ${tx.organizationId}::uuid and f.entity_id = e.id)
    `.execute(tx.db);
  });
}

function sameSource(table: 'b' | 'e') {
  const name = sql.raw(table);
  return sql`${name}.organization_id = c.organization_id and ${name}.connection_id = c.connection_id
    and ${name}.source_kind = c.source_kind`;
}

/** Ordered instead of `min`, so that the index gives the first match at once. */
function edgeOfFacts(direction: 'asc' | 'desc') {
  return sql`select f.date from memory.fact f
    join memory.entity e on e.organization_id = f.organization_id and e.id = f.entity_id
    where f.organization_id = c.organization_id and ${sameSource('e')} order by f.date ${sql.raw(direction)} limit 1`;
}
