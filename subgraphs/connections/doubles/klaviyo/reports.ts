import { dayNumber, dayText } from '../../mock/calendar.pure.ts';
import type { Answer } from '../kit/answer.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import { dayIn, isoIn, startOfDay } from '../truth/zone.pure.ts';
import { api, badField } from './answers.pure.ts';
import { accountOf, idOf, placedOrders, senders, type KlaviyoDouble, type Sender } from './state.ts';

interface Body {
  data?: {
    type?: string;
    attributes?: {
      statistics?: string[];
      timeframe?: { key?: string; start?: string; end?: string };
      conversion_metric_id?: string;
      interval?: string;
    };
  };
}

const keys: Record<string, number> = {
  today: 1,
  yesterday: 1,
  last_7_days: 7,
  last_30_days: 30,
  last_90_days: 90,
  last_365_days: 365,
};
const longestDays = 366;

/** Sums of a sender on a day. */
interface DaySums {
  delivered: number;
  clicks: number;
  conversions: number;
  value: number;
}

const statistics: Record<string, (sums: DaySums) => number> = {
  recipients: ({ delivered }) => Math.ceil(delivered * 1.02),
  delivered: ({ delivered }) => delivered,
  bounced: ({ delivered }) => Math.ceil(delivered * 1.02) - delivered,
  opens: ({ delivered }) => Math.floor(delivered * 0.4),
  opens_unique: ({ delivered }) => Math.floor(delivered * 0.33),
  clicks: ({ clicks }) => clicks,
  clicks_unique: ({ clicks }) => Math.floor(clicks * 0.9),
  unsubscribes: ({ delivered }) => Math.floor(delivered * 0.002),
  spam_complaints: ({ delivered }) => Math.floor(delivered * 0.0001),
  conversions: ({ conversions }) => conversions,
  conversion_uniques: ({ conversions }) => conversions,
  conversion_value: ({ value }) => Math.round(value * 100) / 100,
  revenue_per_recipient: ({ value, delivered }) => (delivered === 0 ? 0 : value / Math.ceil(delivered * 1.02)),
};

/** `POST /api/campaign-values-reports`, `/api/flow-values-reports` and `/api/flow-series-reports`. */
export function report(type: 'campaign-values-report' | 'flow-values-report' | 'flow-series-report') {
  const kind = type.startsWith('flow') ? 'flow' : 'campaign';
  return (request: DoubleRequest, double: KlaviyoDouble): Answer => {
    const account = accountOf(request, double);
    const body = request.json<Body>()?.data;
    const problem = problemOf(body, type, account, double);
    if (problem) return problem;
    const { statistics: asked = [], timeframe, interval } = body!.attributes!;
    const range = rangeOf(timeframe!, account, double);
    if (!range) return badField('/data/attributes/timeframe', 'The timeframe is invalid or longer than one year.');
    const all = senders(account, double).filter((sender) => sender.kind === kind);
    const isSeries = type === 'flow-series-report';
    if (isSeries && interval !== 'daily') return badField('/data/attributes/interval', 'This double only has daily.');
    const results = all.flatMap((sender) => {
      const sums = sumsOf(sender, range, account, double);
      if (sums.every(({ delivered, conversions }) => delivered === 0 && conversions === 0)) return [];
      return [{ groupings: groupings(sender), statistics: statisticsOf(asked, sums, isSeries) }];
    });
    const { timeZone } = account;
    const date_times = sumDays(range).map((day) => isoIn(timeZone, startOfDay(timeZone, day), true));
    const attributes = { results, ...(isSeries ? { date_times } : {}) };
    return api({
      data: { type, id: 'r1e2p3o4', attributes },
      links: { self: request.url.href, next: null, prev: null },
    });
  };
}

function problemOf(body: Body['data'], type: string, account: AccountTruth, double: KlaviyoDouble): Answer | null {
  if (body?.type !== type) return badField('/data/type', `The type must be ${type}.`);
  const { statistics: asked = [], conversion_metric_id: metric, timeframe } = body.attributes ?? {};
  const unknown = asked.find((name) => !Object.hasOwn(statistics, name));
  if (asked.length === 0 || unknown !== undefined)
    return badField('/data/attributes/statistics', `'${unknown ?? ''}' is not a valid choice.`);
  if (metric !== idOf(double, account, 'metric', 'Placed Order'))
    return badField('/data/attributes/conversion_metric_id', 'The metric does not exist.');
  return timeframe ? null : badField('/data/attributes/timeframe', 'This field is required.');
}

interface Range {
  first: number;
  last: number;
}

function rangeOf(
  { key, start, end }: { key?: string; start?: string; end?: string },
  account: AccountTruth,
  double: KlaviyoDouble,
): Range | null {
  const today = dayIn(account.timeZone, double.clock.now());
  if (key !== undefined) {
    const days = keys[key];
    if (days === undefined) return null;
    return key === 'today' ? { first: today, last: today } : { first: today - days, last: today - 1 };
  }
  if (!start || !end) return null;
  const [first, last] = [dayNumber(start.slice(0, 10)), dayNumber(end.slice(0, 10))];
  const endsAtMidnight = /^.{10}(T00:00:00.*)?$/.test(end);
  const until = endsAtMidnight ? last - 1 : last;
  return until >= first && until - first < longestDays ? { first, last: until } : null;
}

function sumDays({ first, last }: Range): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

/** One entry for each day of the range. */
function sumsOf(
  { name, kind, channel }: Sender,
  range: Range,
  account: AccountTruth,
  double: KlaviyoDouble,
): DaySums[] {
  const sums = sumDays(range).map((): DaySums => ({ delivered: 0, clicks: 0, conversions: 0, value: 0 }));
  for (const { day, ad, impressions, clicks } of double.state.ads.days(
    account,
    dayText(range.first),
    dayText(range.last),
  )) {
    if (ad.parent!.parent!.name !== name) continue;
    sums[day - range.first]!.delivered += impressions;
    sums[day - range.first]!.clicks += clicks;
  }
  const [from, to] = [startOfDay(account.timeZone, range.first), startOfDay(account.timeZone, range.last + 1)];
  for (const { order, sender } of placedOrders(account, from, to, double)) {
    if (sender?.name !== name || sender.kind !== kind || sender.channel !== channel) continue;
    const place = sums[dayIn(account.timeZone, order.createdAt) - range.first]!;
    place.conversions += 1;
    place.value += Number(order.amount) / 1e6;
  }
  return sums;
}

function groupings({ kind, id, messageId, channel }: Sender): Record<string, string> {
  return { [`${kind}_id`]: id, [`${kind}_message_id`]: messageId, send_channel: channel };
}

function statisticsOf(asked: readonly string[], days: readonly DaySums[], isSeries: boolean): Record<string, unknown> {
  if (isSeries) return Object.fromEntries(asked.map((name) => [name, days.map((sums) => statistics[name]!(sums))]));
  const total = days.reduce((a, b) => ({
    delivered: a.delivered + b.delivered,
    clicks: a.clicks + b.clicks,
    conversions: a.conversions + b.conversions,
    value: a.value + b.value,
  }));
  return Object.fromEntries(asked.map((name) => [name, statistics[name]!(total)]));
}
