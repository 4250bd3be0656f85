import { z } from 'zod';
import type { Answer, ApiRequest, Item, Json, Slice, Stream } from '../connector.ts';
import { defineStream } from '../connector.ts';
import { microsOfMinor } from '../kit/money.pure.ts';

/** Fields that every object of a list has. */
export const listed = { id: z.string(), created: z.number().int() };

interface Options<Row> {
  /** The last part of the path. */
  name: string;
  title: string;
  row: z.ZodType<Row>;
  query?: Readonly<Record<string, string>>;
  /** Events that bring later changes of these objects; none when they do not change. */
  changes?: readonly string[];
  toItem(row: Row, slice: Slice): Item | null;
}

/** Where a page begins: in the list of what was made in the window, then in that of what changed in it. */
interface Place {
  step: 'made' | 'changed';
  after: string | null;
}

interface List {
  data?: { id: string }[];
  has_more?: boolean;
}

interface Change {
  created: number;
  data: { object: Record<string, unknown> };
}

/** Stripe forgets events after so many days. */
const eventDays = 30;

/**
 * What was made in a window, newest first, and what changed in it of whatever age: the lists know no time of change, so
 * that is in the events of the last thirty days. The window's end is fixed, as new objects come at the head of a list.
 */
export function createdStream<Row extends { id: string }>(options: Options<Row>): Stream {
  const { name, title, row, changes = [], toItem } = options;
  return defineStream<Row>({
    name,
    title,
    delivers: ['items'],
    basis: 'paid',
    key: ['id'],
    row,
    cursor: { by: 'update', overlapSeconds: 3600, windowDays: 30, historyDays: 1120 },
    pageSize: 100,
    request: (slice, at) => requestOf(options, slice, placeOf(at)),
    rows: ({ body }, slice, at) => {
      const { data = [] } = body as List;
      return placeOf(at).step === 'made' ? data : changed(data as unknown as Change[], slice);
    },
    next: (answer, slice, at) => nextOf(answer, slice, placeOf(at), changes.length > 0) as Json,
    map: (given, slice) => {
      const item = toItem(given, slice);
      const { changedAt } = given as { changedAt?: number };
      if (item === null) return null;
      return { items: [{ ...item, updatedAt: changedAt === undefined ? null : new Date(changedAt * 1000) }] };
    },
  });
}

function placeOf(at: Json | null): Place {
  return (at as unknown as Place | null) ?? { step: 'made', after: null };
}

function requestOf(
  { name, query, changes = [] }: Pick<Options<unknown>, 'name' | 'query' | 'changes'>,
  slice: Slice,
  place: Place,
): ApiRequest {
  const from = firstSecond(slice);
  const last = Math.ceil(slice.until.getTime() / 1000) - 1;
  const page = { limit: slice.pageSize, starting_after: place.after ?? undefined, 'created[lte]': last };
  if (place.step === 'made') return { url: `/${name}`, query: { ...query, ...page, 'created[gte]': from } };
  const types = changes.map((type) => `types[]=${type}`).join('&');
  return { url: `/events?${types}`, query: { ...page, 'created[gte]': Math.max(from, firstEvent(slice)) } };
}

function firstEvent({ now }: Slice): number {
  return Math.floor(now.getTime() / 1000) - eventDays * 86_400;
}

/**
 * Objects as their events tell them, the oldest first, so that the youngest is the one that stays. Those made in the
 * window are left out: the list has them as they are now, an event as they were then.
 */
function changed(events: readonly Change[], slice: Slice): unknown[] {
  return events
    .filter(({ data }) => Number(data.object['created']) < firstSecond(slice))
    .map(({ created, data }) => ({ ...data.object, changedAt: created }))
    .toReversed();
}

function firstSecond({ since }: Slice): number {
  return Math.floor(since.getTime() / 1000);
}

function nextOf({ body }: Answer, slice: Slice, place: Place, hasChanges: boolean): Place | null {
  const { data = [], has_more: more = false } = body as List;
  const last = data.at(-1);
  if (more && last) return { ...place, after: last.id };
  const isRecent = slice.until.getTime() / 1000 > firstEvent(slice);
  return place.step === 'made' && hasChanges && isRecent ? { step: 'changed', after: null } : null;
}

/** Micros in the currency of an object, which Stripe writes in small letters. */
export function money(amount: number, currency: string): { currency: string; micros: bigint } {
  return { currency: currency.toUpperCase(), micros: microsOfMinor(amount, currency) };
}

/** Whether rows count: what was made with a key of test mode never was money. */
export function isLive({ account }: Slice): boolean {
  return account.extra?.['mode'] !== 'test';
}
