import { json, type Answer } from '../kit/answer.pure.ts';
import { cursorOf, pageOf, placeOf } from '../kit/page.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import { bulkNode, shopAsked, startBulk } from './bulk.ts';
import { costOf, graphqlError } from './errors.pure.ts';
import { listOf } from './lists.ts';
import { shopNode } from './nodes.ts';
import type { ShopifyDouble } from './state.ts';

interface Body {
  query?: string;
  variables?: { first?: number; after?: string | null; search?: string; id?: string; query?: string };
}

const largestPage = 250;
/** So far one can page; more is for bulk operations. */
const deepestPlace = 25_000;
const freePoints = 1800;

/** `POST /admin/api/{version}/graphql.json`. Fields are those that LiftOS asks for; a selection is not read. */
export function graphql(request: DoubleRequest, double: ShopifyDouble): Answer {
  const { query, variables = {} } = request.json<Body>() ?? {};
  if (typeof query !== 'string') return json({ errors: { query: 'Required parameter missing or invalid' } }, 400);
  const shop = shopAsked(request, double);
  if (query.includes('bulkOperationRunQuery')) return startBulk(variables.query ?? '', shop, double);
  if (/\bnode\s*\(/.test(query)) return bulkNode(variables.id ?? '', shop, double);
  const field = /\b(orders|customers|products)\s*\(/.exec(query)?.[1];
  if (field === undefined) return answered({ shop: shopNode(shop) }, 1);
  return page(field, shop, variables, double);
}

function page(
  field: string,
  shop: AccountTruth,
  variables: NonNullable<Body['variables']>,
  double: ShopifyDouble,
): Answer {
  const { first = 0, after = null, search = '' } = variables;
  if (first < 1 || first > largestPage)
    return graphqlError('BAD_REQUEST', `first must be between 1 and ${largestPage}.`);
  const place = after === null ? 0 : placeOf(after);
  if (place === null) return graphqlError('BAD_REQUEST', 'Invalid cursor for current pagination sort.');
  if (place >= deepestPlace)
    return graphqlError('BAD_REQUEST', 'Pagination is limited to 25,000 objects. Use a bulk operation.');
  const { items, next } = pageOf(listOf(field, shop, search, double), place, first, double.faults);
  const pageInfo = { hasNextPage: next !== null, endCursor: cursorOf(next ?? place + items.length) };
  return answered({ [field]: { edges: items.map((node) => ({ node })), pageInfo } }, first + 2);
}

function answered(data: Record<string, unknown>, cost: number): Answer {
  return json({ data, extensions: costOf(cost, freePoints) });
}

/** The search of a request. */
export function searchAsked(request: DoubleRequest): string {
  return request.json<Body>()?.variables?.search ?? '';
}

/** What a request costs before it is run. */
export function costAsked(request: DoubleRequest): number {
  return (request.json<Body>()?.variables?.first ?? 0) + 2;
}
