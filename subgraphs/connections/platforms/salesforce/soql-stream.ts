import { z } from 'zod';
import type { Answer, ApiRequest, Item, Json, Mapped, Slice, Stream } from '../connector.ts';
import { defineStream } from '../connector.ts';
import { fieldsOf, type ObjectName } from './accounts.ts';

const text = z.string().nullish();
const parent = z.looseObject({ Name: text, Type: text }).nullish();

/** Fields of all objects that are read; what the user may not see, or the object has not, is absent. */
const record = z.looseObject({
  Id: z.string(),
  IsDeleted: z.boolean().nullish(),
  CreatedDate: text,
  SystemModstamp: text,
  Amount: z.number().nullish(),
  CurrencyIsoCode: text,
  StageName: text,
  Probability: z.number().nullish(),
  IsClosed: z.boolean().nullish(),
  IsWon: z.boolean().nullish(),
  CloseDate: text,
  LeadSource: text,
  Type: text,
  Status: text,
  Industry: text,
  IsConverted: z.boolean().nullish(),
  ConvertedDate: text,
  OpportunityId: text,
  HasResponded: z.boolean().nullish(),
  FirstRespondedDate: text,
  Name: text,
  StartDate: text,
  EndDate: text,
  ActualCost: z.number().nullish(),
  BudgetedCost: z.number().nullish(),
  Campaign: parent,
});

export type SalesforceRecord = z.infer<typeof record>;

/** Pages have from 200 to 2,000 rows. */
const leastRows = 200;
export const mostRows = 2000;
/** Changes are stamped when they begin and seen when they end. */
const overlapSeconds = 600;

interface Options {
  name: string;
  title: string;
  object: ObjectName;
  delivers: Stream['delivers'];
  kind: Item['kind'];
  /** The field that tells of changes; null for objects that are read whole. */
  stamp: 'SystemModstamp' | 'CreatedDate' | null;
  map(row: SalesforceRecord, slice: Slice): Mapped;
}

/** Rows of an object that were changed in a window, deleted ones too. */
export function soqlStream({ name, title, object, delivers, kind, stamp, map }: Options): Stream {
  return defineStream<SalesforceRecord>({
    name,
    title,
    delivers,
    basis: 'booked',
    scopes: ['api'],
    key: ['Id'],
    row: record,
    cursor: stamp ? { by: 'update', overlapSeconds, windowDays: 90, historyDays: 1120 } : { by: 'none' },
    pageSize: mostRows,
    request: (slice, at) => {
      if (at !== null) return moreRequest(slice, at as string);
      const order = stamp ? ` WHERE ${windowOf(slice, stamp)} ORDER BY ${stamp}, Id` : ' ORDER BY Id';
      return queryRequest(
        slice,
        `SELECT ${fieldsOf(slice.account, object).join(', ')} FROM ${object}${order}`,
        'queryAll',
      );
    },
    rows: recordsOf,
    next: nextOf,
    map: (row, slice) => (row.IsDeleted ? { items: [deletedItem(row, kind)] } : map(row, slice)),
  });
}

/** The window in SOQL; its literals have no quotes. */
export function windowOf({ since, until }: Slice, stamp: string): string {
  return `${stamp} >= ${since.toISOString()} AND ${stamp} < ${until.toISOString()}`;
}

export function queryRequest(
  slice: Slice,
  q: string,
  resource: 'query' | 'queryAll',
  rows = slice.pageSize,
): ApiRequest {
  return { url: `/${resource}`, query: { q }, headers: batch(rows) };
}

/** The next page of a query, at an address of the instance. */
export function moreRequest({ extra, pageSize }: Slice, path: string, rows = pageSize): ApiRequest {
  return { url: `${extra['instance_url']}${path}`, headers: batch(rows) };
}

function batch(rows: number): Record<string, string> {
  return { 'sforce-query-options': `batchSize=${Math.min(mostRows, Math.max(leastRows, rows))}` };
}

export function recordsOf({ body }: Answer): readonly unknown[] {
  return (body as { records?: unknown[] }).records ?? [];
}

export function nextOf({ body }: Answer): string | null {
  return (body as { nextRecordsUrl?: string }).nextRecordsUrl ?? null;
}

/** An instant; Salesforce writes offsets without a colon. Throws RangeError for what is none. */
export function instant(value: string | null | undefined): Date {
  const date = new Date((value ?? '').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  if (Number.isNaN(date.getTime())) throw new RangeError(`${value} is no instant.`);
  return date;
}

function deletedItem(row: SalesforceRecord, kind: Item['kind']): Item {
  const changed = instant(row.SystemModstamp ?? row.CreatedDate);
  return { key: row.Id, kind, deleted: true, occurredAt: created(row), updatedAt: changed, channel: null, details: {} };
}

function created({ CreatedDate, SystemModstamp }: SalesforceRecord): Date {
  return instant(CreatedDate ?? SystemModstamp);
}

/** A row that adds to no daily figures, with what is worth knowing of it. */
export function plainItem(row: SalesforceRecord, kind: Item['kind'], details: Record<string, Json | undefined>): Item {
  const known = Object.entries(details).map(([name, value]): [string, Json] => [name, value ?? null]);
  return {
    key: row.Id,
    kind,
    occurredAt: created(row),
    updatedAt: row.SystemModstamp ? instant(row.SystemModstamp) : null,
    channel: null,
    details: Object.fromEntries(known),
  };
}
