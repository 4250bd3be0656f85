import { dayText } from '../../mock/calendar.pure.ts';
import type { Answer } from '../kit/answer.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import type { AdDay, Entity } from '../truth/ads-truth.ts';
import { stableDigits } from '../truth/stable.pure.ts';
import { invalid } from './errors.ts';
import {
  allFields,
  isPerformanceMax,
  liftMetrics,
  noSums,
  pathOf,
  purchaseAction,
  signUpAction,
  type CustomerNode,
  type RowContext,
} from './fields.pure.ts';
import { compare, meets, parseQuery, type Query } from './gaql.pure.ts';
import { customersUnder, type Customer, type GoogleDouble } from './state.ts';

const resources = ['customer', 'customer_client', 'campaign', 'ad_group', 'ad_group_ad', 'lift_measurement_config'];
/** Days of an experiment, and how long ago it ended. */
const studyDays = { length: 28, ago: 40 };
/** Metrics that cannot be split by conversion action. */
const unsplit = ['metrics.cost_micros', 'metrics.clicks', 'metrics.impressions'];
/** Days of history. */
const historyDays = 1110;

/** Runs a query for a customer; an answer says what is wrong with it. */
export function runQuery(request: DoubleRequest, customer: Customer, double: GoogleDouble): Answer | unknown[] {
  const query = parseQuery(request.json<{ query?: unknown }>()?.query?.toString() ?? '');
  if (typeof query === 'string') return invalid(request, 'queryError', 'UNEXPECTED_INPUT', query);
  const problem = problemOf(query, customer);
  if (problem) return invalid(request, 'queryError', problem[0], problem[1]);
  const key = JSON.stringify([customer.id, query, request.grant?.accounts]);
  return double.state.results.of(double, key, () => resultsOf(query, customer, double, request));
}

function resultsOf(query: Query, customer: Customer, double: GoogleDouble, request: DoubleRequest): unknown[] {
  const rows = contexts(query, customer, double, request).filter((row) =>
    query.conditions.every((condition) => meets(allFields[condition.field]!(row), condition)),
  );
  const sorted = query.order.length === 0 ? rows : rows.toSorted((a, b) => inOrder(a, b, query));
  return sorted.slice(0, query.limit ?? sorted.length).map((row) => project(row, query));
}

function inOrder(a: RowContext, b: RowContext, { order }: Query): number {
  for (const { field, descending } of order) {
    const result = compare(allFields[field]!(a), allFields[field]!(b));
    if (result !== 0) return descending ? -result : result;
  }
  return 0;
}

function problemOf(query: Query, customer: Customer): [string, string] | null {
  if (!resources.includes(query.resource))
    return ['BAD_RESOURCE_TYPE_IN_FROM_CLAUSE', `No resource ${query.resource}.`];
  const used = [query.fields, query.conditions.map(({ field }) => field), query.order.map(({ field }) => field)].flat();
  const unknown = used.find((field) => !Object.hasOwn(allFields, field));
  if (unknown !== undefined) return ['UNRECOGNIZED_FIELD', `Unrecognized field in the query: '${unknown}'.`];
  if (customer.isManager && used.some((field) => field.startsWith('metrics.')))
    return ['REQUESTED_METRICS_FOR_MANAGER', 'Metrics cannot be requested for a manager account.'];
  const stray = query.fields.find((field) => isProhibited(field, query));
  return stray === undefined
    ? null
    : ['PROHIBITED_METRIC_IN_SELECT_OR_WHERE_CLAUSE', `${stray} cannot be selected with the other fields.`];
}

/** Cost cannot be split by conversion action, and what was caused is told by study only. */
function isProhibited(field: string, { fields, resource }: Query): boolean {
  if (!field.startsWith('metrics.')) return false;
  const isSplit = fields.includes('segments.conversion_action_name') && unsplit.includes(field);
  return isSplit || liftMetrics.includes(field) !== (resource === 'lift_measurement_config');
}

/** Everything the query could be about, before its conditions. */
function contexts(query: Query, customer: Customer, double: GoogleDouble, request: DoubleRequest): RowContext[] {
  if (query.resource === 'customer_client')
    return customersUnder(customer, double, request).map((client) => ({ customer, client, sums: noSums }));
  const { truth } = double.state;
  const account = truth.account(customer.id);
  if (query.resource === 'lift_measurement_config') return account ? [study(customer, account, double)] : [];
  const isDaily = query.fields.some((field) => field.startsWith('metrics.') || field.startsWith('segments.'));
  if (isDaily) return account ? dailyRows(query, customer, account, double) : [];
  if (query.resource === 'customer') return [{ customer, sums: noSums }];
  if (!account) return [];
  const ads = withLevel(truth.ads(account), query.resource).map((ad) => levelsOf(query.resource, customer, ad));
  return [...new Map(ads.map((row) => [(row.ad ?? row.adGroup ?? row.campaign)!.id, row])).values()];
}

function dailyRows(query: Query, customer: CustomerNode, account: AccountTruth, { state }: GoogleDouble): RowContext[] {
  const { truth } = state;
  const today = truth.today(account);
  const dates = query.conditions.filter(({ field }) => field === 'segments.date').flatMap(({ values }) => values);
  const first = dates.length > 0 ? dates.reduce((a, b) => (a < b ? a : b)) : '';
  const days = truth
    .days(account, [first, dayText(today - historyDays)].toSorted().at(-1)!, dayText(today))
    .filter((day) =>
      query.conditions.every((condition) => condition.field !== 'segments.date' || meets(day.date, condition)),
    );
  const isByDay = query.fields.includes('segments.date');
  const rows = new Map<string, RowContext>();
  for (const day of days) {
    if (withLevel([day.ad], query.resource).length === 0) continue;
    const row = levelsOf(query.resource, customer, day.ad);
    const key = `${isByDay ? day.date : ''}/${(row.ad ?? row.adGroup ?? row.campaign)?.id ?? ''}`;
    const known = rows.get(key) ?? { ...row, date: day.date, sums: noSums };
    rows.set(key, { ...known, sums: plus(known.sums, day) });
  }
  const delivered = [...rows.values()].filter(
    ({ sums }) => sums.impressions > 0 || sums.spend > 0n || sums.conversions > 0,
  );
  if (!query.fields.includes('segments.conversion_action_name')) return delivered;
  return delivered.flatMap((row) => [purchaseAction, signUpAction].map((action) => ({ ...row, action })));
}

/** Advertisements that are there at the level of a resource. */
function withLevel(ads: readonly Entity[], resource: string): readonly Entity[] {
  const needsGroup = resource.startsWith('ad_group');
  return needsGroup ? ads.filter((ad) => !isPerformanceMax(ad.parent!.parent!)) : ads;
}

/** An experiment on generic search that is over. */
function study(customer: CustomerNode, account: AccountTruth, { state, seed }: GoogleDouble): RowContext {
  const { truth } = state;
  const last = truth.firstDay + truth.historyDays - studyDays.ago;
  const days = { first: dayText(last - studyDays.length + 1), last: dayText(last) };
  const measured = truth
    .days(account, days.first, days.last)
    .filter(({ ad }) => ad.channel === 'Google Search Generic');
  const id = stableDigits(seed, ['google_ads', 'study', account.index], 9);
  return { customer, study: { id, name: 'Generic search', ...days }, sums: measured.reduce(plus, noSums) };
}

function plus(sums: RowContext['sums'], day: AdDay): RowContext['sums'] {
  return {
    spend: sums.spend + day.spend,
    impressions: sums.impressions + day.impressions,
    clicks: sums.clicks + day.clicks,
    conversions: sums.conversions + day.conversions,
    revenue: sums.revenue + day.revenue,
    caused: sums.caused + day.caused,
  };
}

function levelsOf(resource: string, customer: CustomerNode, ad: AdDay['ad']): RowContext {
  const adGroup = ad.parent!;
  const row = { customer, sums: noSums };
  if (resource === 'customer') return row;
  if (resource === 'campaign') return { ...row, campaign: adGroup.parent! };
  return { ...row, campaign: adGroup.parent!, adGroup, ...(resource === 'ad_group_ad' ? { ad } : {}) };
}

/** The fields asked for as the API nests them. Zeros and false are left out, as its JSON does. */
function project(row: RowContext, { fields }: Query): Record<string, unknown> {
  const result: Record<string, Record<string, unknown>> = {};
  for (const field of fields) {
    const value = allFields[field]!(row);
    const [first, ...rest] = pathOf(field);
    const top = (result[first!] ??= resourceName(first!, row));
    if (value === undefined || value === 0 || value === '0' || value === false) continue;
    const last = rest.pop()!;
    let place = top;
    for (const part of rest) place = (place[part] ??= {}) as Record<string, unknown>;
    place[last] = value;
  }
  return result;
}

function resourceName(
  resource: string,
  { customer, client, campaign, adGroup, ad, study }: RowContext,
): Record<string, unknown> {
  const root = `customers/${customer.id}`;
  const names: Record<string, string> = {
    customer: root,
    customerClient: `${root}/customerClients/${client?.id}`,
    campaign: `${root}/campaigns/${campaign?.id}`,
    adGroup: `${root}/adGroups/${adGroup?.id}`,
    adGroupAd: `${root}/adGroupAds/${adGroup?.id}~${ad?.id}`,
    liftMeasurementConfig: `${root}/liftMeasurementConfigs/${study?.id}`,
  };
  return names[resource] === undefined ? {} : { resourceName: names[resource] };
}
