import { z } from 'zod';
import type { Answer, Item, Json, Mapped, Slice, Stream } from '../connector.ts';
import { defineStream } from '../connector.ts';

const text = z.string().nullish();
const number = z.number().nullish();

/** Fields of all modules that are read, and those of the list of what was deleted. */
const record = z.looseObject({
  id: z.string(),
  Created_Time: text,
  Modified_Time: text,
  deleted_time: z.string().optional(),
  Amount: number,
  Currency: text,
  Stage: text,
  Probability: number,
  Closing_Date: text,
  Lead_Source: text,
  Lead_Status: text,
  Campaign_Source: z.looseObject({ name: text }).nullish(),
  Campaign_Name: text,
  Type: text,
  Status: text,
  Start_Date: text,
  End_Date: text,
  Actual_Cost: number,
  Budgeted_Cost: number,
  Industry: text,
  Account_Type: text,
});

export type ZohoRow = z.infer<typeof record>;

interface Options {
  name: string;
  title: string;
  /** As the API calls it. */
  module: string;
  delivers: Stream['delivers'];
  kind: Item['kind'];
  fields: readonly string[];
  map(row: ZohoRow, slice: Slice): Mapped;
}

/** Changes are found a little later than they are made. */
const overlapSeconds = 300;
/** There is no end to give, only a beginning: cutting the past would read what is new again for each part. */
const historyDays = 1120;

interface Found {
  data?: unknown[];
  info?: { more_records?: boolean; next_page_token?: string | null; page?: number };
}

/** Where a slice is: in the module, or in the list of what was deleted. */
interface Place {
  list: 'changed' | 'deleted';
  token: string | null;
  page: number;
}

const beginning: Place = { list: 'changed', token: null, page: 1 };

/** A window that ended so long ago is the past, which is filled in on demand. */
const pastMs = 3_600_000;

/**
 * Records of a module that were changed since a moment, then those that were deleted. Newest first: what is changed
 * meanwhile comes to the front and shifts others back, so that some are seen twice and none is passed over. A window in
 * the past is read from its oldest end, to stop where it ends.
 */
export function moduleStream({ name, title, module, delivers, kind, fields, map }: Options): Stream {
  return defineStream<ZohoRow>({
    name,
    title,
    delivers,
    basis: 'booked',
    scopes: ['ZohoCRM.modules.READ'],
    key: ['id'],
    row: record,
    cursor: { by: 'update', overlapSeconds, windowDays: historyDays, historyDays },
    pageSize: 200,
    request: (slice, at) => {
      const place = (at as unknown as Place | null) ?? beginning;
      const paging = place.token === null ? { page: place.page } : { page_token: place.token };
      const changed = {
        fields: fields.join(','),
        sort_by: 'Modified_Time',
        sort_order: isPast(slice) ? 'asc' : 'desc',
      };
      return {
        url: `/${module}${place.list === 'deleted' ? '/deleted' : ''}`,
        query: { ...(place.list === 'deleted' ? { type: 'all' } : changed), per_page: slice.pageSize, ...paging },
        headers: { 'if-modified-since': `${slice.since.toISOString().slice(0, 19)}+00:00` },
      };
    },
    // No body at all means nothing new.
    rows: (answer, slice, at) => {
      const rows = bodyOf(answer).data ?? [];
      return (at as unknown as Place | null)?.list === 'deleted'
        ? rows.filter((row) => wasDeletedSince(row, slice))
        : rows;
    },
    next: (answer, slice, at) =>
      nextPlace(bodyOf(answer), slice, (at as unknown as Place | null) ?? beginning) as unknown as Json,
    map: (row, slice) => (row.deleted_time ? { items: [deletedItem(row, kind)] } : map(row, slice)),
  });
}

function bodyOf({ body }: Answer): Found {
  return (body as Found | null) ?? {};
}

/** `page` reaches the first 2,000 rows only, tokens go further. */
function nextPlace({ info, data = [] }: Found, slice: Slice, place: Place): Place | null {
  const last = data.at(-1) as { Modified_Time?: string } | undefined;
  const isBehind = isPast(slice) && Date.parse(last?.Modified_Time ?? '') >= slice.until.getTime();
  if (info?.more_records && !isBehind)
    return { ...place, token: info.next_page_token ?? null, page: (info.page ?? place.page) + 1 };
  return place.list === 'changed' ? { list: 'deleted', token: null, page: 1 } : null;
}

function isPast({ now, until }: Slice): boolean {
  return now.getTime() - until.getTime() > pastMs;
}

/** The list of what was deleted may leave the header aside. */
function wasDeletedSince(row: unknown, { since }: Slice): boolean {
  const { deleted_time: at } = row as { deleted_time?: string };
  return at === undefined || !(Date.parse(at) < since.getTime());
}

function deletedItem({ id, deleted_time: deletedAt }: ZohoRow, kind: Item['kind']): Item {
  const at = instant(deletedAt);
  return { key: id, kind, deleted: true, occurredAt: at, updatedAt: at, channel: null, details: {} };
}

/** Throws RangeError for what is no instant. */
export function instant(value: string | null | undefined): Date {
  const date = new Date(value ?? '');
  if (Number.isNaN(date.getTime())) throw new RangeError(`${value} is no instant.`);
  return date;
}

/** A record that adds to no daily figures, with what is worth knowing of it. */
export function plainItem(row: ZohoRow, kind: Item['kind'], details: Record<string, Json | undefined>): Item {
  const known = Object.entries(details).map(([name, value]): [string, Json] => [name, value ?? null]);
  return {
    key: row.id,
    kind,
    occurredAt: instant(row.Created_Time ?? row.Modified_Time),
    updatedAt: row.Modified_Time ? instant(row.Modified_Time) : null,
    channel: null,
    details: Object.fromEntries(known),
  };
}
