import { PlatformFailure } from '../../engine/platform-failure.ts';
import type { Answer, ApiRequest, Json, Slice, Target } from '../../platforms/connector.ts';
import type { Scope } from '../language/evaluate.pure.ts';
import { isEmpty, plainText } from '../language/values.pure.ts';
import type { ManifestStream } from '../manifest/schema.pure.ts';
import type { PageNames } from './scope.pure.ts';
import { compileCondition, compileExpression } from './values.pure.ts';

type Declared = NonNullable<ManifestStream['paging']>;

/** What is kept between two pages. `size` stays as it began, as other sizes cut rows at other places. */
interface Place {
  size: number;
  link?: string;
  cursor?: Json;
  number?: number;
  offset?: number;
}

/** How a stream goes from page to page. */
export interface Paging {
  names(slice: Slice, at: Json | null): PageNames;
  /** Adds to a request what leads to the page. */
  lead(request: ApiRequest, slice: Slice, at: Json | null): ApiRequest;
  /** @param scope names of the slice and its answer */
  next(answer: Answer, scope: Scope, rows: number, slice: Slice, at: Json | null): Json | null;
}

/** Compiles the way from page to page. */
export function compilePaging(paging: Declared, base: (target: Target) => string): Paging {
  const onward = compileNext(paging);
  const sizeParameter = 'size_parameter' in paging ? paging.size_parameter : undefined;
  const parameter = 'parameter' in paging ? paging.parameter : undefined;
  return {
    names: (slice, at) => placeOf(paging, slice, at),
    lead(request, slice, at) {
      const place = placeOf(paging, slice, at);
      // A link stands for the whole request with its parameters.
      if (place.link !== undefined) return { ...request, url: resolved(place.link, request, base(slice)), query: {} };
      const position = place.cursor ?? place.number ?? place.offset;
      const added = {
        ...(sizeParameter ? { [sizeParameter]: place.size } : {}),
        ...(parameter && !isEmpty(position)
          ? { [parameter]: typeof position === 'number' ? position : plainText(position) }
          : {}),
      };
      return withParameters(request, added);
    },
    next(answer, scope, rows, slice, at) {
      const place = onward(answer, scope, rows, placeOf(paging, slice, at));
      return place === null ? null : { ...place };
    },
  };
}

function resolved(link: string, request: ApiRequest, base: string): string {
  const from = request.url.startsWith('/') ? `${base}${request.url}` : request.url;
  if (URL.canParse(link, from)) return new URL(link, from).href;
  throw new PlatformFailure({ class: 'bad_request', message: 'The link to the next page is no address.' });
}

/** Parameters go where the request has its own: into the body or the form of a POST, else into the query. */
function withParameters(request: ApiRequest, added: Readonly<Record<string, string | number>>): ApiRequest {
  if (request.form) return { ...request, form: { ...request.form, ...asTexts(added) } };
  if (request.method === 'POST' && isObject(request.body)) return { ...request, body: { ...request.body, ...added } };
  return { ...request, query: { ...request.query, ...added } };
}

function asTexts(values: Readonly<Record<string, string | number>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

function isObject(body: Json | undefined): body is { readonly [key: string]: Json } {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}

function placeOf(paging: Declared, slice: Slice, at: Json | null): Place {
  if (at !== null) return at as unknown as Place;
  const size = slice.pageSize;
  if (paging.type === 'page') return { size, number: paging.first ?? 1 };
  return paging.type === 'offset' ? { size, offset: 0 } : { size };
}

type Onward = (answer: Answer, scope: Scope, rows: number, place: Place) => Place | null;

function compileNext(paging: Declared): Onward {
  switch (paging.type) {
    case 'none':
      return () => null;
    case 'next_link': {
      const next = compileExpression(paging.next);
      return (_, scope, __, { size }) => linkTo(next(scope), size);
    }
    case 'link_header':
      return ({ headers }, _, __, { size }) => linkTo(nextLink(headers['link'] ?? ''), size);
    case 'cursor':
      return compileCursor(paging);
    case 'page':
      return compilePage(paging);
    case 'offset':
      return compileOffset(paging);
  }
}

function linkTo(value: unknown, size: number): Place | null {
  return isEmpty(value) ? null : { size, link: plainText(value) };
}

/** The address with `rel="next"` in a Link header. */
function nextLink(header: string): string | null {
  for (const [, address, parameters] of header.matchAll(/<([^>]{1,4000})>([^<]*)/g)) {
    if (/;\s*rel="?next"?(?:[\s;,]|$)/i.test(parameters ?? '')) return address ?? null;
  }
  return null;
}

function compileCursor(paging: Extract<Declared, { type: 'cursor' }>): Onward {
  const next = compileExpression(paging.next);
  const more = compileCondition(paging.more);
  return (_, scope, __, { size }) => {
    const cursor = next(scope);
    return isEmpty(cursor) || !more(scope) ? null : { size, cursor: cursor as Json };
  };
}

function compilePage(paging: Extract<Declared, { type: 'page' }>): Onward {
  const goesOn = compileEnd(paging.last, paging.more);
  return (_, scope, rows, { size, number = 1 }) => (goesOn(scope, number, rows) ? { size, number: number + 1 } : null);
}

function compileOffset(paging: Extract<Declared, { type: 'offset' }>): Onward {
  const goesOn = compileEnd(paging.total, paging.more);
  return (_, scope, rows, { size, offset = 0 }) =>
    goesOn(scope, offset + rows, rows) ? { size, offset: offset + rows } : null;
}

/**
 * Whether there is another page: as the answer says, or until a page is empty. A page with fewer rows than asked for is
 * no end, as platforms cap the size of pages in silence.
 */
function compileEnd(end: string | undefined, more: string | undefined) {
  const last = end === undefined ? null : compileExpression(end);
  const condition = more === undefined ? null : compileCondition(more);
  return (scope: Scope, reached: number, rows: number): boolean => {
    if (condition) return condition(scope);
    if (!last) return rows > 0;
    const value = last(scope);
    const limit = Number(plainText(value));
    if (isEmpty(value) || !Number.isFinite(limit)) {
      throw new PlatformFailure({
        class: 'transient',
        message: `The answer does not say where its pages end (${end}).`,
      });
    }
    return reached < limit;
  };
}
