import { dayText } from '../../mock/calendar.pure.ts';
import { json, type Answer } from '../kit/answer.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import { badParameter, graphError, metaErrors } from './errors.pure.ts';
import { readInsights, type InsightsQuery } from './insights-query.pure.ts';
import { insightRows } from './insights-rows.ts';
import { readable } from './objects.ts';
import { graphPage } from './paging.ts';
import type { MetaDouble, ReportRun } from './state.ts';

/** How often a report is asked after until it is ready. */
const pollsNeeded = 3;
const historyMonths = 37;

/** `GET /act_{account}/insights`. */
export function insights(request: DoubleRequest, double: MetaDouble): Answer {
  const account = readable(request, double);
  if (!('id' in account)) return account;
  const query = checked(request.input(), account, double);
  return 'status' in query ? query : graphPage(rowsOf(account, query, double), request, double);
}

/** `POST /act_{account}/insights`: begins a report. */
export function startReport(request: DoubleRequest, double: MetaDouble): Answer {
  const account = readable(request, double);
  if (!('id' in account)) return account;
  const parameters = request.input();
  const query = checked(parameters, account, double);
  if ('status' in query) return query;
  const { runs } = double.state;
  const id = String(620_000_000_000_000 + runs.size + 1);
  runs.set(id, { id, account: account.id, parameters, polls: 0 });
  return json({ report_run_id: id });
}

/** `GET /{report_run_id}`: how far a report is. */
export function reportRun(request: DoubleRequest, double: MetaDouble): Answer {
  const run = double.state.runs.get(request.params.run ?? '');
  if (!run) return metaErrors.notFound(request);
  run.polls += 1;
  const percent = Math.min(100, Math.floor((run.polls / pollsNeeded) * 100));
  return json({
    id: run.id,
    account_id: run.account,
    async_status: statusOf(run),
    async_percent_completion: percent,
    date_start: '',
    time_completed: percent === 100 ? double.clock.seconds() : 0,
  });
}

/** `GET /{report_run_id}/insights`: the rows of a report that is ready. */
export function reportRows(request: DoubleRequest, double: MetaDouble): Answer {
  const run = double.state.runs.get(request.params.run ?? '');
  if (!run) return metaErrors.notFound(request);
  if (run.polls < pollsNeeded) return graphError(400, 2601, '(#2601) Loading async report before it is complete');
  const account = double.state.truth.account(run.account)!;
  const query = checked(run.parameters, account, double);
  return 'status' in query ? query : graphPage(rowsOf(account, query, double), request, double);
}

function statusOf({ polls }: ReportRun): string {
  if (polls >= pollsNeeded) return 'Job Completed';
  return polls === 1 ? 'Job Started' : 'Job Running';
}

function checked(input: URLSearchParams, account: AccountTruth, { state, clock }: MetaDouble): InsightsQuery | Answer {
  const query = readInsights(input);
  if (typeof query === 'string') return badParameter(query);
  const earliest = new Date(state.truth.today(account) * 86_400_000);
  earliest.setUTCMonth(earliest.getUTCMonth() - historyMonths);
  if (
    query.since < dayText(Math.floor(earliest.getTime() / 86_400_000)) ||
    query.since > dayText(Math.floor(clock.now() / 86_400_000) + 1)
  )
    return graphError(
      400,
      3018,
      `(#3018) The start date of the time range cannot be beyond ${historyMonths} months from the current date`,
    );
  return query;
}

function rowsOf(account: AccountTruth, query: InsightsQuery, double: MetaDouble): unknown[] {
  const { truth, rows } = double.state;
  const key = JSON.stringify([account.id, { ...query, only: [...query.only] }]);
  return rows.of(double, key, () => insightRows(truth.days(account, query.since, query.until), query, account));
}
