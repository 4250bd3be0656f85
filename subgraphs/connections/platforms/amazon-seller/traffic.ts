import { z } from 'zod';
import type { Answer, Json, Report, Slice } from '../connector.ts';
import { defineStream } from '../connector.ts';
import { money } from './sales.ts';

const reportType = 'GET_SALES_AND_TRAFFIC_REPORT';
const path = '/reports/2021-06-30';
/** Amazon prepares the same daily report once in so many seconds. */
const coolDownSeconds = 4 * 3600;
/** Links to files are good for five minutes. */
const linkMs = 4 * 60_000;

const number = z.number().nullish();
const day = z.looseObject({
  date: z.iso.date(),
  salesByDate: z.looseObject({
    orderedProductSales: money.nullish(),
    unitsOrdered: number,
    totalOrderItems: number,
    unitsRefunded: number,
  }),
  trafficByDate: z.looseObject({
    pageViews: number,
    sessions: number,
    buyBoxPercentage: number,
    unitSessionPercentage: number,
  }),
});

const status = z.looseObject({
  reportId: z.string(),
  processingStatus: z.string(),
  reportDocumentId: z.string().nullish(),
  dataStartTime: z.string().nullish(),
  dataEndTime: z.string().nullish(),
});

/** A report; its document is null while there is none, and when there was nothing to tell. */
interface Found {
  report: string;
  document: string | null;
}

/** Where the file of a report is, and since when. */
interface Link {
  url: string;
  askedAt: number;
}

const report: Report = {
  // Reports with the same days are there to be read again: asking for another one would end as FATAL.
  earlier: {
    request: ({ account, now }) => ({
      url: `${path}/reports`,
      query: {
        reportTypes: reportType,
        marketplaceIds: account.id,
        processingStatuses: 'DONE,IN_QUEUE,IN_PROGRESS',
        createdSince: new Date(now.getTime() - coolDownSeconds * 1000).toISOString(),
        pageSize: 100,
      },
    }),
    id: ({ body }, { from, to }) => {
      const { reports } = z.looseObject({ reports: z.array(status) }).parse(body);
      const same = reports.find(
        ({ dataStartTime: start, dataEndTime: end }) => start?.slice(0, 10) === from && end?.slice(0, 10) === to,
      );
      return same ? { report: same.reportId, document: null } : null;
    },
  },
  create: ({ account, from, to }) => ({
    method: 'POST',
    url: `${path}/reports`,
    body: {
      reportType,
      marketplaceIds: [account.id],
      dataStartTime: `${from}T00:00:00Z`,
      dataEndTime: `${to}T00:00:00Z`,
      reportOptions: { dateGranularity: 'DAY', asinGranularity: 'PARENT' },
    },
  }),
  id: ({ body }) => ({ report: z.looseObject({ reportId: z.string() }).parse(body).reportId, document: null }),
  poll: (_, id) => ({ url: `${path}/reports/${(id as unknown as Found).report}` }),
  state: stateOf,
  pollSeconds: 15,
  giveUpMinutes: 120,
};

function stateOf({ body }: Answer): ReturnType<Report['state']> {
  const { reportId, processingStatus, reportDocumentId } = status.parse(body);
  if (processingStatus === 'DONE' || processingStatus === 'CANCELLED')
    return { state: 'done', id: { report: reportId, document: reportDocumentId ?? null } };
  if (processingStatus !== 'FATAL') return { state: 'waiting' };
  const message = 'Amazon does not prepare this report so soon after the last one.';
  return { state: 'failed', failure: { class: 'rate_limit', message, waitSeconds: coolDownSeconds } };
}

/**
 * Sessions and page views by day, as an event that adds to no figures: its sales are those of `sales_daily`. The file is
 * at another host that refuses requests with the token.
 */
export const trafficDaily = defineStream<z.infer<typeof day>>({
  name: 'traffic_daily',
  title: 'Sessions and page views by day',
  delivers: ['items'],
  basis: 'booked',
  key: ['date'],
  row: day,
  cursor: { by: 'day', lookbackDays: 30, windowDays: 180, historyDays: 729, lateHours: 24 },
  pageSize: 0,
  report,
  request(slice, at, id) {
    const link = at as unknown as Link | null;
    if (link && isFresh(link, slice)) return { url: link.url, authenticate: false };
    const { report: reportId, document } = id as unknown as Found;
    return { url: document === null ? `${path}/reports/${reportId}` : `${path}/documents/${document}` };
  },
  rows: ({ body }) => (body as { salesAndTrafficByDate?: unknown[] }).salesAndTrafficByDate ?? [],
  next: ({ body }, { now }): Json | null => {
    const { url } = body as { url?: string };
    return url === undefined ? null : { url, askedAt: now.getTime() };
  },
  map: ({ date, salesByDate: sales, trafficByDate: traffic }) => ({
    items: [
      {
        key: date,
        kind: 'event',
        date,
        occurredAt: new Date(`${date}T12:00:00Z`),
        updatedAt: null,
        channel: null,
        details: {
          sessions: traffic.sessions ?? null,
          pageViews: traffic.pageViews ?? null,
          buyBoxPercentage: traffic.buyBoxPercentage ?? null,
          unitSessionPercentage: traffic.unitSessionPercentage ?? null,
          orderedProductSales: sales.orderedProductSales?.amount ?? null,
          unitsOrdered: sales.unitsOrdered ?? null,
          orderItems: sales.totalOrderItems ?? null,
          unitsRefunded: sales.unitsRefunded ?? null,
        },
      },
    ],
  }),
});

function isFresh({ askedAt }: Link, { now }: Slice): boolean {
  return now.getTime() - askedAt < linkMs;
}
