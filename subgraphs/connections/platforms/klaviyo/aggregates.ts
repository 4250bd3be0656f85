import { z } from 'zod';
import {
  defineStream,
  type Answer,
  type ApiRequest,
  type Fact,
  type Json,
  type Slice,
  type Stream,
} from '../connector.ts';
import { count, micros } from '../kit/money.pure.ts';
import { metricId, type MetricKey } from './accounts.ts';

const aggregate = z.object({
  data: z.object({
    attributes: z.object({
      dates: z.array(z.string()),
      data: z.array(
        z.object({ dimensions: z.array(z.string()), measurements: z.record(z.string(), z.array(z.number())) }),
      ),
    }),
  }),
  links: z.object({ next: z.string().nullish() }).nullish(),
});

/** One group of a metric with its figures by day. */
const group = z.object({
  metric: z.string(),
  dates: z.array(z.string()).min(1),
  dimensions: z.tuple([z.string(), z.string(), z.string()]),
  count: z.array(z.number()),
  value: z.array(z.number()),
});

type Group = z.infer<typeof group>;

/** Where the next page is: the metric, and the cursor within it. */
interface Place {
  metric: number;
  cursor: string | null;
}

function placeOf(at: Json | null): Place {
  return (at as unknown as Place | null) ?? { metric: 0, cursor: null };
}

interface Shape {
  name: string;
  title: string;
  metrics: readonly MetricKey[];
  /** Channel, message and flow. */
  by: readonly [string, string, string];
  withValue: boolean;
  figures(count: number, value: number): Pick<Fact, 'impressions' | 'clicks' | 'conversions' | 'revenue'>;
}

const page = 500;

/** Sums by day of one or several metrics that the account has; the cheap way to daily figures. */
function daily(shape: Shape): Stream {
  const known = ({ account }: Slice): MetricKey[] =>
    shape.metrics.filter((key) => metricId(account, key) !== undefined);
  return defineStream<Group>({
    name: shape.name,
    title: shape.title,
    delivers: ['facts'],
    basis: 'claimed',
    scopes: ['metrics:read'],
    key: ['metric', 'dimensions.0', 'dimensions.1', 'dimensions.2'],
    row: group,
    // Orders are told of late, and are credited to messages of the days before.
    cursor: { by: 'day', lookbackDays: 14, windowDays: 90, historyDays: 730 },
    pageSize: page,
    request: (slice, at) => request(shape, known(slice), slice, placeOf(at)),
    rows: (answer, slice, at) => groupsOf(answer, known(slice)[placeOf(at).metric] ?? ''),
    next: (answer, slice, at) => next(answer, known(slice), placeOf(at)),
    map: (row, slice) => ({ facts: factsOf(row, slice, shape) }),
  });
}

function request({ by, withValue }: Shape, known: readonly MetricKey[], slice: Slice, place: Place): ApiRequest {
  const key = known[place.metric];
  // An account without any of the metrics still has to be asked something; this brings no groups.
  if (key === undefined) return { url: '/metrics' };
  const attributes = {
    metric_id: metricId(slice.account, key)!,
    measurements: withValue ? ['count', 'sum_value'] : ['count'],
    interval: 'day',
    by: [...by],
    filter: [
      `greater-or-equal(datetime,${slice.since.toISOString()})`,
      `less-than(datetime,${slice.until.toISOString()})`,
    ],
    timezone: slice.account.timeZone,
    page_size: slice.pageSize,
    ...(place.cursor === null ? {} : { page_cursor: place.cursor }),
  };
  return { method: 'POST', url: '/metric-aggregates', body: { data: { type: 'metric-aggregate', attributes } } };
}

function groupsOf({ body }: Answer, metric: string): readonly Group[] {
  const parsed = aggregate.safeParse(body);
  if (!parsed.success) return [];
  const { dates, data } = parsed.data.data.attributes;
  return data.map(({ dimensions, measurements }) => ({
    metric,
    dates,
    dimensions: dimensions as Group['dimensions'],
    count: measurements['count'] ?? [],
    value: measurements['sum_value'] ?? [],
  }));
}

function next({ body }: Answer, known: readonly MetricKey[], { metric }: Place): Json | null {
  const link = aggregate.safeParse(body).data?.links?.next;
  const cursor = link ? new URL(link).searchParams.get('page_cursor') : null;
  if (cursor !== null) return { metric, cursor };
  return metric + 1 < known.length ? { metric: metric + 1, cursor: null } : null;
}

/** A fact for each day on which something was. What no message is credited with belongs to others. */
function factsOf({ metric, dates, dimensions, count: counts, value }: Group, slice: Slice, shape: Shape): Fact[] {
  const [channel, message, flow] = dimensions;
  if (message === '' && flow === '') return [];
  const isSms = channel === '' ? metric.endsWith('Sms') : channel.toLowerCase() !== 'email';
  return dates.flatMap((date, index): Fact[] => {
    const figures = shape.figures(count(counts[index]), value[index] ?? 0);
    if (counts[index] === 0) return [];
    return [
      {
        date: date.slice(0, 10),
        entity: `${slice.account.id}/${message || flow}`,
        channel: isSms ? 'SMS' : 'Email',
        campaign: nameOf(slice, message, flow),
        adGroup: null,
        ad: null,
        spend: 0n,
        ...figures,
      },
    ];
  });
}

/** Streams of names come first; a message that is on none of them goes by its id. */
function nameOf(slice: Slice, message: string, flow: string): string {
  return (flow ? slice.nameOf('flow', flow) : null) ?? slice.nameOf('message', message) ?? (message || flow);
}

const none = { impressions: 0, clicks: 0, conversions: 0, revenue: 0n };

export const ordersDaily = daily({
  name: 'orders_daily',
  title: 'Orders that Klaviyo credits to messages, by day',
  metrics: ['placedOrder'],
  by: ['$attributed_channel', '$attributed_message', '$attributed_flow'],
  withValue: true,
  figures: (orders, value) => ({ ...none, conversions: orders, revenue: micros(value) }),
});

export const sentDaily = daily({
  name: 'sent_daily',
  title: 'Messages that were received, by day',
  metrics: ['receivedEmail', 'receivedSms'],
  by: ['$attributed_channel', '$message', '$flow'],
  withValue: false,
  figures: (impressions) => ({ ...none, impressions }),
});

export const clickedDaily = daily({
  name: 'clicked_daily',
  title: 'Clicks in messages, by day',
  metrics: ['clickedEmail', 'clickedSms'],
  by: ['$attributed_channel', '$message', '$flow'],
  withValue: false,
  figures: (clicks) => ({ ...none, clicks }),
});
