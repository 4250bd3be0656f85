import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';
import { sql } from 'kysely';
import { tables, type Context } from '@liftos/core/context.ts';
import { transaction } from '@liftos/core/create-context.ts';
import { AppError } from '@liftos/core/errors.ts';
import type { Basis } from '@liftos/core/ports/memory.ts';
import type { ReadColumns } from '../csv/reader.pure.ts';
import type { RowError } from '../csv/row-errors.pure.ts';
import type { Entity, Json } from '../platforms/connector.ts';
import type { ConnectionsTables } from '../tables.ts';
import { announceProgress } from './announce.ts';
import { keepRejected } from './rejected-rows.ts';
import type { Work } from './slice-state.ts';

const compress = promisify(zstdCompress);

/** An answer as it is kept, to be read again later. */
export interface RawAnswer {
  /** Without secrets. */
  request: string;
  /** Where in the slice it stands. */
  at: Json | null;
  status: number;
  bytes: Buffer;
}

export interface StoredPage {
  batches: readonly ReadColumns[];
  basis?: Basis;
  entities?: readonly Entity[];
  raw?: RawAnswer;
  refused: readonly RowError[];
  rowsRead: number;
  rowsAccepted: number;
  rowsRejected: number;
  fraction: number;
  checkpoint: unknown;
  notes?: readonly string[];
}

/**
 * Stores a page of a slice. Memory commits its rows first, under ids that depend only on the slice, the page's place and
 * what it says; then the checkpoint is committed here. After a crash in between the same page is sent again and changes
 * nothing, so nothing is lost or doubled and the checkpoint is never ahead of the data.
 * Throws CANCELLED when the slice is no longer this worker's.
 */
export async function storePage(context: Context, work: Work, page: StoredPage, place: number): Promise<void> {
  context.signal.throwIfAborted();
  const { slice, run, connection } = work;
  const content = page.raw ? createHash('sha256').update(page.raw.bytes).digest('hex') : '';
  for (const batch of page.batches) {
    await context.ports.memory.ingest(context, {
      ...batch,
      batchId: batchIdOf(`${slice.id}/${place}/${content}${page.batches.length > 1 ? `/${batch.kind}` : ''}`),
      connectionId: connection.id,
      sourceKind: slice.source,
      stream: slice.stream,
      syncRunId: run.id,
      ...(slice.source === 'live' && slice.account_id ? { account: slice.account_id } : {}),
      ...(page.basis ? { basis: page.basis } : {}),
    });
  }
  const packed = page.raw && (await pack(page.raw.bytes));
  const stored = await transaction(context, async (tx) => {
    if (!(await saveCheckpoint(tx, work, page, place + 1))) return false;
    await keepRejected(tx, run.id, slice.position, page.refused);
    await keepEntities(tx, work, page.entities ?? []);
    if (page.raw && packed) await keepRaw(tx, work, page, page.raw, packed, place);
    await announceProgress(tx, run);
    return true;
  });
  if (stored) return;
  await forgetIfDeleted(context, connection.id);
  throw new AppError('CANCELLED', 'The sync was cancelled, or another worker goes on with it.');
}

/** The same text gives the same id, in the form of a UUID. */
function batchIdOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `8${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

function pack(bytes: Buffer): Promise<Buffer> {
  return compress(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
}

/** Whether the slice still runs, and by this worker. */
async function saveCheckpoint(tx: Context, { slice }: Work, page: StoredPage, batches: number): Promise<boolean> {
  const { rows } = await sql`
    update connections.sync_slice set batches = ${batches}, checkpoint = ${JSON.stringify(page.checkpoint)}::jsonb,
      fraction = ${page.fraction}, rows_read = rows_read + ${page.rowsRead},
      rows_accepted = rows_accepted + ${page.rowsAccepted}, rows_rejected = rows_rejected + ${page.rowsRejected},
      notes = notes || ${[...(page.notes ?? [])]}::text[]
    where id = ${slice.id} and state = 'RUNNING' and attempts = ${slice.attempts} returning id`.execute(tx.db);
  return rows.length > 0;
}

async function keepEntities(tx: Context, { slice }: Work, entities: readonly Entity[]): Promise<void> {
  if (entities.length === 0) return;
  const unique = [...new Map(entities.map((entity) => [`${entity.type}\u0000${entity.id}`, entity])).values()];
  await sql`
    insert into connections.entity (organization_id, connection_id, account_id, type, id, name, parent, status, seen_at)
    select ${tx.organizationId}, ${slice.connection_id}, ${slice.account_id}, type, id, name, parent, status, ${tx.now()}
    from unnest(${unique.map(({ type }) => type)}::text[], ${unique.map(({ id }) => id)}::text[],
      ${unique.map(({ name }) => name.replaceAll('\u0000', '').toWellFormed())}::text[],
      ${unique.map(({ parent }) => parent ?? null)}::text[], ${unique.map(({ status }) => status ?? null)}::text[])
      as seen (type, id, name, parent, status)
    on conflict (organization_id, connection_id, account_id, type, id) do update set
      name = excluded.name, parent = excluded.parent, status = excluded.status, seen_at = excluded.seen_at`.execute(
    tx.db,
  );
}

async function keepRaw(
  tx: Context,
  { slice, run }: Work,
  page: StoredPage,
  raw: RawAnswer,
  content: Buffer,
  place: number,
): Promise<void> {
  await tables<ConnectionsTables>(tx)
    .insertInto('connections.raw_page')
    .values({
      organization_id: tx.organizationId,
      id: tx.newId(),
      connection_id: slice.connection_id,
      run_id: run.id,
      slice_id: slice.id,
      page: place,
      stream: slice.stream,
      account_id: slice.account_id,
      request: raw.request,
      at: JSON.stringify(raw.at),
      status: raw.status,
      rows: page.rowsRead,
      bytes: raw.bytes.length,
      content,
      fetched_at: tx.now(),
    })
    .execute();
}

/** A page may reach memory just after its connection was deleted; then it must go as well. */
async function forgetIfDeleted(context: Context, connectionId: string): Promise<void> {
  const found = await tables<ConnectionsTables>(context)
    .selectFrom('connections.connection')
    .select('id')
    .where('id', '=', connectionId)
    .executeTakeFirst();
  if (!found) await context.ports.memory.forgetConnection(context, connectionId);
}
