import { dayNumber } from '../../mock/calendar.pure.ts';
import { json, type Answer } from '../kit/answer.pure.ts';
import { defineDouble } from '../kit/define-double.ts';
import type { OAuthOptions } from '../kit/oauth-options.ts';
import { cursorOf, pageOf, placeOf } from '../kit/page.pure.ts';
import type { DoubleRequest } from '../kit/request.ts';
import { denied, googleErrors, invalid } from './errors.ts';
import { credit } from './fields.pure.ts';
import { runQuery } from './search.ts';
import { googleState, type Customer, type GoogleDouble } from './state.ts';

const clientId = '123456789012-double.apps.googleusercontent.com';
const clientSecret = 'GOCSPX-google-double-secret';
/** A token that does not end, for tests. */
const accessToken = 'ya29.google-double-access-token';
const oldestVersion = 23;
const newestVersion = 25;
/** Fixed by the platform. */
const pageRows = 10_000;
/** Operations of a day with basic access. */
const dailyOperations = 15_000;

const oauth: OAuthOptions = {
  clientId,
  clientSecret,
  authorize: { host: 'accounts.google.com', path: '/o/oauth2/v2/auth' },
  token: { host: 'oauth2.googleapis.com', path: '/token' },
  revoke: { host: 'oauth2.googleapis.com', path: '/revoke' },
  pkce: 'accepted',
  clientAuth: 'either',
  scopes: ['https://www.googleapis.com/auth/adwords', 'openid', 'email'],
  accessSeconds: 3599,
  rotation: 'kept',
  offline: { name: 'access_type', value: 'offline' },
  accessToken: (secret) => `ya29.${secret}`,
  refreshToken: (secret) => `1//${secret}`,
  answer: (standard) => ({ ...standard, token_type: 'Bearer' }),
};

/** `GET customers:listAccessibleCustomers`. */
function accessible(_: DoubleRequest, { state }: GoogleDouble): Answer {
  return json({
    resourceNames: state.customers.filter(({ isManager }) => isManager).map(({ id }) => `customers/${id}`),
  });
}

/** `POST googleAds:searchStream`: everything, as an array of batches. */
function searchStream(request: DoubleRequest, double: GoogleDouble): Answer {
  const customer = readable(request, double);
  if ('status' in customer) return customer;
  const rows = runQuery(request, customer, double);
  if (!Array.isArray(rows)) return rows;
  const batches: unknown[] = [];
  for (let start: number | null = 0; start !== null;) {
    const { items, next }: { items: readonly unknown[]; next: number | null } = pageOf(
      rows,
      start,
      pageRows,
      double.faults,
    );
    batches.push({ ...(items.length > 0 ? { results: items } : {}), ...common(request) });
    start = next;
  }
  return json(batches);
}

/** `POST googleAds:search`: in pages. */
function search(request: DoubleRequest, double: GoogleDouble): Answer {
  const customer = readable(request, double);
  if ('status' in customer) return customer;
  const body = request.json<{ pageToken?: string; pageSize?: unknown }>() ?? {};
  if (body.pageSize !== undefined)
    return invalid(request, 'requestError', 'PAGE_SIZE_NOT_SUPPORTED', 'Setting the page size is not supported.');
  const start = body.pageToken ? placeOf(body.pageToken) : 0;
  if (start === null) return invalid(request, 'requestError', 'INVALID_PAGE_TOKEN', 'The page token is invalid.');
  const rows = runQuery(request, customer, double);
  if (!Array.isArray(rows)) return rows;
  const { items, next } = pageOf(rows, start, pageRows, double.faults);
  return json({
    ...(items.length > 0 ? { results: items } : {}),
    ...(next === null ? {} : { nextPageToken: cursorOf(next) }),
    totalResultsCount: String(rows.length),
    ...common(request),
  });
}

function common(request: DoubleRequest): Record<string, unknown> {
  const fields = /SELECT\s+([\s\S]+?)\s+FROM/i.exec(request.json<{ query: string }>()?.query ?? '')?.[1] ?? '';
  return { fieldMask: fields.replaceAll(/\s+/g, ''), requestId: 'q1w2e3r4t5y6u7i8o9p0aA' };
}

/** The customer of a request, or why it may not be read. */
function readable(request: DoubleRequest, { state }: GoogleDouble): Customer | Answer {
  const id = request.params.customer ?? '';
  const login = request.header('login-customer-id') ?? id;
  if (!/^\d+$/.test(id)) return invalid(request, 'requestError', 'INVALID_CUSTOMER_ID', `Invalid customer ID '${id}'.`);
  if (!/^\d+$/.test(login))
    return invalid(request, 'headerError', 'INVALID_LOGIN_CUSTOMER_ID', 'The login customer ID must be digits only.');
  const customer = state.customers.find((one) => one.id === id);
  if (!customer) return denied(request, 'CUSTOMER_NOT_FOUND', 'No customer found for the provided customer id.');
  return mayRead(customer, login, request) ? customer : googleErrors.forbidden(id, request);
}

/** Customers are read through the manager above them, and only those that the user chose. */
function mayRead({ id, manager, isManager, kind }: Customer, login: string, { grant }: DoubleRequest): boolean {
  const isChosen = isManager || !grant?.accounts || grant.accounts.includes(id);
  return isChosen && login === (manager ?? id) && kind !== 'forbidden';
}

/** Days between the dates in a query. */
function daysAsked(request: DoubleRequest): number | null {
  const query = request.json<{ query?: string }>()?.query ?? '';
  const dates = [...query.matchAll(/\d{4}-\d{2}-\d{2}/g)].map(([date]) => dayNumber(date)).toSorted((a, b) => a - b);
  return dates.length === 0 ? null : dates.at(-1)! - dates[0]! + 1;
}

/** Versions that have ended are not there; every search costs an operation of the day. */
function before(request: DoubleRequest, double: GoogleDouble): Answer | null {
  const version = Number(request.params.version);
  if (version < oldestVersion || version > newestVersion) return googleErrors.versionOff(`v${version}`, request);
  const day = Math.floor(double.clock.now() / 86_400_000);
  const { operations } = double.state;
  if (operations.day !== day) Object.assign(operations, { day, count: 0 });
  const isFollowUp = Boolean(request.json<{ pageToken?: string }>()?.pageToken);
  if (!isFollowUp) operations.count += 1;
  return operations.count > (double.faults.quota ?? dailyOperations) ? googleErrors.throttled(request, 30) : null;
}

export const googleAdsDouble = defineDouble({
  platform: 'google_ads',
  hosts: ['googleads.googleapis.com', 'oauth2.googleapis.com', 'accounts.google.com'],
  access: { 'Client ID': clientId, 'Client secret': clientSecret, 'Access token': accessToken },
  keys: [accessToken],
  oauth,
  state: googleState,
  errors: googleErrors,
  version: ({ params }) => (params.version === undefined ? null : `v${params.version}`),
  account: ({ params }) => params.customer ?? null,
  days: daysAsked,
  before,
  routes: [
    { method: 'GET', path: '/v{version}/customers:listAccessibleCustomers', handle: accessible },
    { method: 'POST', path: '/v{version}/customers/{customer}/googleAds:searchStream', handle: searchStream },
    { method: 'POST', path: '/v{version}/customers/{customer}/googleAds:search', handle: search },
  ],
  accounts: ({ state }) => state.customers.filter(({ isManager }) => !isManager),
  totals(query, { state }) {
    const totals = state.truth.totals(query);
    return { ...totals, conversions: totals.conversions! * credit };
  },
});
