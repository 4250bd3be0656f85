import type { Answer } from '../kit/answer.pure.ts';
import { cursorOf, pageOf, placeOf } from '../kit/page.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { api, badParameter } from './answers.pure.ts';
import type { KlaviyoDouble } from './state.ts';

export interface Resource {
  type: string;
  id: string;
  attributes: Record<string, unknown>;
  relationships?: Record<string, unknown>;
}

interface Sizes {
  usual: number;
  most: number;
}

/** A page of resources with JSON:API's links; `included` gives what belongs to those on it, `shown` how they are written. */
export function resourcePage<T extends Resource>(
  all: readonly T[],
  request: DoubleRequest,
  { faults }: KlaviyoDouble,
  sizes: Sizes,
  more: { included?: (page: readonly T[]) => readonly Resource[]; shown?: (item: T) => Resource } = {},
): Answer {
  const size = Number(request.query.get('page[size]') ?? sizes.usual);
  if (!Number.isInteger(size) || size < 1 || size > sizes.most)
    return badParameter('page[size]', `Page size must be an integer between 1 and ${sizes.most}.`);
  const cursor = request.query.get('page[cursor]');
  const start = cursor === null ? 0 : placeOf(cursor);
  if (start === null) return badParameter('page[cursor]', 'The cursor is invalid.');
  const page = pageOf(all, start, size, faults);
  const links = {
    self: request.url.href,
    next: page.next === null ? null : pageUrl(request, page.next),
    prev: start === 0 ? null : pageUrl(request, Math.max(0, start - size)),
  };
  return api({
    data: more.shown ? page.items.map(more.shown) : page.items,
    ...(more.included ? { included: more.included(page.items) } : {}),
    links,
  });
}

/** The address of another page. */
export function pageUrl({ url }: DoubleRequest, place: number, name = 'page[cursor]'): string {
  const next = new URL(url);
  next.searchParams.set(name, cursorOf(place));
  return next.href;
}
