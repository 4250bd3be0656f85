import type { Answer, ApiRequest, Slice } from '../connector.ts';
import { attributionOf, marketOf, order } from './attribution.pure.ts';

/** What a refund takes from its order. */
export interface OrderInShort {
  id: string;
  channel: string;
  campaign: string | null;
  region?: string | null;
  currency: string;
  counts: boolean;
}

/** Where reading stands: a page of one of two lists, or the refunds of an order on it. */
export interface Place {
  list: 'modified' | 'made';
  page: number;
  /** Rows that the list had when the page before was read; null on the first. */
  total: number | null;
  /** Orders whose refunds are still to be read; the place goes on behind them. */
  queue: readonly OrderInShort[];
  /** Where to go when the queue is empty. */
  after: Place | null;
}

export const beginning: Place = { list: 'modified', page: 1, total: null, queue: [], after: null };

const countNothing = new Set(['pending', 'failed', 'cancelled', 'trash', 'auto-draft', 'checkout-draft']);

/** As in the shop's own reports: what was not paid and will not be counts nothing. */
export function isSale(status: string): boolean {
  return !countNothing.has(status);
}

export function requestOf({ since, until, pageSize }: Slice, { list, page, queue }: Place): ApiRequest {
  const [first] = queue;
  if (first) return { url: `/orders/${first.id}/refunds`, query: { per_page: 100 } };
  const name = list === 'modified' ? 'modified_' : '';
  // Both ends are exclusive, and times have whole seconds.
  return {
    url: '/orders',
    query: {
      [`${name}after`]: second(Math.floor(since.getTime() / 1000) - 1),
      [`${name}before`]: second(Math.ceil(until.getTime() / 1000)),
      dates_are_gmt: true,
      status: 'any',
      orderby: 'id',
      order: 'asc',
      per_page: pageSize,
      page,
    },
  };
}

function second(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19);
}

/**
 * The place after an answer. Lists cannot be ordered by change, so an order that changes while they are read leaves its
 * window, and those behind it move forward: when the list got shorter, so many rows are read again.
 */
export function nextPlace(answer: Answer, slice: Slice, place: Place): Place | null {
  if (place.queue.length > 0) {
    const queue = place.queue.slice(1);
    return queue.length > 0 ? { ...place, queue } : place.after;
  }
  const after = behind(answer, slice, place);
  const queue = withRefunds(answer);
  return queue.length > 0 ? { ...place, queue, after } : after;
}

function behind({ headers, body }: Answer, slice: Slice, { list, page, total: before }: Place): Place | null {
  const total = Number(headers['x-wp-total'] ?? 0);
  const pages = Number(headers['x-wp-totalpages'] ?? 0);
  const size = Math.max(1, page < pages ? (body as unknown[]).length : slice.pageSize);
  const back = before !== null && total < before ? Math.ceil((before - total) / size) : 0;
  const next = Math.max(1, page + 1 - back);
  if (next <= pages && (next > page || back > 0)) return { list, page: next, total, queue: [], after: null };
  return list === 'modified' && isPast(slice) ? { ...beginning, list: 'made' } : null;
}

/** Orders of a window that is over may have changed after it; so that it can be read on its own, they are read too. */
function isPast({ until, now }: Slice): boolean {
  return until.getTime() < now.getTime() - 60_000;
}

function withRefunds({ body }: Answer): OrderInShort[] {
  return (body as unknown[]).flatMap((one) => {
    const parsed = order.safeParse(one);
    if (!parsed.success || (parsed.data.refunds ?? []).length === 0) return [];
    const { id, currency, status } = parsed.data;
    const { channel, campaign } = attributionOf(parsed.data);
    return [{ id: String(id), channel, campaign, region: marketOf(parsed.data), currency, counts: isSale(status) }];
  });
}
