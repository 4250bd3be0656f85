import { empty, json, type Answer } from '../kit/answer.pure.ts';
import { cursorOf, pageOf, placeOf } from '../kit/page.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { isoIn } from '../truth/zone.pure.ts';
import { zohoError } from './errors.pure.ts';
import { modules, recordsOf, type ZohoRecord } from './records.ts';
import { organization, type ZohoDouble } from './state.ts';

const largestPage = 200;
const mostFields = 50;
/** `page` reaches no further than this row; then it takes a token. */
const pagedRows = 2000;
const tokenMs = 86_400_000;

/** `GET /crm/{version}/org`. */
export function org(request: DoubleRequest, double: ZohoDouble): Answer {
  const { id, name, currency, timeZone } = organization(request, double);
  const details = { id, company_name: name, iso_code: currency, currency, time_zone: timeZone };
  return json({ org: [{ ...details, country_code: 'DE', primary_email: 'admin@nordwind.example' }] });
}

/** `GET /crm/{version}/{module}`. */
export function list(request: DoubleRequest, double: ZohoDouble): Answer {
  const { query } = request;
  const { module = '' } = request.params;
  const fields = (query.get('fields') ?? '').split(',').filter(Boolean);
  const problem = moduleProblem(module) ?? fieldsProblem(fields);
  if (problem) return problem;
  const account = organization(request, double);
  const since = sinceOf(request);
  const found = recordsOf(module, account, double)
    .filter(({ deletedAt, modifiedAt }) => deletedAt === null && modifiedAt >= since)
    .sort(orderOf(query));
  const show = (record: ZohoRecord): Record<string, unknown> => {
    const all = { ...record.fields(), Modified_Time: isoIn(account.timeZone, record.modifiedAt, true) };
    const named = fields.filter((field) => field in all).map((field) => [field, all[field as keyof typeof all]]);
    return { id: record.id, ...Object.fromEntries(named) };
  };
  return page(request, double, found, show);
}

/** `GET /crm/{version}/{module}/deleted`. */
export function deleted(request: DoubleRequest, double: ZohoDouble): Answer {
  const { module = '' } = request.params;
  const problem = moduleProblem(module);
  if (problem) return problem;
  const account = organization(request, double);
  const since = sinceOf(request);
  const found = recordsOf(module, account, double)
    .filter(({ deletedAt }) => deletedAt !== null && deletedAt >= since)
    .sort((a, b) => b.deletedAt! - a.deletedAt! || (a.id < b.id ? -1 : 1));
  return page(request, double, found, ({ id, deletedAt, fields }) => ({
    id,
    type: 'recycle',
    display_name: fields()['Deal_Name'] ?? null,
    deleted_by: { id: '1', name: 'Sales' },
    deleted_time: isoIn(account.timeZone, deletedAt!, true),
  }));
}

function moduleProblem(module: string): Answer | null {
  if (modules.includes(module)) return null;
  return zohoError(400, 'INVALID_MODULE', 'the module name given seems to be invalid');
}

function fieldsProblem(fields: readonly string[]): Answer | null {
  if (fields.length === 0)
    return zohoError(400, 'REQUIRED_PARAM_MISSING', 'One of the expected parameter is missing', {
      param_name: 'fields',
    });
  return fields.length > mostFields ? zohoError(400, 'LIMIT_EXCEEDED', `More than ${mostFields} fields.`) : null;
}

function sinceOf(request: DoubleRequest): number {
  const since = Date.parse(request.header('if-modified-since') ?? '');
  return Number.isNaN(since) ? 0 : since;
}

function orderOf(query: URLSearchParams): (a: ZohoRecord, b: ZohoRecord) => number {
  const sign = query.get('sort_order') === 'asc' ? 1 : -1;
  const byId = query.get('sort_by') !== 'Modified_Time';
  return (a, b) => sign * ((byId ? 0 : a.modifiedAt - b.modifiedAt) || (a.id < b.id ? -1 : 1));
}

/** Nothing is no list: 304 when only changes were asked for, else 204. */
function page(
  request: DoubleRequest,
  { clock, faults }: ZohoDouble,
  found: readonly ZohoRecord[],
  show: (record: ZohoRecord) => unknown,
): Answer {
  const { query } = request;
  const size = Number(query.get('per_page') ?? largestPage);
  if (!Number.isInteger(size) || size < 1 || size > largestPage)
    return zohoError(400, 'INVALID_DATA', `per_page must be from 1 to ${largestPage}`);
  const start = startOf(query, size, clock.now());
  if (typeof start !== 'number') return start;
  const { items, next } = pageOf(found, start, size, faults);
  if (items.length === 0) return empty(request.header('if-modified-since') === null ? 204 : 304);
  const expiry = clock.now() + tokenMs;
  return json({
    data: items.map(show),
    info: {
      per_page: size,
      count: items.length,
      page: Math.floor(start / size) + 1,
      more_records: next !== null,
      next_page_token: next === null ? null : `${cursorOf(next)}.${expiry}`,
      previous_page_token: null,
      page_token_expiry: new Date(expiry).toISOString(),
      sort_by: query.get('sort_by') ?? 'id',
      sort_order: query.get('sort_order') ?? 'desc',
    },
  });
}

function startOf(query: URLSearchParams, size: number, now: number): number | Answer {
  const token = query.get('page_token');
  if (token === null) {
    const number = Number(query.get('page') ?? 1);
    if (!Number.isInteger(number) || number < 1) return zohoError(400, 'INVALID_DATA', 'page must be at least 1');
    const isFar = number * size > pagedRows;
    return isFar
      ? zohoError(400, 'DISCRETE_LIMIT_EXCEEDED', 'Use page_token for further records.')
      : (number - 1) * size;
  }
  const [cursor = '', expiry = '0'] = token.split('.');
  const place = placeOf(cursor);
  if (place === null) return zohoError(400, 'INVALID_DATA', 'invalid page_token', { param_name: 'page_token' });
  return Number(expiry) > now
    ? place
    : zohoError(400, 'EXPIRED_VALUE', 'page_token expired', { param_name: 'page_token' });
}
