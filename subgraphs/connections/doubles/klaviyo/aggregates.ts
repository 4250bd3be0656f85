import { dayNumber, dayText } from '../../mock/calendar.pure.ts';
import type { Answer } from '../kit/answer.pure.ts';
import { pageOf, placeOf } from '../kit/page.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import { dayIn, isoIn, startOfDay } from '../truth/zone.pure.ts';
import { api, badField } from './answers.pure.ts';
import { pageUrl } from './paging.ts';
import { parseFilter } from './filter.pure.ts';
import {
  accountOf,
  idOf,
  metricNames,
  placedOrders,
  senders,
  type KlaviyoDouble,
  type MetricName,
  type Sender,
} from './state.ts';

interface Body {
  data?: {
    type?: string;
    attributes?: {
      metric_id?: string;
      measurements?: string[];
      interval?: string;
      by?: string[];
      filter?: string | string[];
      timezone?: string;
      page_size?: number;
      page_cursor?: string;
    };
  };
}

/** Something that happened on a day, so many times. */
interface Happening {
  day: number;
  sender: Sender | null;
  count: number;
  /** In the account's currency. */
  value: number;
}

interface Asked {
  metric: MetricName;
  measurements: string[];
  by: string[];
  timeZone: string;
  first: number;
  last: number;
}

const dimensions = [
  '$attributed_channel',
  '$attributed_message',
  '$attributed_flow',
  '$message',
  '$flow',
  'Campaign Name',
  '$value_currency',
];
const measures = ['count', 'sum_value', 'unique'];
const longestDays = 366;

/** `POST /api/metric-aggregates`: sums by day and dimensions, in arrays that run parallel to the days. */
export function metricAggregates(request: DoubleRequest, double: KlaviyoDouble): Answer {
  const account = accountOf(request, double);
  const asked = read(request, account, double);
  if ('status' in asked) return asked;
  const days = Array.from({ length: asked.last - asked.first + 1 }, (_, index) => asked.first + index);
  const groups = new Map<string, { dimensions: string[]; count: number[]; value: number[] }>();
  for (const { day, sender, count, value } of happenings(asked, account, double)) {
    const values = asked.by.map((name) => dimension(name, sender, account));
    const key = JSON.stringify(values);
    const zeros = (): number[] => days.map(() => 0);
    const group = groups.get(key) ?? { dimensions: values, count: zeros(), value: zeros() };
    group.count[day - asked.first]! += count;
    group.value[day - asked.first]! += value;
    groups.set(key, group);
  }
  const all = [...groups.values()].map(({ dimensions, count, value }) => ({
    dimensions,
    measurements: Object.fromEntries(
      asked.measurements.map((name) => [name, name === 'sum_value' ? value.map(roundCents) : count]),
    ),
  }));
  return page(all, days, asked, request, double);
}

function page(
  all: unknown[],
  days: number[],
  { timeZone }: Asked,
  request: DoubleRequest,
  { faults }: KlaviyoDouble,
): Answer {
  const { page_size: size = 500, page_cursor: cursor } = request.json<Body>()!.data!.attributes!;
  const start = cursor ? placeOf(cursor) : 0;
  if (start === null) return badField('/data/attributes/page_cursor', 'The cursor is invalid.');
  const { items, next } = pageOf(all, start, size, faults);
  const dates = days.map((day) => isoIn(timeZone, startOfDay(timeZone, day), true));
  return api({
    data: { type: 'metric-aggregate', id: 'a1b2c3d4', attributes: { dates, data: items } },
    links: { self: request.url.href, next: next === null ? null : pageUrl(request, next, 'page_cursor'), prev: null },
  });
}

type Attributes = NonNullable<NonNullable<Body['data']>['attributes']>;

function read(request: DoubleRequest, account: AccountTruth, double: KlaviyoDouble): Asked | Answer {
  const attributes = request.json<Body>()?.data?.attributes ?? {};
  const { metric_id: id, measurements = [], by = [], filter = [], timezone: timeZone = 'UTC' } = attributes;
  const metric = metricNames.find((name) => idOf(double, account, 'metric', name) === id);
  if (!metric) return badField('/data/attributes/metric_id', 'The metric does not exist.');
  const problem = choiceProblem(attributes);
  if (problem) return problem;
  const range = readRange([filter].flat(), timeZone);
  if (!range) return badField('/data/attributes/filter', 'Filters must hold a range of datetime of at most one year.');
  return { metric, measurements, by, timeZone, ...range };
}

function choiceProblem({ measurements = [], interval = 'day', by = [] }: Attributes): Answer | null {
  if (measurements.length === 0 || measurements.some((name) => !measures.includes(name)))
    return badField('/data/attributes/measurements', `Measurements are ${measures.join(', ')}.`);
  if (interval !== 'day') return badField('/data/attributes/interval', 'This double only has days.');
  const unknown = by.find((name) => !dimensions.includes(name));
  return unknown === undefined ? null : badField('/data/attributes/by', `'${unknown}' is not a valid choice.`);
}

/** Days of `greater-or-equal` and `less-than` in a zone. Instants without an offset are in that zone. */
function readRange(filters: readonly string[], zone: string): { first: number; last: number } | null {
  const parts = filters.flatMap((text) => parseFilter(text) ?? []);
  const from = parts.find(({ operator, field }) => operator === 'greater-or-equal' && field === 'datetime');
  const to = parts.find(({ operator, field }) => operator === 'less-than' && field === 'datetime');
  if (!from || !to) return null;
  const first = dayOf(from.value, zone);
  const last = dayOf(to.value, zone, -1);
  return last >= first && last - first < longestDays ? { first, last } : null;
}

function dayOf(value: string, zone: string, shift = 0): number {
  if (/Z$|[+-]\d\d:?\d\d$/.test(value)) return dayIn(zone, Date.parse(value) + shift);
  return dayNumber(value.slice(0, 10)) + (shift < 0 && /^.{10}(T00:00:00)?$/.test(value) ? -1 : 0);
}

function happenings(asked: Asked, account: AccountTruth, double: KlaviyoDouble): Happening[] {
  const { timeZone, first, last, metric } = asked;
  if (metric.endsWith('Order')) {
    const [from, to] = [startOfDay(timeZone, first), startOfDay(timeZone, last + 1)];
    return metric === 'Placed Order'
      ? sales(from, to, timeZone, account, double)
      : refunds(from, to, timeZone, account, double);
  }
  const all = senders(account, double);
  const channel = metric.endsWith('SMS') ? 'sms' : 'email';
  return double.state.ads.days(account, dayText(first), dayText(last)).flatMap(({ day, ad, impressions, clicks }) => {
    const sender = all.find(({ name }) => name === ad.parent!.parent!.name)!;
    const counts: Record<string, number> = {
      Received: impressions,
      Opened: Math.floor(impressions * 0.4),
      Clicked: clicks,
    };
    return sender.channel === channel ? [{ day, sender, count: counts[metric.split(' ')[0]!]!, value: 0 }] : [];
  });
}

function sales(from: number, to: number, zone: string, account: AccountTruth, double: KlaviyoDouble): Happening[] {
  return placedOrders(account, from, to, double).map(({ order, sender }) => ({
    day: dayIn(zone, order.createdAt),
    sender,
    count: 1,
    value: Number(order.amount) / 1e6,
  }));
}

function refunds(from: number, to: number, zone: string, account: AccountTruth, double: KlaviyoDouble): Happening[] {
  return placedOrders(account, from - 61 * 86_400_000, to, double).flatMap(({ order }) =>
    order.refunds
      .filter(({ at }) => at >= from && at < to)
      .map(({ at, amount }) => ({ day: dayIn(zone, at), sender: null, count: 1, value: Number(amount) / 1e6 })),
  );
}

function dimension(name: string, sender: Sender | null, { currency }: AccountTruth): string {
  if (name === '$value_currency') return currency;
  if (!sender) return '';
  const values: Record<string, string> = {
    $attributed_channel: sender.channel,
    $attributed_message: sender.messageId,
    $attributed_flow: sender.kind === 'flow' ? sender.id : '',
    $message: sender.messageId,
    $flow: sender.kind === 'flow' ? sender.id : '',
    'Campaign Name': sender.kind === 'campaign' ? sender.name : '',
  };
  return values[name]!;
}

function roundCents(value: number): number {
  return Math.round(value * 100) / 100;
}
