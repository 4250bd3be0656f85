import { sql } from 'kysely';
import { z } from 'zod';
import { tables, type Context } from '@liftos/core/context.ts';
import type { Basis } from '@liftos/core/ports/memory.ts';
import type { Account, Mapped, Slice, Stream } from '../platforms/connector.ts';
import { findConnector } from '../platforms/registry.ts';
import { dayIn } from '../sync/plan-slices.pure.ts';
import type { ConnectionTable, LiveSettings } from '../tables.ts';
import { parsed, unpack } from './body.ts';
import { sourceOf } from './sources/registry.ts';
import type { FoundRow, Reading } from './sources/webhook-source.ts';
import type { DeliveryRow, EndpointRow, WebhookTables } from './tables.ts';

/** A row of a delivery in canonical form, or why it has none. */
export interface MappedRow {
  stream: string;
  basis: Basis | undefined;
  mapped: Mapped;
  at: string;
}

/** A delivery after it was read. */
export interface ReadDelivery extends Pick<Reading, 'broken'> {
  delivery: DeliveryRow;
  rows: MappedRow[];
  problems: string[];
  refused: number;
  sync: boolean;
}

/** `isOwn` for streams that no sync could read. */
type AnyStream = Pick<Stream, 'name' | 'row' | 'basis' | 'map'> & Partial<Pick<Stream, 'rows'>> & { isOwn?: boolean };
type Names = ReadonlyMap<string, string>;

/** Reads deliveries of one endpoint and maps what is in them as a sync of its platform would. */
export async function mapDeliveries(
  context: Context,
  endpoint: EndpointRow,
  connection: ConnectionTable,
  deliveries: readonly DeliveryRow[],
): Promise<{ reads: ReadDelivery[]; account: Account }> {
  const accounts = await accountsOf(context, connection);
  const live = (await findConnector(context, connection.platform))?.live ?? null;
  const account = accounts.length === 1 ? accounts[0]! : accountOf(connection);
  const streams = streamsOf(endpoint, accounts.length > 1 ? [] : (live?.streams ?? []));
  const readings = await Promise.all(deliveries.map(async (delivery) => readingOf(endpoint, delivery)));
  const missing = new Set<string>();
  const mapAll = (names: Names): ReadDelivery[] => {
    const slice = sliceOf({ context, connection, account, version: live?.version ?? '', names, missing });
    return readings.map((reading, index) => mapReading(deliveries[index]!, reading, streams, slice));
  };
  const first = mapAll(new Map());
  if (missing.size === 0) return { reads: first, account };
  return { reads: mapAll(await namesOf(context, connection.id, account.id, [...missing])), account };
}

async function readingOf({ kind }: EndpointRow, delivery: DeliveryRow): Promise<Reading> {
  const body = parsed(await unpack(delivery.content));
  if (body === undefined) return { problems: ['The body is no JSON.'] };
  return sourceOf(kind).read({ event: delivery.event, headers: delivery.headers, body });
}

function mapReading(
  delivery: DeliveryRow,
  reading: Reading,
  streams: ReadonlyMap<string, AnyStream>,
  slice: Slice,
): ReadDelivery {
  const read: ReadDelivery = {
    delivery,
    rows: [],
    problems: [...(reading.problems ?? [])],
    refused: 0,
    sync: reading.sync ?? false,
    ...(reading.broken ? { broken: reading.broken } : {}),
  };
  for (const found of reading.rows ?? []) addRow(read, found, streams.get(found.stream), slice);
  return read;
}

function addRow(read: ReadDelivery, found: FoundRow, stream: AnyStream | undefined, slice: Slice): void {
  // What only a sync can read must not be lost.
  if (!stream) return void (read.sync = true);
  const at = found.at ?? found.stream;
  const rows = understood(() => rowsIn(found, stream, slice));
  if (typeof rows === 'string') return refuse(read, `${at}: ${rows}`);
  for (const row of rows) {
    const shaped = stream.row.safeParse(row);
    if (!shaped.success) {
      refuse(read, lineOf(at, shaped.error));
      read.sync ||= !stream.isOwn;
      continue;
    }
    const mapped = understood(() => stream.map(shaped.data, slice));
    if (typeof mapped === 'string') refuse(read, `${at}: ${mapped}`);
    else if (mapped) {
      read.rows.push({ stream: stream.name, basis: stream.basis, mapped: versioned(mapped, found.version), at });
    }
  }
}

function rowsIn({ row, page }: FoundRow, stream: AnyStream, slice: Slice): readonly unknown[] {
  if (page === undefined) return [row];
  return stream.rows?.({ status: 200, headers: {}, body: page }, slice, null) ?? [];
}

function lineOf(at: string, { issues: [issue] }: z.ZodError): string {
  return `${[at, ...(issue?.path ?? [])].join('.')}: ${issue?.message ?? 'is not as expected'}`;
}

/** What cannot be understood is put aside with the reason; what is broken inside us is not. */
function understood<T>(work: () => T): T | string {
  try {
    return work();
  } catch (error) {
    if (error instanceof z.ZodError) return lineOf('', error);
    if (!(error instanceof RangeError)) throw error;
    return error.message;
  }
}

/** Counts a row that cannot be taken in; the first hundred lines are kept. */
export function refuse(read: ReadDelivery, line: string): void {
  read.refused += 1;
  if (read.problems.length < 100) read.problems.push(line.slice(0, 300).replaceAll('\u0000', '\u2400').toWellFormed());
}

function versioned(mapped: Mapped, version: Date | undefined): Mapped {
  if (!version || Number.isNaN(version.getTime()) || !mapped.items) return mapped;
  return { ...mapped, items: mapped.items.map((item) => ({ ...item, updatedAt: item.updatedAt ?? version })) };
}

/** Of several accounts nobody knows which one a row belongs to, so `read` is empty then and a sync reads them. */
function streamsOf({ kind }: EndpointRow, read: readonly Stream[]): Map<string, AnyStream> {
  const own = (sourceOf(kind).streams ?? []).map((stream) => ({ ...stream, isOwn: true }));
  return new Map([...read, ...own].map((stream) => [stream.name, stream]));
}

async function accountsOf(context: Context, connection: ConnectionTable): Promise<Account[]> {
  const rows = await tables<WebhookTables>(context)
    .selectFrom('connections.account')
    .selectAll()
    .where('connection_id', '=', connection.id)
    .where('state', '=', 'OK')
    .where('selected', '=', true)
    .limit(2)
    .execute();
  return rows.map(({ id, name, currency, time_zone: timeZone, extra }) => {
    return { id, name, currency, timeZone, state: 'ok', extra };
  });
}

/** The connection as a whole, as long as its accounts are not known. */
function accountOf({ name, currency, time_zone: timeZone }: ConnectionTable): Account {
  return { id: '', name, currency, timeZone, state: 'ok' };
}

interface Surroundings {
  context: Context;
  connection: ConnectionTable;
  account: Account;
  version: string;
  names: Names;
  /** Takes what `names` lacks. */
  missing: Set<string>;
}

function sliceOf({ context, connection, account, version, names, missing }: Surroundings): Slice {
  const now = context.now();
  const today = dayIn(now, account.timeZone);
  return {
    version,
    settings: (connection.settings as Partial<LiveSettings>).values ?? {},
    extra: {},
    account,
    from: today,
    to: today,
    since: now,
    until: now,
    pageSize: 0,
    now,
    nameOf(type, id) {
      const key = `${type}\u001f${id}`;
      if (!names.has(key)) missing.add(key);
      return names.get(key) ?? null;
    },
  };
}

async function namesOf(
  context: Context,
  connectionId: string,
  accountId: string,
  keys: readonly string[],
): Promise<Names> {
  const pairs = keys.map((key) => key.split('\u001f', 2) as [string, string]);
  const { rows } = await sql<{ type: string; id: string; name: string }>`
    select type, id, name from connections.entity
    where connection_id = ${connectionId} and account_id = ${accountId}
      and (type, id) in (select type, id from unnest(${pairs.map(([type]) => type)}::text[],
        ${pairs.map(([, id]) => id)}::text[]) as wanted (type, id))`.execute(context.db);
  return new Map(rows.map(({ type, id, name }) => [`${type}\u001f${id}`, name]));
}
