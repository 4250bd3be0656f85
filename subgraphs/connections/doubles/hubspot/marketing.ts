import { dayNumber } from '../../mock/calendar.pure.ts';
import { json, type Answer } from '../kit/answer.pure.ts';
import { cursorOf, pageOf, placeOf } from '../kit/page.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import type { AdDay, Entity } from '../truth/ads-truth.ts';
import { decimal, stableText } from '../truth/stable.pure.ts';
import { dayIn, startOfDay } from '../truth/zone.pure.ts';
import { hubspotErrors, invalid } from './errors.pure.ts';
import { portal, type HubspotDouble } from './state.ts';

const largestPage = 100;
const longestHistogramDays = 366;

/** `GET /marketing/emails/{version}`. */
export function emails(request: DoubleRequest, double: HubspotDouble): Answer {
  const updatedAfter = Date.parse(request.query.get('updatedAfter') ?? '1970-01-01T00:00:00Z');
  const found = mailings(portal(request, double), double).filter(({ updatedAt }) => updatedAt > updatedAfter);
  return page(request, double, found, ({ id, name, createdAt, updatedAt }) => ({
    id,
    name,
    subject: name,
    state: 'PUBLISHED',
    type: 'BATCH_EMAIL',
    createdAt: new Date(createdAt).toISOString(),
    publishDate: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
    archived: false,
  }));
}

/** `GET /marketing/emails/{version}/statistics/histogram`: days of the portal. */
export function histogram(request: DoubleRequest, double: HubspotDouble): Answer {
  const { query } = request;
  const account = portal(request, double);
  const [from, to] = ['startTimestamp', 'endTimestamp'].map((name) => Date.parse(query.get(name) ?? '')) as [
    number,
    number,
  ];
  if (!(from < to)) return invalid('startTimestamp must be before endTimestamp');
  if (query.get('interval') !== 'DAY') return invalid('interval must be DAY');
  const first = dayIn(account.timeZone, from);
  const last = dayIn(account.timeZone, to - 1);
  if (last - first > longestHistogramDays) return invalid('The range is too long.');
  const ids = query.getAll('emailIds');
  const rows = daysOf(account, double, first, last).filter(({ ad }) => isMail(ad) && ids.includes(ad.id));
  const results = [];
  for (let day = first; day <= last; day += 1) {
    const counters = countersOf(rows.filter((row) => row.day === day));
    if (counters.sent === 0) continue;
    results.push({
      interval: {
        start: new Date(startOfDay(account.timeZone, day)).toISOString(),
        end: new Date(startOfDay(account.timeZone, day + 1)).toISOString(),
      },
      aggregations: { counters, ratios: {}, deviceBreakdown: {}, qualifierStats: {} },
    });
  }
  return json({ total: results.length, results });
}

function countersOf(rows: readonly AdDay[]) {
  const sum = (of: (row: AdDay) => number): number => rows.reduce((all, row) => all + of(row), 0);
  const delivered = sum(({ impressions }) => impressions);
  return {
    sent: delivered,
    delivered,
    open: Math.floor(delivered * 0.3),
    click: sum(({ clicks }) => clicks),
    bounce: 0,
    unsubscribed: Math.floor(delivered * 0.001),
    spamreport: 0,
  };
}

/** `GET /marketing/campaigns/{version}`. */
export function campaigns(request: DoubleRequest, double: HubspotDouble): Answer {
  const all = double.state.marketing.campaigns(portal(request, double));
  return page(request, double, all, (campaign) => ({
    id: guidOf(campaign, double),
    properties: { hs_name: campaign.name, hs_start_date: null },
    businessUnits: [],
    createdAt: new Date(campaign.createdAt).toISOString(),
    updatedAt: new Date(campaign.updatedAt).toISOString(),
  }));
}

/** `GET /marketing/campaigns/{version}/{guid}/reports/metrics`. */
export function metrics(request: DoubleRequest, double: HubspotDouble): Answer {
  const rows = campaignDays(request, double);
  if (!rows) return hubspotErrors.notFound(request);
  const won = rows.reduce((sum, { conversions }) => sum + conversions, 0);
  const sessions = rows.reduce((sum, { clicks }) => sum + clicks, 0);
  return json({
    sessions,
    influencedContacts: won * 4,
    newContactsFirstTouch: won * 2,
    newContactsLastTouch: won,
  });
}

/** `GET /marketing/campaigns/{version}/{guid}/reports/revenue`. */
export function revenue(request: DoubleRequest, double: HubspotDouble): Answer {
  const rows = campaignDays(request, double);
  if (!rows) return hubspotErrors.notFound(request);
  const amount = decimal(rows.reduce((sum, row) => sum + row.revenue, 0n));
  const dealsNumber = rows.reduce((sum, { conversions }) => sum + conversions, 0);
  return json({
    revenueAmount: Number(amount),
    dealAmount: Number(amount),
    dealsNumber,
    contactsNumber: dealsNumber * 2,
    currencyCode: portal(request, double).currency,
  });
}

/** `GET /marketing/campaigns/{version}/{guid}/budget/totals`. */
export function budget(request: DoubleRequest, double: HubspotDouble): Answer {
  const rows = campaignDays(request, double);
  if (!rows) return hubspotErrors.notFound(request);
  const spendTotal = Number(decimal(rows.reduce((sum, row) => sum + row.spend, 0n)));
  return json({
    budgetTotal: Math.ceil(spendTotal * 1.1),
    spendTotal,
    remainingBudget: Math.ceil(spendTotal * 1.1) - spendTotal,
    currencyCode: portal(request, double).currency,
    budgetItems: [],
    spendItems: [],
  });
}

function campaignDays(request: DoubleRequest, double: HubspotDouble): AdDay[] | null {
  const account = portal(request, double);
  const { guid } = request.params;
  const campaign = double.state.marketing.campaigns(account).find((one) => guidOf(one, double) === guid);
  if (!campaign) return null;
  const { marketing } = double.state;
  const first = dayOr(request.query.get('startDate'), marketing.firstDay);
  const last = dayOr(request.query.get('endDate'), marketing.today(account));
  return daysOf(account, double, first, last).filter(({ ad }) => ad.parent!.parent!.id === campaign.id);
}

function dayOr(date: string | null, otherwise: number): number {
  return date === null ? otherwise : dayNumber(date);
}

function daysOf(account: AccountTruth, { state }: HubspotDouble, first: number, last: number): AdDay[] {
  const text = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
  return state.marketing.days(account, text(first), text(last));
}

function mailings(account: AccountTruth, { state }: HubspotDouble): Entity[] {
  return state.marketing.ads(account).filter(isMail);
}

function isMail({ channel }: Entity): boolean {
  return channel === 'Email Marketing';
}

function guidOf({ id }: Entity, { seed }: HubspotDouble): string {
  const hex = stableText(seed, ['hubspot', 'guid', id], 32, '0123456789abcdef');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function page<T>(
  request: DoubleRequest,
  { faults }: HubspotDouble,
  all: readonly T[],
  show: (one: T) => unknown,
): Answer {
  const limit = Number(request.query.get('limit') ?? 10);
  if (!Number.isInteger(limit) || limit < 1 || limit > largestPage)
    return invalid(`limit must be between 1 and ${largestPage}`);
  const after = request.query.get('after');
  const start = after === null ? 0 : placeOf(after);
  if (start === null) return invalid('after is not valid');
  const { items, next } = pageOf(all, start, limit, faults);
  const paging = next === null ? {} : { paging: { next: { after: cursorOf(next), link: '' } } };
  return json({ total: all.length, results: items.map(show), ...paging });
}
