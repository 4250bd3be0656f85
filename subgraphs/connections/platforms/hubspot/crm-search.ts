import { z } from 'zod';
import type { Answer, ApiRequest, Item, Json, Mapped, Slice, Stream } from '../connector.ts';
import { defineStream } from '../connector.ts';
import type { Properties } from './sources.pure.ts';
import { instant } from './sources.pure.ts';

const record = z.looseObject({
  id: z.string(),
  properties: z.record(z.string(), z.string().nullable()),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  archived: z.boolean().optional(),
  archivedAt: z.iso.datetime().optional(),
});

export type CrmRecord = z.infer<typeof record>;

interface Options {
  type: 'contacts' | 'companies' | 'deals';
  title: string;
  delivers: Stream['delivers'];
  kind: Item['kind'];
  /** The property that tells of changes; filters on another type's name find nothing. */
  modified: 'lastmodifieddate' | 'hs_lastmodifieddate';
  properties: readonly string[];
  map(record: CrmRecord, slice: Slice): Mapped;
}

/** A search names no more rows than these. */
const searchCap = 10_000;
/** Windows that are this short are read whole however many rows they have, e.g. after an import. */
const shortMs = 3_600_000;
/** The search runs behind by seconds; so a sync goes back by minutes. */
const overlapSeconds = 600;

interface Found {
  total?: number;
  results?: CrmRecord[];
  paging?: { next?: { after?: string } };
}

/** Where a slice is: behind an id of the search, or in the list of what was deleted. */
type Place = { id: string } | { deleted: string | null };

/**
 * Objects that were changed in a window. Each page goes on behind the last id instead of a number of rows, so that what
 * is changed meanwhile shifts nothing. Objects that were deleted are in a list of their own, read by the newest slice.
 */
export function crmStream({ type, title, delivers, kind, modified, properties, map }: Options): Stream {
  return defineStream<CrmRecord>({
    name: type,
    title,
    delivers,
    basis: 'booked',
    scopes: [`crm.objects.${type}.read`],
    key: ['id'],
    row: record,
    cursor: { by: 'update', overlapSeconds, windowDays: 30, historyDays: 1120 },
    pageSize: 200,
    request: (slice, at) => {
      const place = at as Place | null;
      return place && 'deleted' in place
        ? deletedRequest(type, slice, place.deleted)
        : searchRequest(type, modified, properties, slice, place?.id ?? null);
    },
    rows: (answer, slice, at) => {
      const { results = [] } = bodyOf(answer);
      return at && 'deleted' in (at as Place) ? results.filter((one) => wasDeletedIn(one, slice)) : results;
    },
    next: (answer, slice, at) => nextPlace(bodyOf(answer), slice, at as Place | null),
    cutOff: (answer, _, slice) => {
      const { total = 0 } = bodyOf(answer);
      const isLong = slice.until.getTime() - slice.since.getTime() > shortMs;
      return total > searchCap && isLong ? `${total} rows were changed, and HubSpot finds ${searchCap} at once.` : null;
    },
    map: (row, slice) => (row.archived ? { items: [deletedItem(row, kind)] } : map(row, slice)),
  });
}

function searchRequest(
  type: string,
  modified: string,
  properties: readonly string[],
  slice: Slice,
  behind: string | null,
): ApiRequest {
  const filters = [
    { propertyName: modified, operator: 'GTE', value: String(slice.since.getTime()) },
    { propertyName: modified, operator: 'LT', value: String(slice.until.getTime()) },
    ...(behind === null ? [] : [{ propertyName: 'hs_object_id', operator: 'GT', value: behind }]),
  ];
  return {
    method: 'POST',
    url: `/crm/objects/${slice.version}/${type}/search`,
    body: {
      filterGroups: [{ filters }],
      sorts: [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }],
      properties: [...properties],
      limit: slice.pageSize,
    },
  };
}

function deletedRequest(type: string, slice: Slice, after: string | null): ApiRequest {
  const query = { archived: true, limit: Math.min(100, slice.pageSize), after: after ?? undefined };
  return { url: `/crm/objects/${slice.version}/${type}`, query };
}

function nextPlace({ results = [], paging }: Found, slice: Slice, place: Place | null): Json | null {
  const after = paging?.next?.after;
  if (place && 'deleted' in place) return after ? { deleted: after } : null;
  if (after && results.length > 0) return { id: results.at(-1)!.id };
  const isNewest = slice.now.getTime() - slice.until.getTime() < shortMs;
  return isNewest ? { deleted: null } : null;
}

function wasDeletedIn({ archivedAt }: CrmRecord, { since }: Slice): boolean {
  return archivedAt === undefined || Date.parse(archivedAt) >= since.getTime();
}

function deletedItem({ id, createdAt, archivedAt, updatedAt }: CrmRecord, kind: Item['kind']): Item {
  const changed = new Date(archivedAt ?? updatedAt);
  return {
    key: id,
    kind,
    deleted: true,
    occurredAt: new Date(createdAt),
    updatedAt: changed,
    channel: null,
    details: {},
  };
}

function bodyOf({ body }: Answer): Found {
  return body as Found;
}

/** When a record was changed, by its property if it has one. */
export function changedAt({ properties, updatedAt }: CrmRecord, name: string): Date {
  return instant(properties[name]) ?? new Date(updatedAt);
}

/** Properties that are there, for details. */
export function chosen(properties: Properties, names: Readonly<Record<string, string>>): Record<string, Json> {
  return Object.fromEntries(Object.entries(names).map(([shown, name]) => [shown, properties[name] ?? null]));
}
