import { json, type Answer } from '../kit/answer.pure.ts';
import { cursorOf, pageOf, placeOf } from '../kit/page.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import type { AccountTruth } from '../truth/accounts.pure.ts';
import { decimal, stableDigits } from '../truth/stable.pure.ts';
import { isoIn } from '../truth/zone.pure.ts';
import { invalidRequest, resultSetTooLarge } from './errors.pure.ts';
import { rowsOf, shownRow, type PaypalRow } from './rows.ts';
import { lastRefreshed, type PaypalDouble } from './state.ts';

const dayMs = 86_400_000;
const longestDays = 31;
const historyMs = 3 * 366 * dayMs;
const mostRows = 10_000;
const largestPage = 500;
const disputesPage = 50;
const disputesMs = 180 * dayMs;
/** With seconds, and without fractions of them. */
const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:?\d{2})$/;

interface Window {
  from: number;
  to: number;
}

/** `GET /v1/reporting/transactions`. */
export function transactions(request: DoubleRequest, double: PaypalDouble): Answer {
  const { query } = request;
  const window = readWindow(query, double);
  if ('status' in window) return window;
  const page = Number(query.get('page') ?? 1);
  const wanted = Number(query.get('page_size') ?? 100);
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > largestPage)
    return invalidRequest('page_size', `The value must be between 1 and ${largestPage}.`);
  if (!Number.isInteger(page) || page < 1) return invalidRequest('page', 'Pages begin with 1.');
  const rows = asked(query, window, double);
  if (rows.length > mostRows) return resultSetTooLarge();
  const size = Math.min(wanted, double.faults.pageRows ?? wanted);
  const { items } = pageOf(rows, (page - 1) * size, size, double.faults);
  return json({
    transaction_details: items.map(shownRow),
    account_number: double.state.accountNumber,
    start_date: isoIn('UTC', window.from),
    end_date: isoIn('UTC', window.to),
    last_refreshed_datetime: isoIn('UTC', lastRefreshed(double)),
    page,
    total_items: rows.length,
    total_pages: Math.ceil(rows.length / size),
    links: [],
  });
}

function readWindow(query: URLSearchParams, double: PaypalDouble): Window | Answer {
  const [start, end] = [query.get('start_date') ?? '', query.get('end_date') ?? ''];
  if (!rfc3339.test(start)) return invalidRequest('start_date', 'Invalid date passed');
  if (!rfc3339.test(end)) return invalidRequest('end_date', 'Invalid date passed');
  const window = { from: Date.parse(start), to: Date.parse(end) };
  if (window.to < window.from) return invalidRequest('end_date', 'Start date is later than end date.');
  if (window.to - window.from > longestDays * dayMs)
    return invalidRequest('start_date', `Date range is greater than ${longestDays} days`);
  const refreshed = lastRefreshed(double);
  const isKnown = window.from >= refreshed - historyMs && window.from <= refreshed;
  return isKnown ? window : invalidRequest('start_date', 'Data for the given start date is not available.');
}

function asked(query: URLSearchParams, { from, to }: Window, double: PaypalDouble): PaypalRow[] {
  const currency = query.get('transaction_currency');
  const status = query.get('transaction_status');
  const all = query.get('balance_affecting_records_only') === 'N';
  return readable(double)
    .filter((account) => currency === null || account.currency === currency)
    .flatMap((account) => rowsOf(account, from, to, double))
    .filter((row) => (all || row.affectsBalance) && (status === null || row.status === status));
}

/** Days that a request asks for; null for requests without a window. */
export function daysAsked({ query }: DoubleRequest): number | null {
  const days = (Date.parse(query.get('end_date') ?? '') - Date.parse(query.get('start_date') ?? '')) / dayMs;
  return Number.isFinite(days) ? Math.ceil(days) : null;
}

/** `GET /v1/reporting/balances`. */
export function balances({ query }: DoubleRequest, double: PaypalDouble): Answer {
  const currency = query.get('currency_code');
  const refreshed = lastRefreshed(double);
  const shown = readable(double)
    .filter((account) => currency === null || currency === 'ALL' || account.currency === currency)
    .map((account) => {
      const money = (value: bigint) => ({ currency_code: account.currency, value: decimal(value) });
      const value = account.kind === 'empty' ? 0n : BigInt(stableDigits(double.seed, [account.id], 6)) * 10_000n;
      return {
        currency: account.currency,
        primary: account.index === 0,
        total_balance: money(value),
        available_balance: money(value),
        withheld_balance: money(0n),
      };
    });
  return json({
    balances: shown,
    account_id: double.state.accountNumber,
    as_of_time: isoIn('UTC', refreshed),
    last_refresh_time: isoIn('UTC', refreshed),
  });
}

/** `GET /v1/customer/disputes`: of the last 180 days, newest first. */
export function disputes(request: DoubleRequest, double: PaypalDouble): Answer {
  const now = double.clock.now();
  const since = Date.parse(request.query.get('start_time') ?? '') || now - disputesMs;
  if (since < now - disputesMs - dayMs) return invalidRequest('start_time', 'start_time is older than 180 days.');
  const size = Number(request.query.get('page_size') ?? 10);
  if (!Number.isInteger(size) || size < 1 || size > disputesPage)
    return invalidRequest('page_size', `The value must be between 1 and ${disputesPage}.`);
  const token = request.query.get('next_page_token');
  const start = token === null ? 0 : placeOf(token);
  if (start === null) return invalidRequest('next_page_token', 'The token is not valid.');
  const { items, next } = pageOf(disputed(since, double), start, size, double.faults);
  const url = new URL(request.url);
  if (next !== null) url.searchParams.set('next_page_token', cursorOf(next));
  const links = next === null ? [] : [{ href: url.href, rel: 'next', method: 'GET' }];
  return json({ items, links });
}

/** About one payment in six hundred is disputed five days later. */
function disputed(since: number, double: PaypalDouble): unknown[] {
  const refreshed = lastRefreshed(double);
  const paid = readable(double)
    .flatMap((account) => rowsOf(account, since - 5 * dayMs, refreshed - 5 * dayMs, double))
    .filter(({ event, id, status }) => event === 'T0006' && status === 'S' && /(?:AA|BB)$/.test(id));
  // A payment may have several rows.
  return [...new Map(paid.map((row) => [row.id, row])).values()]
    .sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1))
    .map((row) => ({
      dispute_id: `PP-D-${row.id.slice(-8)}`,
      create_time: new Date(row.at + 5 * dayMs).toISOString(),
      update_time: new Date(row.at + 5 * dayMs).toISOString(),
      status: row.at + 20 * dayMs < refreshed ? 'RESOLVED' : 'UNDER_REVIEW',
      reason: 'MERCHANDISE_OR_SERVICE_NOT_RECEIVED',
      dispute_state: row.at + 20 * dayMs < refreshed ? 'RESOLVED' : 'UNDER_PAYPAL_REVIEW',
      dispute_life_cycle_stage: 'CHARGEBACK',
      dispute_amount: { currency_code: row.currency, value: decimal(row.amount) },
      links: [],
    }));
}

function readable({ state }: PaypalDouble): AccountTruth[] {
  return state.orders.accounts.filter(({ kind }) => kind !== 'forbidden');
}
