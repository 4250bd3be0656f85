import { json, type Answer } from '../kit/answer.pure.ts';
import { pageOf } from '../kit/page.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import { salesforceError, salesforceErrors } from './errors.pure.ts';
import { objectNames, rowsOf } from './objects.ts';
import { parseSoql, select, type Row, type Value } from './soql.pure.ts';
import { hasCurrencies, organization, type SalesforceDouble } from './state.ts';

const usualPage = 2000;
const smallestPage = 200;

/** Fields that the second organisation does not show to its users. */
const hidden: Readonly<Record<string, readonly string[]>> = {
  Opportunity: ['Type', 'LeadSource'],
  Campaign: ['BudgetedCost'],
};

/** `GET /services/data/v{version}/query?q=`, or `queryAll`, which finds deleted rows as well. */
export function query(withDeleted: boolean): (request: DoubleRequest, double: SalesforceDouble) => Answer {
  return (request, double) => {
    const parsed = parseSoql(request.query.get('q') ?? '');
    if (!parsed) return salesforceError(400, 'MALFORMED_QUERY', 'unexpected token');
    const account = organization(request, double);
    const problem = problemOf(parsed.object, [...parsed.fields, ...parsed.where.map(({ field }) => field)], account);
    if (problem) return problem;
    const found = select(rowsOf(parsed.object, account, double), parsed);
    const rows = withDeleted ? found : found.filter(({ IsDeleted: isDeleted }) => isDeleted !== true);
    const locator = `01g${String(double.state.locators.size).padStart(12, '0')}AAA`;
    double.state.locators.set(locator, { rows, fields: parsed.fields, object: parsed.object });
    return page(locator, 0, request, double);
  };
}

/** `GET /services/data/v{version}/query/{locator}-{place}`. */
export function queryMore(request: DoubleRequest, double: SalesforceDouble): Answer {
  const [, locator, place] = /^(\w+)-(\d+)$/.exec(request.params.locator ?? '') ?? [];
  if (locator === undefined || !double.state.locators.has(locator))
    return salesforceError(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  return page(locator, Number(place), request, double);
}

function page(locator: string, start: number, request: DoubleRequest, { state, faults }: SalesforceDouble): Answer {
  const { rows, fields, object } = state.locators.get(locator)!;
  const asked = Number(/batchSize=(\d+)/.exec(request.header('sforce-query-options') ?? '')?.[1] ?? usualPage);
  const size = Math.min(usualPage, Math.max(smallestPage, asked));
  const { items, next } = pageOf(rows, start, size, faults);
  const version = `v${request.params.version}`;
  return json({
    totalSize: rows.length,
    done: next === null,
    ...(next === null ? {} : { nextRecordsUrl: `/services/data/${version}/query/${locator}-${next}` }),
    records: items.map((row) => shown(row, fields, object, version)),
  });
}

function shown(row: Row, fields: readonly string[], object: string, version: string): Record<string, unknown> {
  const url = `/services/data/${version}/sobjects/${object}/${row['Id']}`;
  const record: Record<string, unknown> = { attributes: { type: object, url } };
  for (const field of fields) {
    const [parent, name] = field.split('.') as [string, string | undefined];
    if (name === undefined) record[field] = row[field] ?? null;
    else record[parent] = nested(record[parent], parent, name, row[field] ?? null);
  }
  return record;
}

/** A parent is null when there is none. */
function nested(known: unknown, parent: string, name: string, value: Value): unknown {
  if (value === null && known === undefined) return null;
  return { attributes: { type: parent }, ...(known as object | null), [name]: value };
}

function problemOf(object: string, fields: readonly string[], account: AccountTruth): Answer | null {
  const isThere = objectNames.includes(object) && (object !== 'CurrencyType' || hasCurrencies(account));
  if (!isThere) return salesforceError(400, 'INVALID_TYPE', `sObject type '${object}' is not supported.`);
  const names = fieldsOf(object, account);
  const unknown = fields.find((field) => !names.includes(field));
  if (unknown === undefined) return null;
  return salesforceError(400, 'INVALID_FIELD', `No such column '${unknown}' on entity '${object}'.`);
}

const common = ['Id', 'IsDeleted', 'CreatedDate', 'SystemModstamp'];
const fieldNames: Readonly<Record<string, readonly string[]>> = {
  Opportunity: [
    'Name',
    'Amount',
    'StageName',
    'Probability',
    'IsClosed',
    'IsWon',
    'CloseDate',
    'LeadSource',
    'CampaignId',
    'Campaign.Name',
    'AccountId',
    'Type',
  ],
  OpportunityHistory: ['OpportunityId', 'StageName', 'Probability', 'Amount'],
  OpportunityContactRole: ['OpportunityId', 'ContactId', 'Role', 'IsPrimary'],
  Lead: [
    'Name',
    'Email',
    'Status',
    'LeadSource',
    'IsConverted',
    'ConvertedDate',
    'ConvertedContactId',
    'ConvertedOpportunityId',
  ],
  Contact: ['Name', 'Email', 'AccountId', 'LeadSource'],
  Account: ['Name', 'Industry', 'Type'],
  Campaign: ['Name', 'Type', 'Status', 'StartDate', 'EndDate', 'ActualCost', 'BudgetedCost'],
  CampaignMember: [
    'CampaignId',
    'Campaign.Name',
    'Campaign.Type',
    'LeadId',
    'ContactId',
    'Status',
    'HasResponded',
    'FirstRespondedDate',
  ],
  Organization: ['Name', 'TimeZoneSidKey', 'IsSandbox'],
  CurrencyType: ['IsoCode', 'IsCorporate'],
};
const withCurrency = ['Opportunity', 'Campaign'];

function fieldsOf(object: string, account: AccountTruth): string[] {
  const currency = hasCurrencies(account) && withCurrency.includes(object) ? ['CurrencyIsoCode'] : [];
  const closed = account.index === 1 ? (hidden[object] ?? []) : [];
  return [...common, ...currency, ...fieldNames[object]!].filter((field) => !closed.includes(field));
}

/** `GET /services/data/v{version}/sobjects/{object}/describe`. */
export function describe(request: DoubleRequest, double: SalesforceDouble): Answer {
  const account = organization(request, double);
  const { object = '' } = request.params;
  if (problemOf(object, [], account)) return salesforceErrors.notFound(request);
  const fields = fieldsOf(object, account).filter((name) => !name.includes('.'));
  return json({ name: object, fields: fields.map((name) => ({ name, label: name })) });
}

/** Days between the instants a query is bounded by; null for queries without both. */
export function daysAsked(request: DoubleRequest): number | null {
  const text = request.query.get('q') ?? '';
  const bound = (operator: string): number =>
    Date.parse(new RegExp(String.raw`(?:SystemModstamp|CreatedDate) ${operator} (\S+)`).exec(text)?.[1] ?? '');
  const days = (bound('<') - bound('>=')) / 86_400_000;
  return Number.isFinite(days) ? Math.ceil(days) : null;
}
