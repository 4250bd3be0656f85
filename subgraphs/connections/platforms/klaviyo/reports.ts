import { z } from 'zod';
import { defineStream, type Answer, type ApiRequest, type Json, type Slice } from '../connector.ts';
import { metricId } from './accounts.ts';

const statistics = [
  'recipients',
  'delivered',
  'opens_unique',
  'clicks_unique',
  'bounced',
  'unsubscribes',
  'spam_complaints',
  'conversions',
  'conversion_value',
] as const;

const series = z.record(z.string(), z.array(z.number()));
const groupings = z.looseObject({ flow_id: z.string(), flow_message_id: z.string(), send_channel: z.string() });
const flowRow = z.looseObject({ groupings, statistics: series, dates: z.array(z.string()) });

function attributesOf({ body }: Answer): { results?: unknown[]; date_times?: string[] } {
  return (body as { data?: { attributes?: { results?: unknown[]; date_times?: string[] } } }).data?.attributes ?? {};
}

function report(type: string, slice: Slice, extra: Record<string, Json>): ApiRequest {
  const attributes = {
    statistics: [...statistics],
    timeframe: { start: `${slice.from}T00:00:00`, end: `${slice.to}T23:59:59` },
    conversion_metric_id: metricId(slice.account, 'placedOrder') ?? 'none',
    ...extra,
  };
  return { method: 'POST', url: `/${type}s`, body: { data: { type, attributes } } };
}

/** What became of messages of flows, day by day: opens, complaints and the like, which the cheap sums do not have. */
export const flowResults = defineStream<z.infer<typeof flowRow>>({
  name: 'flow_results',
  title: 'Results of flows by day',
  delivers: ['items'],
  basis: 'claimed',
  scopes: ['flows:read'],
  key: ['groupings.flow_id', 'groupings.flow_message_id', 'groupings.send_channel'],
  row: flowRow,
  // Reports are scarce: two a minute and 225 a day for all applications together.
  cursor: { by: 'day', lookbackDays: 14, windowDays: 60, historyDays: 180 },
  pageSize: 0,
  request: (slice) => report('flow-series-report', slice, { interval: 'daily' }),
  rows: (answer) => {
    const { results = [], date_times: dates = [] } = attributesOf(answer);
    return results.map((result) => ({ ...(result as object), dates }));
  },
  next: () => null,
  map: ({ groupings: of, statistics: given, dates }, slice) => ({
    items: dates.map((instant, index) => {
      const date = instant.slice(0, 10);
      const figures = Object.fromEntries(statistics.map((name) => [name, given[name]?.[index] ?? 0]));
      return {
        key: `${of.flow_message_id}/${date}`,
        kind: 'message' as const,
        date,
        occurredAt: new Date(instant),
        updatedAt: null,
        channel: null,
        details: { flow: slice.nameOf('flow', of.flow_id) ?? of.flow_id, sendChannel: of.send_channel, ...figures },
      };
    }),
  }),
});

const campaignRow = z.looseObject({
  groupings: z.looseObject({ campaign_id: z.string(), campaign_message_id: z.string(), send_channel: z.string() }),
  statistics: z.record(z.string(), z.number()),
});

/** What became of campaigns: one report for each day, as the platform gives no series of them. */
export const campaignResults = defineStream<z.infer<typeof campaignRow>>({
  name: 'campaign_results',
  title: 'Results of campaigns by day',
  delivers: ['items'],
  basis: 'claimed',
  scopes: ['campaigns:read'],
  key: ['groupings.campaign_id', 'groupings.campaign_message_id', 'groupings.send_channel'],
  row: campaignRow,
  // At two reports a minute more days would hold up everything else.
  cursor: { by: 'day', lookbackDays: 5, windowDays: 1, historyDays: 14 },
  pageSize: 0,
  request: (slice) => report('campaign-values-report', slice, {}),
  rows: (answer) => attributesOf(answer).results ?? [],
  next: () => null,
  map: ({ groupings: of, statistics: given }, slice) => {
    const figures = Object.fromEntries(statistics.map((name) => [name, given[name] ?? 0]));
    const campaign = slice.nameOf('campaign', of.campaign_id) ?? of.campaign_id;
    const details = { campaign, sendChannel: of.send_channel, ...figures };
    const key = `${of.campaign_message_id}/${slice.from}`;
    const { from: date, since } = slice;
    return { items: [{ key, kind: 'message', date, occurredAt: since, updatedAt: null, channel: null, details }] };
  },
});
