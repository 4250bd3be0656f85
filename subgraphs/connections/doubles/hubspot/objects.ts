import { json, type Answer } from '../kit/answer.pure.ts';
import { pageOf } from '../kit/page.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { hubspotErrors, invalid } from './errors.pure.ts';
import { modifiedProperty, recordsOf, type CrmRecord, type ObjectType } from './records.ts';
import { portal, type HubspotDouble } from './state.ts';

/** A search goes no further than this row. */
const searchCap = 10_000;
const searchLimit = 200;
const listLimit = 100;
const types = ['contacts', 'companies', 'deals'];

interface Filter {
  propertyName: string;
  operator: string;
  value?: string;
}
interface Search {
  filterGroups?: { filters: Filter[] }[];
  sorts?: { propertyName: string; direction?: string }[];
  properties?: string[];
  limit?: number;
  after?: string | number;
}

/** `GET /account-info/{version}/details`. */
export function details(request: DoubleRequest, double: HubspotDouble): Answer {
  const { id, timeZone, currency } = portal(request, double);
  return json({
    portalId: Number(id),
    accountType: 'STANDARD',
    timeZone,
    companyCurrency: currency,
    additionalCurrencies: [],
    utcOffset: '+01:00',
    utcOffsetMilliseconds: 3_600_000,
    uiDomain: 'app.hubspot.com',
    dataHostingLocation: 'eu1',
  });
}

/** `GET /crm/pipelines/{version}/deals`. */
export function pipelines(): Answer {
  const stage = (id: string, label: string, probability: string, displayOrder: number) => ({
    id,
    label,
    displayOrder,
    archived: false,
    metadata: { isClosed: String(id.startsWith('closed')), probability },
  });
  const stages = [
    stage('appointmentscheduled', 'Appointment scheduled', '0.2', 0),
    stage('qualifiedtobuy', 'Qualified to buy', '0.4', 1),
    stage('contractsent', 'Contract sent', '0.9', 2),
    stage('closedwon', 'Closed won', '1.0', 3),
    stage('closedlost', 'Closed lost', '0.0', 4),
  ];
  return json({ results: [{ id: 'default', label: 'Sales pipeline', displayOrder: 0, archived: false, stages }] });
}

/** `POST /crm/objects/{version}/{type}/search`. */
export function search(request: DoubleRequest, double: HubspotDouble): Answer {
  const type = request.params.type as ObjectType;
  const body = request.json<Search>();
  if (!types.includes(type)) return hubspotErrors.notFound(request);
  if (!body) return invalid('Invalid input JSON');
  const { limit = 10, properties = [] } = body;
  const after = Number(body.after ?? 0);
  const problem = problemOf(limit, after);
  if (problem !== null) return invalid(problem);
  const found = recordsOf(type, portal(request, double), double).filter(
    (record) => record.archivedAt === null && matches(record, type, body.filterGroups ?? []),
  );
  const [sort] = body.sorts ?? [];
  if (sort) {
    const sign = sort.direction === 'DESCENDING' ? -1 : 1;
    found.sort(
      (a, b) => sign * ((valueOf(a, type, sort.propertyName) ?? 0) - (valueOf(b, type, sort.propertyName) ?? 0)),
    );
  }
  const { items, next } = pageOf(found, after, limit, double.faults);
  return json({
    total: found.length,
    results: items.map((record) => shown(record, type, properties)),
    ...(next === null ? {} : { paging: { next: { after: String(next), link: '' } } }),
  });
}

function problemOf(limit: number, after: number): string | null {
  if (!Number.isInteger(limit) || limit < 1 || limit > searchLimit)
    return `Invalid input: limit must be between 1 and ${searchLimit}`;
  if (!Number.isInteger(after) || after < 0) return 'Invalid input: after';
  return after + limit > searchCap
    ? `The search API cannot page beyond ${searchCap.toLocaleString('en')} results.`
    : null;
}

/** What was deleted is gone for good after ninety days. */
const archivedForMs = 90 * 86_400_000;

/** `GET /crm/objects/{version}/{type}`. */
export function list(request: DoubleRequest, double: HubspotDouble): Answer {
  const type = request.params.type as ObjectType;
  const { query } = request;
  if (!types.includes(type)) return hubspotErrors.notFound(request);
  const limit = Number(query.get('limit') ?? 10);
  if (!Number.isInteger(limit) || limit < 1 || limit > listLimit)
    return invalid(`Invalid input: limit must be between 1 and ${listLimit}`);
  const wantsArchived = query.get('archived') === 'true';
  const gone = double.clock.now() - archivedForMs;
  const records = recordsOf(type, portal(request, double), double).filter(({ archivedAt }) =>
    wantsArchived ? archivedAt !== null && archivedAt > gone : archivedAt === null,
  );
  const after = query.get('after');
  const start = after === null ? 0 : records.findIndex(({ id }) => id > after);
  const { items, next } = pageOf(records, start < 0 ? records.length : start, limit, double.faults);
  const last = items.at(-1)?.id;
  return json({
    results: items.map((record) => shown(record, type, (query.get('properties') ?? '').split(','))),
    ...(next === null ? {} : { paging: { next: { after: last, link: '' } } }),
  });
}

function shown(record: CrmRecord, type: ObjectType, asked: readonly string[]): Record<string, unknown> {
  const all: Record<string, string | null> = { ...record.properties(), hs_object_id: record.id };
  const names = new Set(['createdate', modifiedProperty[type], 'hs_object_id', ...asked]);
  return {
    id: record.id,
    // Every value is a text; what was asked for and is not there is null, what does not exist is left out.
    properties: Object.fromEntries([...names].filter((name) => name in all).map((name) => [name, all[name]])),
    createdAt: new Date(record.createdAt).toISOString(),
    updatedAt: new Date(record.updatedAt).toISOString(),
    archived: record.archivedAt !== null,
    ...(record.archivedAt === null ? {} : { archivedAt: new Date(record.archivedAt).toISOString() }),
  };
}

function matches(record: CrmRecord, type: ObjectType, groups: readonly { filters: Filter[] }[]): boolean {
  if (groups.length === 0) return true;
  return groups.some(({ filters }) =>
    filters.every(({ propertyName, operator, value }) => {
      const own = valueOf(record, type, propertyName);
      return own !== null && compare(own, operator, Number(value));
    }),
  );
}

function compare(own: number, operator: string, value: number): boolean {
  switch (operator) {
    case 'GTE':
      return own >= value;
    case 'GT':
      return own > value;
    case 'LTE':
      return own <= value;
    case 'LT':
      return own < value;
    default:
      return operator === 'EQ' && own === value;
  }
}

/** A property as a number; null for one that this type does not have, which then matches nothing. */
function valueOf(record: CrmRecord, type: ObjectType, name: string): number | null {
  if (name === 'hs_object_id') return Number(record.id);
  if (name === 'createdate') return record.createdAt;
  return name === modifiedProperty[type] ? record.updatedAt : null;
}

/** Days between the instants a search is bounded by; null for searches without both. */
export function daysAsked(request: DoubleRequest): number | null {
  const filters = request.json<Search>()?.filterGroups?.[0]?.filters ?? [];
  const bound = (operator: string): number => Number(filters.find((filter) => filter.operator === operator)?.value);
  const days = (bound('LT') - bound('GTE')) / 86_400_000;
  return Number.isFinite(days) ? Math.ceil(days) : null;
}
