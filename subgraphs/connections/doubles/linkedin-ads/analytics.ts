import { dayNumber } from '../../mock/calendar.pure.ts';
import { json, type Answer } from '../kit/answer.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import type { AdDay } from '../truth/ads-truth.ts';
import { decimal } from '../truth/stable.pure.ts';
import { sumDays, type DaySums, type Level } from '../truth/sum-days.pure.ts';
import { invalidParameter } from './errors.pure.ts';
import { dateRangeOf, listOf, restliParameters } from './restli.pure.ts';
import { mayRead, type LinkedinDouble } from './state.ts';

/** What lies behind so many elements is left out, and nothing says so. */
const mostElements = 15_000;
const mostMetrics = 20;

const urns: Record<string, { level: Level; type: string }> = {
  ACCOUNT: { level: 'account', type: 'sponsoredAccount' },
  CAMPAIGN_GROUP: { level: 'campaign', type: 'sponsoredCampaignGroup' },
  CAMPAIGN: { level: 'group', type: 'sponsoredCampaign' },
  CREATIVE: { level: 'ad', type: 'sponsoredCreative' },
};
const depth: readonly Level[] = ['account', 'campaign', 'group', 'ad'];

interface Query {
  pivots: string[];
  from: string;
  to: string;
  isDaily: boolean;
  fields: string[];
  accounts: string[];
}

/** `GET /adAnalytics`: no pages; empty for accounts that are closed to the user. */
export function adAnalytics(request: DoubleRequest, double: LinkedinDouble): Answer {
  const query = readQuery(request);
  if (typeof query === 'string') return invalidParameter(query);
  const elements = query.accounts.flatMap((id) => {
    const account = double.state.truth.account(id);
    return account && mayRead(account, request, double) ? elementsOf(account, query, double) : [];
  });
  const kept = elements.slice(0, mostElements);
  return json({ paging: { start: 0, count: 10, links: [] }, elements: kept });
}

/** The account of a report of one account. */
export function accountAsked(request: DoubleRequest): string | null {
  const parameters = restliParameters(request);
  const urn = typeof parameters === 'string' ? null : listOf(parameters.get('accounts'))?.[0];
  return urn ? idOf(urn) : null;
}

/** Days of a report by day. */
export function daysAsked(request: DoubleRequest): number | null {
  const parameters = restliParameters(request);
  if (typeof parameters === 'string' || parameters.get('timeGranularity') !== 'DAILY') return null;
  const range = dateRangeOf(parameters.get('dateRange'));
  return range && dayNumber(range.to) - dayNumber(range.from) + 1;
}

function readQuery(request: DoubleRequest): Query | string {
  const parameters = restliParameters(request);
  if (typeof parameters === 'string') return parameters;
  const pivots = pivotsOf(parameters);
  if (!pivots || pivots.some((one) => !urns[one])) return 'pivot is missing or unknown, or there are more than three';
  const granularity = parameters.get('timeGranularity');
  if (granularity !== 'DAILY' && granularity !== 'ALL') return 'timeGranularity must be DAILY or ALL';
  const range = dateRangeOf(parameters.get('dateRange'));
  if (!range) return 'dateRange cannot be read';
  const accounts = listOf(parameters.get('accounts'));
  if (!accounts || accounts.length === 0) return 'accounts is missing';
  const fields = (parameters.get('fields') ?? 'impressions,clicks').split(',');
  const metrics = fields.filter((field) => field !== 'dateRange' && field !== 'pivotValues');
  if (metrics.length > mostMetrics) return `The maximum number of metrics is ${mostMetrics}`;
  return { pivots, ...range, isDaily: granularity === 'DAILY', fields, accounts: accounts.map(idOf) };
}

function pivotsOf(parameters: Map<string, string>): string[] | null {
  const finder = parameters.get('q');
  if (finder === 'analytics') return [parameters.get('pivot') ?? ''];
  const pivots = finder === 'statistics' ? listOf(parameters.get('pivots')) : null;
  return pivots && pivots.length >= 1 && pivots.length <= 3 ? pivots : null;
}

function idOf(urn: string): string {
  return urn.slice(urn.lastIndexOf(':') + 1);
}

function elementsOf(account: AccountTruth, query: Query, { state }: LinkedinDouble): unknown[] {
  const days = state.truth.days(account, query.from, query.to);
  const levels = query.pivots.map((pivot) => urns[pivot]!.level);
  const lowest = depth[Math.max(...levels.map((level) => depth.indexOf(level)))]!;
  // Days that are added up count as the first of them.
  const counted = query.isDaily ? days : days.map((day): AdDay => ({ ...day, day: 0, date: query.from }));
  return sumDays(counted, lowest).map((sums) => element(sums, account, query));
}

function element(sums: DaySums, account: AccountTruth, query: Query): unknown {
  const day = (text: string) => {
    const [year, month, date] = text.split('-').map(Number);
    return { year, month, day: date };
  };
  const end = query.isDaily ? sums.date : query.to;
  const all: Record<string, unknown> = {
    dateRange: { start: day(sums.date), end: day(end) },
    pivotValues: query.pivots.map((pivot) => `urn:li:${urns[pivot]!.type}:${idAt(sums, urns[pivot]!.level, account)}`),
    ...figures(sums),
  };
  return Object.fromEntries(query.fields.filter((field) => field in all).map((field) => [field, all[field]]));
}

function idAt({ entity }: DaySums, level: Level, account: AccountTruth): string {
  if (level === 'account' || !entity) return account.id;
  const path = [entity, entity.parent, entity.parent?.parent].filter((one) => one != null).toReversed();
  return path[depth.indexOf(level) - 1]!.id;
}

function figures({ entity, spend, impressions, clicks, conversions, revenue }: DaySums): Record<string, unknown> {
  // Forms that are filled in on LinkedIn itself are leads, not conversions of a website.
  const isForm = entity?.channel === 'LinkedIn Lead Gen Forms';
  return {
    impressions,
    clicks,
    landingPageClicks: Math.floor(clicks * 0.8),
    costInLocalCurrency: decimal(spend),
    costInUsd: decimal((spend * 11n) / 10n),
    externalWebsiteConversions: isForm ? 0 : conversions,
    conversionValueInLocalCurrency: decimal(revenue),
    oneClickLeads: isForm ? conversions : 0,
    totalEngagements: clicks + Math.floor(impressions / 200),
  };
}
