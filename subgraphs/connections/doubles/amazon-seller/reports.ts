import { gzipSync } from 'node:zlib';
import { dayNumber } from '../../mock/calendar.pure.ts';
import { json, text, type Answer } from '../kit/answer.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import type { OrderTruth } from '../truth/orders-truth.ts';
import { decimal } from '../truth/stable.pure.ts';
import { dayIn, startOfDay } from '../truth/zone.pure.ts';
import { invalidInput, spError } from './errors.pure.ts';
import { isSold, marketplaceAsked, type AmazonDouble, type ReportTruth } from './state.ts';

export const filesHost = 'tortuga-prod-eu.s3-eu-west-1.amazonaws.com';
const salesAndTraffic = 'GET_SALES_AND_TRAFFIC_REPORT';
/** The same report is not prepared again for so long. */
const coolDownMs = 4 * 3_600_000;
const linkMs = 5 * 60_000;
const looksNeeded = 2;

interface Wish {
  reportType?: string;
  dataStartTime?: string;
  dataEndTime?: string;
  marketplaceIds?: string[];
  reportOptions?: { dateGranularity?: string };
}

/** `POST /reports/2021-06-30/reports`. */
export function createReport(request: DoubleRequest, { state, clock }: AmazonDouble): Answer {
  const wish = request.json<Wish>() ?? {};
  const marketplace = marketplaceAsked(request);
  const [from, to] = [wish.dataStartTime ?? '', wish.dataEndTime ?? ''];
  if (wish.reportType !== salesAndTraffic) return invalidInput('This report type is not imitated.');
  if (marketplace === null || !state.orders.account(marketplace)) return invalidInput('marketplaceIds is not valid.');
  if (!(Date.parse(from) <= Date.parse(to))) return invalidInput('dataStartTime must lie before dataEndTime.');
  const now = clock.now();
  const isFatal = [...state.reports.values()].some(
    (one) =>
      !one.isFatal &&
      one.marketplace === marketplace &&
      one.from === from &&
      one.to === to &&
      one.createdAt > now - coolDownMs,
  );
  const id = String(50_000_020_000 + state.reports.size);
  state.reports.set(id, { id, type: salesAndTraffic, marketplace, from, to, createdAt: now, looks: 0, isFatal });
  return json({ reportId: id }, 202);
}

/** `GET /reports/2021-06-30/reports`, the youngest first. */
export function listReports(request: DoubleRequest, { state, clock }: AmazonDouble): Answer {
  const { query } = request;
  const since = Date.parse(query.get('createdSince') ?? '') || clock.now() - 90 * 86_400_000;
  if (query.get('reportTypes') === null) return invalidInput('reportTypes is required.');
  const statuses = query.get('processingStatuses')?.split(',');
  const reports = [...state.reports.values()]
    .filter(({ marketplace, createdAt }) => marketplace === marketplaceAsked(request) && createdAt >= since)
    .map(shown)
    .filter(({ processingStatus: status }) => statuses === undefined || statuses.includes(status))
    .toReversed();
  return json({ reports: reports.slice(0, Number(query.get('pageSize') ?? 10)) });
}

/** `GET /reports/2021-06-30/reports/{report}`. */
export function getReport({ params }: DoubleRequest, { state }: AmazonDouble): Answer {
  const report = state.reports.get(params.report ?? '');
  if (!report) return spError(404, 'NotFound', 'The report was not found.');
  report.looks += 1;
  return json(shown(report));
}

function statusOf({ looks, isFatal }: ReportTruth): string {
  if (looks < looksNeeded) return looks === 0 ? 'IN_QUEUE' : 'IN_PROGRESS';
  return isFatal ? 'FATAL' : 'DONE';
}

function shown(report: ReportTruth) {
  const processingStatus = statusOf(report);
  return {
    reportId: report.id,
    reportType: report.type,
    marketplaceIds: [report.marketplace],
    dataStartTime: new Date(report.from).toISOString().replace('.000Z', '+00:00'),
    dataEndTime: new Date(report.to).toISOString().replace('.000Z', '+00:00'),
    createdTime: new Date(report.createdAt).toISOString(),
    processingStatus,
    ...(processingStatus === 'DONE' ? { reportDocumentId: `amzn1.spdoc.1.4.eu.${report.id}` } : {}),
  };
}

/** `GET /reports/2021-06-30/documents/{document}`: a link to the file that is good for five minutes. */
export function getDocument({ params }: DoubleRequest, { state, clock }: AmazonDouble): Answer {
  const id = params.document?.split('.').at(-1) ?? '';
  if (!state.reports.has(id)) return spError(404, 'NotFound', 'The document was not found.');
  const url = `https://${filesHost}/${id}?X-Amz-Expires=300&X-Amz-Signature=${clock.now().toString(16)}`;
  return json({ reportDocumentId: params.document, url, compressionAlgorithm: 'GZIP' });
}

/** The file itself, at a host that wants no token. */
export function file(request: DoubleRequest, { state, clock }: AmazonDouble): Answer {
  if (request.header('x-amz-access-token') !== null || request.header('authorization') !== null)
    return s3Error(400, 'InvalidArgument', 'Only one auth mechanism allowed');
  const issued = Number.parseInt(request.query.get('X-Amz-Signature') ?? '', 16);
  if (!(issued + linkMs > clock.now())) return s3Error(403, 'AccessDenied', 'Request has expired');
  const report = state.reports.get(request.params.report ?? '');
  const account = report && state.orders.account(report.marketplace);
  if (!report || !account) return s3Error(404, 'NoSuchKey', 'The specified key does not exist.');
  const days = daysOf(report, account, clock.now());
  const orders = state.orders.created(account, days.begin, days.end).filter(isSold);
  const content = {
    reportSpecification: { reportType: report.type, marketplaceIds: [report.marketplace] },
    salesAndTrafficByDate: days.all.map((day) => rowOf(day, account, orders)),
    salesAndTrafficByAsin: [],
  };
  return { status: 200, headers: { 'content-type': 'binary/octet-stream' }, body: gzipSync(JSON.stringify(content)) };
}

function s3Error(status: number, code: string, message: string): Answer {
  const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return text(body, status, { 'content-type': 'application/xml' });
}

function daysOf({ from, to }: ReportTruth, { timeZone, kind }: AccountTruth, now: number) {
  const first = dayNumber(from.slice(0, 10));
  const last = Math.min(dayNumber(to.slice(0, 10)), dayIn(timeZone, now));
  const count = kind === 'empty' ? 0 : Math.max(0, last - first + 1);
  const all = Array.from({ length: count }, (_, index) => first + index);
  return { all, begin: startOfDay(timeZone, first), end: startOfDay(timeZone, last + 1) };
}

function rowOf(day: number, { timeZone, currency }: AccountTruth, all: readonly OrderTruth[]): unknown {
  const [begin, end] = [startOfDay(timeZone, day), startOfDay(timeZone, day + 1)];
  const orders = all.filter(({ createdAt }) => createdAt >= begin && createdAt < end);
  const units = orders.reduce((sum, { items }) => sum + items.length, 0);
  const amount = Number(decimal(orders.reduce((sum, order) => sum + order.amount, 0n)));
  const sessions = orders.length * 9;
  return {
    date: new Date(day * 86_400_000).toISOString().slice(0, 10),
    salesByDate: {
      orderedProductSales: { amount, currencyCode: currency },
      unitsOrdered: units,
      totalOrderItems: units,
      unitsRefunded: Math.floor(units / 12),
    },
    trafficByDate: {
      pageViews: sessions * 2 + units,
      sessions,
      buyBoxPercentage: 94.5,
      unitSessionPercentage: sessions === 0 ? 0 : Math.round((units / sessions) * 10_000) / 100,
    },
  };
}
