import { gzipSync } from 'node:zlib';
import { dayNumber } from '../../mock/calendar.pure.ts';
import { json, type Answer } from '../kit/answer.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import { sumDays, type DaySums, type Level } from '../truth/sum-days.pure.ts';
import { startOfDay } from '../truth/zone.pure.ts';
import { invalid, xErrors } from './errors.pure.ts';
import { placementOf, readable, type StatsJob, type XDouble } from './state.ts';
import { daysBetween, levelOf, readStats, type StatsQuery } from './stats-query.pure.ts';

const syncDays = 7;
const asyncDays = 90;
const mostJobs = 100;
const pollsNeeded = 2;

/** `GET /stats/accounts/{account}/active_entities`: what had figures in a time. */
export function activeEntities(request: DoubleRequest, double: XDouble): Answer {
  const account = readable(request, double);
  if ('status' in account) return account;
  const { query } = request;
  const level = levelOf(query.get('entity'));
  if (!level) return invalid('entity', 'entity is missing or unknown');
  const days = daysBetween(query);
  if (days === null || days < 1 || days > asyncDays)
    return invalid('end_time', `start_time and end_time must be at most ${asyncDays} days apart`);
  const data = activeOf(account, level, query, double).map(({ id, first, last, placement }) => ({
    entity_id: id,
    activity_start_time: new Date(startOfDay(account.timeZone, first)).toISOString(),
    activity_end_time: new Date(startOfDay(account.timeZone, last + 1)).toISOString(),
    placements: [placement],
  }));
  return json({ request: { params: {} }, data });
}

interface Active {
  id: string;
  first: number;
  last: number;
  placement: string;
}

function activeOf(account: AccountTruth, level: Level, query: URLSearchParams, double: XDouble): Active[] {
  const wanted = query.get('campaign_ids')?.split(',');
  const from = new Date(query.get('start_time')!).getTime();
  const to = new Date(query.get('end_time')!).getTime();
  const active = new Map<string, Active>();
  for (const { entity, day } of sumDays(daysIn(account, from, to, double), level)) {
    if (!entity || (wanted && !wanted.includes((entity.parent?.parent ?? entity.parent ?? entity).id))) continue;
    const known = active.get(entity.id) ?? { id: entity.id, first: day, last: day, placement: placementOf(entity) };
    active.set(entity.id, { ...known, last: day });
  }
  return [...active.values()];
}

/** `GET /stats/accounts/{account}`. */
export function stats(request: DoubleRequest, double: XDouble): Answer {
  const account = readable(request, double);
  if ('status' in account) return account;
  const query = readStats(request.query, account.timeZone, syncDays);
  if ('parameter' in query) return invalid(query.parameter, query.message);
  return json(statsBody(account, query, double));
}

/** `POST /stats/jobs/accounts/{account}`: begins a report of up to 90 days. */
export function startJob(request: DoubleRequest, double: XDouble): Answer {
  const account = readable(request, double);
  if ('status' in account) return account;
  const parameters = request.input();
  const query = readStats(parameters, account.timeZone, asyncDays);
  if ('parameter' in query) return invalid(query.parameter, query.message);
  const { jobs } = double.state;
  if ([...jobs.values()].filter(({ polls }) => polls < pollsNeeded).length >= mostJobs)
    return xErrors.throttled(request, 900);
  const id = String(1_460_000_000_000_000_000n + BigInt(jobs.size));
  jobs.set(id, { id, account: account.id, parameters, polls: 0 });
  return json({ request: { params: {} }, data: jobNode(jobs.get(id)!) });
}

/** `GET /stats/jobs/accounts/{account}?job_ids=`: how far reports are. */
export function jobStates(request: DoubleRequest, double: XDouble): Answer {
  const account = readable(request, double);
  if ('status' in account) return account;
  const ids = (request.query.get('job_ids') ?? '').split(',').filter(Boolean);
  if (ids.length > 200) return invalid('job_ids', 'At most 200 ids.');
  const jobs = ids.flatMap((id) => double.state.jobs.get(id) ?? []).filter((job) => job.account === account.id);
  for (const job of jobs) job.polls += 1;
  return json({ request: { params: {} }, next_cursor: null, data: jobs.map(jobNode) });
}

/** A finished report: a gzip file that nobody needs a signature for. */
export function jobFile(request: DoubleRequest, double: XDouble): Answer {
  const job = double.state.jobs.get(request.params.job ?? '');
  const account = job && double.state.truth.account(job.account);
  if (!account || job.polls < pollsNeeded) return { status: 404 };
  if (request.header('authorization') !== null) return { status: 400, body: 'Only one auth mechanism allowed' };
  const query = readStats(job.parameters, account.timeZone, asyncDays);
  if ('parameter' in query) return { status: 404 };
  const body = gzipSync(JSON.stringify(statsBody(account, query, double)));
  return { status: 200, headers: { 'content-type': 'application/gzip' }, body };
}

function jobNode({ id, account, polls }: StatsJob): Record<string, unknown> {
  const isReady = polls >= pollsNeeded;
  return {
    id: Number(id),
    id_str: id,
    account_id: account,
    status: isReady ? 'SUCCESS' : 'PROCESSING',
    url: isReady ? `https://ton.twimg.com/advertiser-api-async-analytics/${id}.json.gz` : null,
  };
}

function daysIn(account: AccountTruth, from: number, to: number, { state }: XDouble) {
  const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
  return state.truth.days(account, day(from - 86_400_000), day(to + 86_400_000)).filter((row) => {
    const begin = startOfDay(account.timeZone, row.day);
    return begin >= from && begin < to;
  });
}

function statsBody(account: AccountTruth, query: StatsQuery, { state }: XDouble): Record<string, unknown> {
  const first = dayNumber(query.from);
  const length = dayNumber(query.to) - first + 1;
  const rows = sumDays(state.truth.days(account, query.from, query.to), query.level);
  const data = query.ids.map((id) => {
    const own = rows.filter(({ entity }) => entity?.id === id && placementOf(entity) === query.placement);
    const series = Array.from({ length }, (_, index) => own.find(({ day }) => day === first + index));
    return { id, id_data: [{ segment: null, metrics: metricsOf(series, query.groups) }] };
  });
  return { data_type: 'stats', time_series_length: length, data, request: { params: {} } };
}

/** A metric without any value is null as a whole, a day without one within it. */
function metricsOf(series: readonly (DaySums | undefined)[], groups: readonly string[]): Record<string, unknown> {
  const over = (of: (day: DaySums) => number): (number | null)[] | null => {
    const values = series.map((day) => (day ? of(day) || null : null));
    return values.some((value) => value !== null) ? values : null;
  };
  const metrics: Record<string, unknown> = {};
  if (groups.includes('ENGAGEMENT')) {
    metrics['impressions'] = over(({ impressions }) => impressions);
    metrics['clicks'] = over(({ clicks }) => clicks);
    metrics['engagements'] = over(({ clicks }) => clicks * 2);
  }
  if (groups.includes('BILLING')) metrics['billed_charge_local_micro'] = over(({ spend }) => Number(spend));
  if (groups.includes('WEB_CONVERSION')) {
    const orders = over(({ conversions }) => conversions);
    metrics['conversion_purchases'] = orders && {
      metric: orders,
      sale_amount: over(({ revenue }) => Number(revenue)),
      order_quantity: orders,
    };
  }
  return metrics;
}
